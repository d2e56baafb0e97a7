import { residencyDescriptor } from '@desk/schema/residents/descriptor';
import { type Relation, relations } from '@desk/schema/residents/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Building, Community, Unit } from '../units/index.ts';
import { Resident } from './resident.entity.ts';

export const Relations = enumOf('Relation', relations, 'What a resident is in a unit (handbook U-2).');

@Resource(residencyDescriptor, {
  table: 'residency',
  description:
    'What a resident is in a unit over a period (居住关系): owner, tenant, family …; handbook U-2.',
})
export class Residency extends Aggregate {
  @Reference(() => Community, { description: 'The community of the unit and of the resident.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => Unit, { description: 'The unit.' })
  unit!: Unit;

  @Reference(() => Resident, { description: 'The resident.' })
  resident!: Resident;

  @Column('enum', { values: Relations, description: 'What the resident is in the unit.' })
  relation!: Relation;

  @Column('decimal', {
    nullable: true,
    description:
      'Percent of the ownership, two decimals; owners only, null where it is not known. At most 100 of a unit on any day.',
  })
  share!: string | null;

  @Column('date', { description: 'First day.' })
  startsOn!: string;

  @Column('date', { nullable: true, description: 'Last day, included; null until further notice.' })
  endsOn!: string | null;

  @Column('text', {
    nullable: true,
    description: 'Power of attorney of an agent: number, date, what it covers (handbook H-1).',
  })
  powerOfAttorney!: string | null;
}
