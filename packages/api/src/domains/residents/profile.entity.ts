import { residentProfileDescriptor } from '@desk/schema/residents/profile';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Building, Community } from '../units/index.ts';
import { Resident } from './resident.entity.ts';

const most = 'At most 4,000 characters.';

@Resource(residentProfileDescriptor, {
  table: 'resident_profile',
  description:
    'The optional profile of a resident in a building (客户画像): confidential, for the steward of that building and above only; handbook U-4.',
})
export class ResidentProfile extends Aggregate {
  @Reference(() => Community, { description: "The resident's community." })
  community!: Community;

  @Reference(() => Building, { description: 'The building whose steward keeps it.' })
  building!: Building;

  @Reference(() => Resident, { description: 'The resident.' })
  resident!: Resident;

  @Column('date', { nullable: true, description: 'Birthday.' })
  birthday!: string | null;

  @Column('text', { nullable: true, description: `Wedding day and the like. ${most}` })
  anniversaries!: string | null;

  @Column('text', { nullable: true, description: `Habits. ${most}` })
  habits!: string | null;

  @Column('text', { nullable: true, description: `Who belongs to the household. ${most}` })
  household!: string | null;

  @Column('text', { nullable: true, description: `Health. ${most}` })
  health!: string | null;

  @Column('text', { nullable: true, description: `The children's school. ${most}` })
  school!: string | null;

  @Column('text', { nullable: true, description: `Taboos. ${most}` })
  taboos!: string | null;

  @Column('text', { nullable: true, description: `Parking needs. ${most}` })
  parking!: string | null;
}
