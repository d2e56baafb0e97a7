import { DateTime } from 'luxon';

/** The one source of "now": tests travel in time by handing in their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock for tests: real until it is set, then it stands still until told otherwise. */
export class TestClock implements Clock {
  #now: Date | undefined;
  #ahead = 0;
  constructor(start?: string | Date) {
    if (start !== undefined) this.#now = new Date(start);
  }
  now(): Date {
    return new Date((this.#now?.getTime() ?? Date.now()) + this.#ahead);
  }
  set(instant: string | Date): void {
    this.#now = new Date(instant);
    this.#ahead = 0;
  }
  advance(amount: { minutes?: number; hours?: number; days?: number }): void {
    this.travel(DateTime.fromJSDate(this.now()).plus(amount).toMillis() - this.now().getTime());
  }
  /** Into the future by so many milliseconds. */
  travel(ms: number): void {
    this.#ahead += ms;
  }
}

/** The business date (`YYYY-MM-DD`) of an instant in a community's zone. */
export function businessDate(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toISODate() ?? instant.toISOString().slice(0, 10);
}
