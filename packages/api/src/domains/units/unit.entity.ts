import { unitDescriptor } from '@desk/schema/units/descriptor';
import { type UnitKind, unitKinds } from '@desk/schema/units/enums';
import { type UnitStatus, unitLifecycle } from '@desk/schema/units/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Building } from './building.entity.ts';
import { Community } from './community.entity.ts';

export const UnitKinds = enumOf('UnitKind', unitKinds, 'What a unit is used for (handbook P-2).');
export const UnitStatuses = enumOf(
  'UnitStatus',
  unitLifecycle.states,
  'Where a unit stands between handover and move-out (handbook U-1).',
);

@Resource(unitDescriptor, {
  table: 'unit',
  description: 'A flat, shop, office, parking space or storage room (房屋), handbook P-2.',
})
export class Unit extends Aggregate {
  @Reference(() => Community, { description: 'The community that it belongs to.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building that it lies in.' })
  building!: Building;

  @Column('text', { description: 'Number on the door (房号), unique in the building. 1 to 32 characters.' })
  number!: string;

  @Column('text', { description: 'Building and number together, as staff say it: `3栋-1502`.' })
  fullName!: string;

  @Column('enum', { values: UnitKinds, description: 'Use of the unit.' })
  kind!: UnitKind;

  @Column('enum', {
    values: UnitStatuses,
    description: 'Status (handbook U-1); changed by the moves of the life cycle only.',
  })
  status!: UnitStatus;

  @Column('int', { nullable: true, description: 'Floor; negative below ground. -20 to 200.' })
  floor!: number | null;

  @Column('decimal', {
    nullable: true,
    description: 'Floor area in m², two decimals; management fees are computed from it (handbook F-01).',
  })
  area!: string | null;

  @Column('boolean', { description: 'Works are going on under a permit (装修中), handbook U-1.' })
  underRenovation!: boolean;

  @Column('text', { nullable: true, description: 'Layout, for example `2室1厅1卫`.' })
  layout!: string | null;

  @Column('text', { nullable: true, description: 'Orientation, for example `南 北`.' })
  orientation!: string | null;

  @Column('text', { nullable: true, description: 'Free note for staff. At most 4,000 characters.' })
  note!: string | null;

  @Column('text', {
    nullable: true,
    description: "The source system's key, unique in the community; imports recognise units by it.",
  })
  externalKey!: string | null;
}
