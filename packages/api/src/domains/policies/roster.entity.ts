import type { Role } from '@desk/schema';
import { absenceDescriptor, dutyDescriptor } from '@desk/schema/policies/descriptor';
import { type AbsenceKind, absenceKinds } from '@desk/schema/policies/enums';
import { type Department, departments } from '@desk/schema/tickets/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Roles, Staff } from '../staff/index.ts';
import { Building, Community } from '../units/index.ts';

export const Departments = enumOf(
  'Department',
  departments,
  'A department that tickets are dispatched to (handbook T-04).',
);
export const AbsenceKinds = enumOf('AbsenceKind', absenceKinds, 'Why somebody is away (handbook S-5).');

@Resource(dutyDescriptor, {
  table: 'duty',
  description:
    'Somebody on duty for a time (值班), handbook S-5: drives dispatch, and who hears of promises about to break.',
})
export class Duty extends Aggregate {
  @Reference(() => Community, { description: 'Where.' })
  community!: Community;

  @Reference(() => Staff, { description: 'Who.' })
  staff!: Staff;

  @Column('enum', { values: Roles, description: 'As what: must be a role that the person holds there.' })
  role!: Role;

  @Reference(() => Building, {
    nullable: true,
    description: 'Only for this building; null: the whole community.',
  })
  building!: Building | null;

  @Column('enum', { nullable: true, values: Departments, description: 'For which department, if for one.' })
  department!: Department | null;

  @Column('boolean', {
    description: 'Heads the department in this time: the link of the chain of handbook P-5.',
  })
  lead!: boolean;

  @Column('dateTime', { description: 'Begins.' })
  startsAt!: Date;

  @Column('dateTime', { description: 'Ends; at most 400 days later.' })
  endsAt!: Date;

  @Column('text', { nullable: true, description: 'Note. At most 200 characters.' })
  note!: string | null;
}

@Resource(absenceDescriptor, {
  table: 'absence',
  description:
    'Somebody away for a time (缺勤), handbook S-5: gets no dispatch and is passed over by escalations.',
})
export class Absence extends Aggregate {
  @Reference(() => Community, { description: 'The community that enters it; the person is away everywhere.' })
  community!: Community;

  @Reference(() => Staff, { description: 'Who.' })
  staff!: Staff;

  @Column('enum', { values: AbsenceKinds, description: 'Why.' })
  kind!: AbsenceKind;

  @Column('dateTime', { description: 'Begins.' })
  startsAt!: Date;

  @Column('dateTime', { description: 'Ends; at most 400 days later.' })
  endsAt!: Date;

  @Column('text', { nullable: true, description: 'Note. At most 200 characters.' })
  note!: string | null;
}
