import { keyCopyDescriptor, keyDescriptor } from '@desk/schema/keys/descriptor';
import { type CopyState, copyStates } from '@desk/schema/keys/enums';
import { type KeyStatus, keyLifecycle } from '@desk/schema/keys/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Building, Community, Unit } from '../units/index.ts';

const KeyStatuses = enumOf('KeyStatus', keyLifecycle.states, 'Whether a key is in use (handbook K-4).');
const CopyStates = enumOf('KeyCopyState', copyStates, 'Where a copy of a key is (handbook K-3).');

@Resource(keyDescriptor, { table: 'key', description: 'A key (钥匙) on the board, handbook K-1.' })
export class Key extends Aggregate {
  @Reference(() => Community, { description: 'The community whose board holds it.' })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: 'The building that it belongs to, if one.' })
  building!: Building | null;

  @Reference(() => Unit, {
    nullable: true,
    description: 'The unit that it opens; null for rooms and facilities.',
  })
  unit!: Unit | null;

  @Column('text', { description: 'Number on its tag, unique in the community. 1 to 32 characters.' })
  number!: string;

  @Column('text', { description: 'What it opens, in words. 1 to 200 characters.' })
  opens!: string;

  @Column('text', { nullable: true, description: 'Its place on the board (钥匙柜), for example `A-12`.' })
  boardPlace!: string | null;

  @Column('enum', { values: KeyStatuses, description: 'ACTIVE until it is retired.' })
  status!: KeyStatus;
}

@Resource(keyCopyDescriptor, {
  table: 'key_copy',
  description: 'One copy of a key: what is lent and comes back, handbook K-3.',
})
export class KeyCopy extends Aggregate {
  @Reference(() => Community, { description: 'The community whose board holds it.' })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: 'The building that the key belongs to, if one.' })
  building!: Building | null;

  @Reference(() => Key, { description: 'The key that it is a copy of.' })
  key!: Key;

  @Column('int', { description: 'Counts the copies of a key from 1.' })
  copyNumber!: number;

  @Column('text', { description: 'Number of the key and of the copy, as on the tag: `K-0012/2`.' })
  label!: string;

  @Column('enum', { values: CopyStates, description: 'Where it is now.' })
  state!: CopyState;
}
