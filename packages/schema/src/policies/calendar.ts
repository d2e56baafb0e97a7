import type { CalendarBase, CalendarDayKind } from './enums.ts';
import { type Span, WorkingCalendar } from './working-time.ts';

/** Weekdays as the calendar's fields name them, Monday first. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** A day of its own in a calendar. */
export interface SpecialDay {
  date: string;
  kind: CalendarDayKind;
  /** For HOURS: `09:00-12:00`. */
  hours: string | null;
  /** Came with the statutory days of a year. */
  statutory?: boolean;
}

/** A calendar as it is stored and edited. */
export interface CalendarData extends Record<Weekday, string> {
  timeZone: string;
  base: CalendarBase;
  dayMinutes: number;
  /** Years whose statutory days were entered by hand: they hold instead of the data that the product brings along. */
  coveredYears: readonly number[];
  days: readonly SpecialDay[];
}

/** Statutory holidays and make-up working days of a country, for the years that it has published. */
export interface StatutoryDays {
  off: readonly string[];
  working: readonly string[];
  firstYear: number;
  lastYear: number;
}

const minute = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** Reads `08:30-12:00 13:30-17:30`; undefined when it is not in order, overlaps or is no time of day. Empty is a day off. */
export function parseHours(text: string): Span[] | undefined {
  const spans: Span[] = [];
  for (const part of text.split(/[\s,，;；]+/).filter(Boolean)) {
    const [, from, to] =
      /^((?:[01]\d|2[0-3]):[0-5]\d)[-–~]((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.exec(part) ?? [];
    if (!from || !to) return undefined;
    const span = { from: minute(from), to: minute(to) };
    if (span.from >= span.to || span.from < (spans.at(-1)?.to ?? 0)) return undefined;
    spans.push(span);
  }
  return spans;
}

/** The first half of the working time of a day. */
export function firstHalf(spans: readonly Span[]): Span[] {
  let left = spans.reduce((sum, { from, to }) => sum + to - from, 0) / 2;
  const half: Span[] = [];
  for (const { from, to } of spans) {
    const taken = Math.min(left, to - from);
    if (taken > 0) half.push({ from, to: from + taken });
    left -= taken;
  }
  return half;
}

/** Makes a stored calendar countable: its week, the statutory days of its base, and over both its own days (handbook P-4). */
export function workingCalendar(data: CalendarData, statutory: StatutoryDays): WorkingCalendar {
  const week = weekdays.map((day) => parseHours(data[day]) ?? []);
  const usual = week.find((spans) => spans.length > 0) ?? [];
  const worked = (date: string): readonly Span[] => {
    const own = week[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? [];
    return own.length > 0 ? own : usual;
  };
  const days = new Map<string, readonly Span[]>();
  if (data.base === 'CHINA') {
    const entered = new Set(data.coveredYears.map(String));
    const published = (dates: readonly string[]) => dates.filter((date) => !entered.has(date.slice(0, 4)));
    for (const date of published(statutory.off)) days.set(date, []);
    for (const date of published(statutory.working)) days.set(date, worked(date));
  }
  const kinds: Record<CalendarDayKind, (day: SpecialDay) => readonly Span[]> = {
    OFF: () => [],
    WORKING: ({ date }) => worked(date),
    HALF: ({ date }) => firstHalf(worked(date)),
    HOURS: ({ hours }) => parseHours(hours ?? '') ?? [],
  };
  for (const day of data.days) days.set(day.date, kinds[day.kind](day));
  const { timeZone, dayMinutes, base, coveredYears } = data;
  return new WorkingCalendar({
    timeZone,
    dayMinutes,
    week,
    days,
    covers: (year) =>
      base === 'NONE' ||
      (year >= statutory.firstYear && year <= statutory.lastYear) ||
      coveredYears.includes(year),
  });
}
