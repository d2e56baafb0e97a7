import type { Text } from '@desk/schema';
import { type CalendarData, type SpecialDay, workingCalendar } from '@desk/schema/policies/calendar';
import type { CalendarDayKind, YearSource } from '@desk/schema/policies/enums';
import { dateOf, dayNumber } from '@desk/schema/policies/zone';
import type { ClockKind } from '@desk/schema/tickets/promises';
import { request } from '../platform/client.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { policyTexts } from './texts.ts';

/** A day that the community decided itself. */
export interface OwnDay extends SpecialDay {
  id: string;
  version: number;
  note: string | null;
}

export interface YearAnswer {
  year: { source: YearSource; off: string[]; working: string[] };
  days: { nodes: OwnDay[] };
}

const yearDocument = `query calendarYear($id: ID!, $year: Int!, $from: Date!, $to: Date!) { calendar(id: $id) {
  year(year: $year) { source off working }
  days(first: 100, filter: { statutory: { eq: false }, date: { gte: $from, lte: $to } }) { nodes { id version date kind hours note } } } }`;

export async function readYear(id: string, year: number, signal: AbortSignal): Promise<YearAnswer> {
  const { calendar } = await request<{ calendar: YearAnswer }>(
    yearDocument,
    { id, year, from: `${year}-01-01`, to: `${year}-12-31` },
    { signal },
  );
  return calendar;
}

/** What a day of the year is, and why. */
export interface ShownDay {
  date: string;
  works: boolean;
  look: 'work' | 'rest' | 'holiday' | 'makeUp' | CalendarDayKind;
  own: OwnDay | undefined;
}

/** All days of a year as they are counted: by the same rules as the promises. */
export function daysOf(record: DeskRecord, timeZone: string, year: number, answer: YearAnswer): ShownDay[] {
  const own = new Map(answer.days.nodes.map((day) => [day.date, day]));
  const { off, working } = answer.year;
  const data = { ...record, timeZone, base: 'CHINA', coveredYears: [], days: answer.days.nodes };
  const statutory = { off, working, firstYear: year, lastYear: year };
  const calendar = workingCalendar(data as unknown as CalendarData, statutory);
  const [first, last] = [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)];
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const date = dateOf(first + index);
    const works = calendar.hours(first + index).length > 0;
    const usual = off.includes(date)
      ? 'holiday'
      : working.includes(date)
        ? 'makeUp'
        : works
          ? 'work'
          : 'rest';
    return { date, works, look: own.get(date)?.kind ?? usual, own: own.get(date) };
  });
}

/** How each kind of day looks: letter, colours and words say the same. */
export const looks: Record<ShownDay['look'], { mark: Text; label: Text; color: string; bgcolor: string }> = {
  work: { mark: { zh: '', en: '' }, label: policyTexts.work, color: '#17202a', bgcolor: '#fff' },
  rest: { mark: { zh: '', en: '' }, label: policyTexts.rest, color: '#4b5563', bgcolor: '#eef0f2' },
  holiday: { mark: { zh: '休', en: 'H' }, label: policyTexts.holiday, color: '#7f1d1d', bgcolor: '#fde2e1' },
  makeUp: { mark: { zh: '班', en: 'W' }, label: policyTexts.makeUp, color: '#0b4f8a', bgcolor: '#dbeafe' },
  OFF: { mark: { zh: '休', en: 'O' }, label: policyTexts.rest, color: '#fff', bgcolor: '#9b1c1c' },
  WORKING: { mark: { zh: '班', en: 'W' }, label: policyTexts.work, color: '#fff', bgcolor: '#0b4f8a' },
  HALF: {
    mark: { zh: '半', en: '½' },
    label: { zh: '上半天班', en: 'Half a day' },
    color: '#fff',
    bgcolor: '#7a3b00',
  },
  HOURS: {
    mark: { zh: '时', en: 'h' },
    label: { zh: '特定时段', en: 'Own hours' },
    color: '#fff',
    bgcolor: '#4a3f8c',
  },
};

export interface Move {
  ticket: string;
  number: string;
  kind: ClockKind;
  from: string;
  to: string;
  provisional: boolean;
}

export interface Preview {
  open: number;
  moved: number;
  settled: number;
  moves: Move[];
}

const moves = 'moves { ticket number kind from to provisional }';

/** Which open promises a change would move. */
export async function readPreview(calendar: string, change: object, signal?: AbortSignal): Promise<Preview> {
  const { calendarPreview } = await request<{ calendarPreview: Preview }>(
    `query calendarPreview($calendar: ID!, $change: CalendarPreviewInput!) { calendarPreview(calendar: $calendar, change: $change) { open moved settled ${moves} } }`,
    { calendar, change },
    signal ? { signal } : {},
  );
  return calendarPreview;
}

export interface Outcome {
  recomputing: boolean;
  provisional: number;
  moves: Move[];
}

/** Which open promises have moved since. */
export async function readOutcome(calendar: string, since: string, signal: AbortSignal): Promise<Outcome> {
  const { calendarOutcome } = await request<{ calendarOutcome: Outcome }>(
    `query calendarOutcome($calendar: ID!, $since: DateTime!) { calendarOutcome(calendar: $calendar, since: $since) { recomputing provisional ${moves} } }`,
    { calendar, since },
    { signal },
  );
  return calendarOutcome;
}
