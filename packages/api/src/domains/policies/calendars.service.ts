import { parseHours, type Weekday, weekdays } from '@desk/schema/policies/calendar';
import {
  calendarChange,
  calendarDayChange,
  calendarDayInput,
  calendarInput,
  calendarPublishInput,
} from '@desk/schema/policies/limits';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Outcome } from '../../platform/write/writer.ts';
import { Community } from '../units/index.ts';
import { Calendar, CalendarDay } from './calendar.entity.ts';
import type {
  CalendarCreateInput,
  CalendarDayCreateInput,
  CalendarDayRemoveInput,
  CalendarDayUpdateInput,
  CalendarPublishInput,
  CalendarUpdateInput,
} from './policies.inputs.ts';

const officeHours = '08:30-12:00 13:20-17:50';
const usualWeek: Record<Weekday, string> = {
  ...{ monday: officeHours, tuesday: officeHours, wednesday: officeHours, thursday: officeHours },
  ...{ friday: officeHours, saturday: '', sunday: '' },
};

export async function createCalendar(tx: Tx, input: CalendarCreateInput): Promise<Calendar> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(Calendar, 'create', { communityId: community.id });
  const fields = tx.check(calendarInput, input);
  const defaults = { base: 'CHINA', dayMinutes: 480, coveredYears: [] as string[], ...usualWeek } as const;
  const calendar = tx.create(Calendar, { ...defaults }, fields as Partial<Calendar>, { community });
  return worksAtAll(calendar);
}

export async function updateCalendar(tx: Tx, input: CalendarUpdateInput): Promise<Calendar> {
  const calendar = await tx.change(Calendar, input, 'update');
  return worksAtAll(tx.assign(calendar, tx.check(calendarChange, input) as Partial<Calendar>));
}

/** Without working time in its week no promise in working days would ever be due. */
function worksAtAll(calendar: Calendar): Calendar {
  if (weekdays.every((day) => (parseHours(calendar[day]) ?? []).length === 0)) refuse('CALENDAR_NEVER_WORKS');
  return calendar;
}

/**
 * The statutory days of a year, all at once, or corrected (handbook P-4). What the community decided about a day itself
 * stays: it goes over weekday and statutory holiday alike.
 */
export async function publishYear(tx: Tx, input: CalendarPublishInput): Promise<Calendar> {
  const calendar = await tx.change(Calendar, input, 'publish');
  const { year, off, working } = tx.check(calendarPublishInput, input);
  for (const [field, dates] of Object.entries({ off, working }))
    for (const date of dates)
      if (!date.startsWith(`${year}-`))
        throw new Refusal('WRONG_YEAR', { field: [field], values: { date, year } });
  const twice = working.find((date) => off.includes(date));
  if (twice) throw new Refusal('DAY_TWICE', { field: ['working'], values: { date: twice } });
  const { community } = calendar;
  const before = await tx.em.find(CalendarDay, {
    calendar,
    date: { $gte: `${year}-01-01`, $lte: `${year}-12-31` },
  });
  const wanted = new Map<string, 'OFF' | 'WORKING'>();
  for (const date of off) wanted.set(date, 'OFF');
  for (const date of working) wanted.set(date, 'WORKING');
  for (const day of before) {
    const kind = wanted.get(day.date);
    wanted.delete(day.date);
    if (!day.statutory) continue;
    if (kind) tx.assign(day, { kind });
    else tx.em.remove(day);
  }
  for (const [date, kind] of wanted)
    tx.create(CalendarDay, { community, calendar, date, kind, hours: null, statutory: true, note: null });
  tx.journal.label(calendar, { action: 'publish' });
  calendar.coveredYears = [...new Set([...calendar.coveredYears, String(year)])].sort();
  return touch(calendar);
}

export async function createCalendarDay(tx: Tx, input: CalendarDayCreateInput): Promise<CalendarDay> {
  const calendar = await tx.get(Calendar, input.calendar, 'calendar', { lock: true });
  tx.authorise(CalendarDay, 'create', { communityId: calendar.community.id });
  const { date, kind, hours, note } = tx.check(calendarDayInput, input);
  touch(calendar);
  const fields = { date, kind, hours: hours ?? null, statutory: false, note: note ?? null };
  return hoursFit(tx.create(CalendarDay, fields, { calendar, community: calendar.community }));
}

export async function updateCalendarDay(tx: Tx, input: CalendarDayUpdateInput): Promise<CalendarDay> {
  const day = await tx.change(CalendarDay, input, 'update');
  const changes = tx.check(calendarDayChange, input);
  touch(await tx.em.findOneOrFail(Calendar, { id: day.calendar.id }));
  const kept = (changes.kind ?? day.kind) === 'HOURS' ? changes : { ...changes, hours: null };
  // What somebody decides about a day is the community's own from then on, whatever it was before.
  return hoursFit(tx.assign(day, { ...kept, statutory: false } as Partial<CalendarDay>));
}

export async function removeCalendarDay(
  tx: Tx,
  input: CalendarDayRemoveInput,
): Promise<Outcome<CalendarDay>> {
  const day = await tx.change(CalendarDay, input, 'remove');
  touch(await tx.em.findOneOrFail(Calendar, { id: day.calendar.id }));
  tx.em.remove(day);
  return { record: null };
}

function hoursFit(day: CalendarDay): CalendarDay {
  if (day.kind === 'HOURS' && !day.hours) refuse('REQUIRED', { field: ['hours'], rule: 'P-4' });
  if (day.kind !== 'HOURS' && day.hours) day.hours = null;
  return day;
}

/** A change of its days is a change of the calendar: its version tells open promises that they are computed anew. */
function touch(calendar: Calendar): Calendar {
  calendar.updatedAt = new Date(calendar.updatedAt.getTime() + 1);
  return calendar;
}
