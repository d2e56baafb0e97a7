import {
  dailyFollowUpDescriptor,
  exportRecordDescriptor,
  monthlyReportDescriptor,
} from '@desk/schema/reports/descriptor';
import { type FigureGroup, type FollowUpState, followUpStates } from '@desk/schema/reports/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Staff } from '../staff/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Building, Community } from '../units/index.ts';
import { FigureGroups } from './figures.types.ts';

const FollowUpStates = enumOf(
  'FollowUpState',
  followUpStates,
  'Whether an open ticket was followed up on a day (handbook T-13).',
);

@Resource(dailyFollowUpDescriptor, {
  table: 'daily_follow_up',
  description:
    'What was done about an open ticket on one day, and what the resident was told (日清日审); handbook T-13. Days on which nothing was done are entered by the system that night.',
})
export class DailyFollowUp extends Aggregate {
  @Reference(() => Community, { description: "The ticket's community." })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: "The ticket's building." })
  building!: Building | null;

  @Reference(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;

  @Column('date', { description: "The business day in the community's zone; one record for each." })
  day!: string;

  @Column('enum', { values: FollowUpStates, description: 'Followed up, or missed.' })
  state!: FollowUpState;

  @Column('text', { nullable: true, description: 'What was done. At most 4,000 characters.' })
  note!: string | null;

  @Column('text', { nullable: true, description: 'Why the matter is not done yet.' })
  delayReason!: string | null;

  @Column('text', { nullable: true, description: 'What the resident was told that day; null: nothing yet.' })
  residentTold!: string | null;

  @Reference(() => Staff, { nullable: true, description: 'Who followed it up last that day.' })
  staff!: Staff | null;
}

@Resource(monthlyReportDescriptor, {
  table: 'monthly_report',
  description:
    'The figures of a month as they stood on the day of the policy, the 28th by default (月度报告): work, performance, complaints, fees, calls. They never change afterwards; handbook T-14.',
})
export class MonthlyReport extends Aggregate {
  @Reference(() => Community, { description: 'The community.' })
  community!: Community;

  @Column('text', { description: 'The month, `2026-11`.' })
  month!: string;

  @Column('date', {
    description: 'First business day: the day after the month before ended, the 28th by default.',
  })
  from!: string;

  @Column('date', {
    description: 'Last business day: the day before the figures are due, the 27th by default.',
  })
  to!: string;

  @Column('dateTime', { description: 'When the figures were frozen.' })
  frozenAt!: Date;

  @Column('text', { hidden: true })
  content!: string;
}

@Resource(exportRecordDescriptor, {
  table: 'export_record',
  description:
    'A bulk export (导出): who, what and why; handbook S-7. Either of tickets with their figures, with `from`, `to`, `groupBy` and `tickets`; of a frozen month, with `report` and its days; or of a list of the console, with `resource`, `rows` and `filter`.',
})
export class ExportRecord extends Aggregate {
  @Reference(() => Community, { nullable: true, description: 'The only community in it; null for all.' })
  community!: Community | null;

  @Column('text', { description: 'Who exported, under the name of that day.' })
  staffName!: string;

  @Column('text', { description: 'Why. 5 to 200 characters.' })
  reason!: string;

  @Column('text', { nullable: true, description: 'Name of the list, for example `residents`.' })
  resource!: string | null;

  @Column('int', {
    nullable: true,
    description: 'Rows of the list as they were counted for whoever took it, up to 10,000.',
  })
  rows!: number | null;

  @Column('text', { nullable: true, description: 'Conditions of the list, as JSON; null for none.' })
  filter!: string | null;

  @Column('date', { nullable: true, description: 'First business day of the tickets.' })
  from!: string | null;

  @Column('date', { nullable: true, description: 'Last business day of the tickets.' })
  to!: string | null;

  @Column('enum', {
    nullable: true,
    values: FigureGroups,
    description: 'What the figures of the tickets are divided by.',
  })
  groupBy!: FigureGroup | null;

  @Reference(() => MonthlyReport, { nullable: true, description: 'The month that it holds (handbook T-14).' })
  report!: MonthlyReport | null;

  @Column('int', { nullable: true, description: 'Tickets that it lists; 0 for a month.' })
  tickets!: number | null;

  @Column('text', { hidden: true })
  actorId!: string;
}
