import { calendarDayDescriptor, calendarDescriptor } from '@desk/schema/policies/descriptor';
import {
  type CalendarBase,
  type CalendarDayKind,
  calendarBases,
  calendarDayKinds,
} from '@desk/schema/policies/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from '../units/index.ts';

export const CalendarBases = enumOf(
  'CalendarBase',
  calendarBases,
  'Where a calendar takes its holidays from (handbook P-4).',
);
export const CalendarDayKinds = enumOf(
  'CalendarDayKind',
  calendarDayKinds,
  'What a community decides about one day, over weekday and statutory holiday (handbook P-4).',
);

const hours = (day: string): string =>
  `Working hours of a ${day} as \`08:30-12:00 13:20-17:50\`, in the community's time zone; empty: a day off.`;

@Resource(calendarDescriptor, {
  table: 'calendar',
  description:
    'A working calendar of a community (工作日历), handbook P-4. Promises in working days move with it while they are open.',
})
export class Calendar extends Aggregate {
  @Reference(() => Community, { description: 'The community whose time zone it is in.' })
  community!: Community;

  @Column('text', { description: 'Name, unique in the community. 1 to 200 characters.' })
  name!: string;

  @Column('enum', { values: CalendarBases, description: 'Where its holidays come from.' })
  base!: CalendarBase;

  @Column('int', {
    description:
      'Minutes of working time that make one working day of a promise. 30 to 1,440; 480 by default.',
  })
  dayMinutes!: number;

  @Column('texts', {
    description:
      'Years whose statutory days were entered by hand, `2027`, and hold instead of the data that the product brings along; promises that reach into years of neither are provisional.',
  })
  coveredYears!: string[];

  @Column('text', { description: hours('Monday') })
  monday!: string;

  @Column('text', { description: hours('Tuesday') })
  tuesday!: string;

  @Column('text', { description: hours('Wednesday') })
  wednesday!: string;

  @Column('text', { description: hours('Thursday') })
  thursday!: string;

  @Column('text', { description: hours('Friday') })
  friday!: string;

  @Column('text', { description: hours('Saturday') })
  saturday!: string;

  @Column('text', { description: hours('Sunday') })
  sunday!: string;
}

@Resource(calendarDayDescriptor, {
  table: 'calendar_day',
  description: 'A day that a calendar treats in its own way (特殊日期), handbook P-4.',
})
export class CalendarDay extends Aggregate {
  @Reference(() => Community, { description: 'The community of the calendar.' })
  community!: Community;

  @Reference(() => Calendar, { description: 'The calendar.' })
  calendar!: Calendar;

  @Column('date', { description: 'The day, once in a calendar. 2000-01-01 to 2099-12-31.' })
  date!: string;

  @Column('enum', { values: CalendarDayKinds, description: 'What it is.' })
  kind!: CalendarDayKind;

  @Column('text', { nullable: true, description: 'Its hours, as `09:00-12:00`; only for HOURS.' })
  hours!: string | null;

  @Column('boolean', {
    description:
      "Came with the statutory days of a year (`calendarPublish`), and goes when they are corrected; false for the community's own.",
  })
  statutory!: boolean;

  @Column('text', { nullable: true, description: 'Why. At most 200 characters.' })
  note!: string | null;
}
