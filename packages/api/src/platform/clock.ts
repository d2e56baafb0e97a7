import { DateTime } from 'luxon';

/** The one source of "now": tests travel in time by handing in their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until told otherwise. */
export class TestClock implements Clock {
  #now: Date;
  constructor(start: string | Date) {
    this.#now = new Date(start);
  }
  now(): Date {
    return new Date(this.#now);
  }
  set(instant: string | Date): void {
    this.#now = new Date(instant);
  }
  advance(amount: { minutes?: number; hours?: number; days?: number }): void {
    this.#now = DateTime.fromJSDate(this.#now).plus(amount).toJSDate();
  }
}

/** The business date (`YYYY-MM-DD`) of an instant in a community's zone. */
export function businessDate(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toISODate() ?? instant.toISOString().slice(0, 10);
}
