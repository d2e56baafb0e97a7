import { dateOf, dayMs, dayNumber, Zone } from './zone.ts';

/**
 * What a promise is counted in (handbook P-4). MINUTES and HOURS run on the wall, day and night: who waits for water to be
 * stopped waits at night too. WORKING_DAYS run only while the calendar works.
 */
export type DurationUnit = 'MINUTES' | 'HOURS' | 'WORKING_DAYS';

/** A length of time; a fraction is a part of it: 80 % of 3 working days are 2.4. */
export interface Duration {
  unit: DurationUnit;
  amount: number;
}

/** Working hours from one minute of the local day up to another, 0 to 1440. */
export interface Span {
  from: number;
  to: number;
}

export interface CalendarRules {
  /** IANA name; working hours are read off the clock on the wall there. */
  timeZone: string;
  /** Minutes of working time that make one working day; a half day counts half. */
  dayMinutes: number;
  /** Hours of the seven weekdays, Monday first; an empty list is a day off. Spans in order, without overlap. */
  week: readonly (readonly Span[])[];
  /** Days that differ from their weekday: statutory holidays, make-up working days, the community's own. */
  days: ReadonlyMap<string, readonly Span[]>;
  /** Whether the statutory days of a year are known; deadlines that look at other years are provisional. */
  covers(year: number): boolean;
}

/** When a promise is due. */
export interface Deadline {
  at: Date;
  /** The statutory days of a year that it depends on are not known yet: it may move when they are published. */
  provisional: boolean;
}

interface Day {
  /** Working stretches as instants, in order: start, end, start, end … */
  stretches: readonly number[];
  /** Working milliseconds. */
  total: number;
  known: boolean;
}

/** No promise is longer; a calendar without working time must end somewhere. */
const mostDays = 20_000;
const none: readonly Span[] = [];

/** A working calendar, ready to count: days are worked out once and kept. */
export class WorkingCalendar {
  readonly #zone: Zone;
  readonly #rules: CalendarRules;
  readonly #special = new Map<number, readonly Span[]>();
  readonly #days = new Map<number, Day>();

  constructor(rules: CalendarRules) {
    this.#rules = rules;
    this.#zone = Zone.of(rules.timeZone);
    for (const [date, spans] of rules.days) this.#special.set(dayNumber(date), spans);
  }

  /** Milliseconds of working time in one working day. */
  get workingDay(): number {
    return this.#rules.dayMinutes * 60_000;
  }

  /** The local day of an instant, as days since 1970-01-01. */
  dayOf(instant: number): number {
    return this.#zone.dayOf(instant);
  }

  /** Hours of one local day. */
  hours(day: number): readonly Span[] {
    return this.#special.get(day) ?? this.#rules.week[(((day + 3) % 7) + 7) % 7] ?? none;
  }

  day(day: number): Day {
    let found = this.#days.get(day);
    if (!found) this.#days.set(day, (found = this.#workOut(day)));
    return found;
  }

  #workOut(day: number): Day {
    const stretches: number[] = [];
    let total = 0;
    for (const { from, to, offset } of this.#zone.segments(day))
      for (const span of this.hours(day)) {
        const start = Math.max(from, day * dayMs + span.from * 60_000 - offset);
        const end = Math.min(to, day * dayMs + span.to * 60_000 - offset);
        if (start >= end) continue;
        stretches.push(start, end);
        total += end - start;
      }
    return { stretches, total, known: this.#rules.covers(Number(dateOf(day).slice(0, 4))) };
  }
}

const wallMs = { MINUTES: 60_000, HOURS: 3_600_000 };
/** Milliseconds of one unit: of the wall, or of working time. */
export const msOf = (calendar: WorkingCalendar, unit: DurationUnit): number =>
  unit === 'WORKING_DAYS' ? calendar.workingDay : wallMs[unit];

/**
 * When a duration that begins at `start` is over: the earliest instant at which so much time has passed, so that what
 * fills a day to its last minute is due that evening and not the next morning. A RangeError when the calendar never works.
 */
export function deadline(calendar: WorkingCalendar, start: Date, { unit, amount }: Duration): Deadline {
  let left = Math.round(Math.max(0, amount) * msOf(calendar, unit));
  const from = start.getTime();
  if (unit !== 'WORKING_DAYS' || left === 0) return { at: new Date(from + left), provisional: false };
  let provisional = false;
  const first = calendar.dayOf(from);
  for (let number = first; number < first + mostDays; number += 1) {
    const { stretches, total, known } = calendar.day(number);
    provisional ||= !known;
    if (number > first && total < left) {
      left -= total;
      continue;
    }
    for (let at = 0; at < stretches.length; at += 2) {
      const begin = Math.max(from, stretches[at] as number);
      const length = (stretches[at + 1] as number) - begin;
      if (length >= left) return { at: new Date(begin + left), provisional };
      if (length > 0) left -= length;
    }
  }
  throw new RangeError('the calendar has no working time');
}

/** Working milliseconds between two instants; 0 when the second is not later. */
export function workingTime(calendar: WorkingCalendar, start: Date, end: Date): number {
  const [from, to] = [start.getTime(), end.getTime()];
  let sum = 0;
  if (to <= from) return sum;
  const last = calendar.dayOf(to);
  for (let number = calendar.dayOf(from); number <= last; number += 1) {
    const { stretches } = calendar.day(number);
    for (let at = 0; at < stretches.length; at += 2)
      sum += Math.max(0, Math.min(to, stretches[at + 1] as number) - Math.max(from, stretches[at] as number));
  }
  return sum;
}

/** How much of a unit has passed between two instants, fractions included; the inverse of `deadline`. 0 when the second is not later. */
export function elapsed(calendar: WorkingCalendar, start: Date, end: Date, unit: DurationUnit): number {
  const passed =
    unit === 'WORKING_DAYS'
      ? workingTime(calendar, start, end)
      : Math.max(0, end.getTime() - start.getTime());
  return passed / msOf(calendar, unit);
}
