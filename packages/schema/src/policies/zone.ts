/** Milliseconds of a day of 24 hours; local days are longer or shorter where clocks are changed. */
export const dayMs = 86_400_000;
const widestOffset = 15 * 3_600_000;

/** A stretch of one local day with one offset: instants from `from` up to, not including, `to`. */
export interface Segment {
  from: number;
  to: number;
  /** Local time minus UTC, in milliseconds. */
  offset: number;
}

/**
 * Local days of an IANA time zone as instants, exact where clocks are changed: an hour that happens twice belongs twice to
 * its day, one that is left out does not exist. Never looks at the host's own zone.
 */
export class Zone {
  static readonly #known = new Map<string, Zone>();
  readonly #days = new Map<number, readonly Segment[]>();
  readonly #format: Intl.DateTimeFormat;

  private constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  }

  /** The zone of that name; a RangeError when there is none. */
  static of(name: string): Zone {
    let zone = Zone.#known.get(name);
    if (!zone) Zone.#known.set(name, (zone = new Zone(name)));
    return zone;
  }

  /** The stretches of a local day, given as days since 1970-01-01; none where the zone left that day out. */
  segments(day: number): readonly Segment[] {
    let found = this.#days.get(day);
    if (!found) this.#days.set(day, (found = this.#cut(day)));
    return found;
  }

  /** The local day that an instant lies in, as days since 1970-01-01. */
  dayOf(instant: number): number {
    const guess = Math.floor(instant / dayMs);
    for (const day of [guess, guess + 1, guess - 1])
      for (const { from, to } of this.segments(day)) if (instant >= from && instant < to) return day;
    return Math.floor((instant + this.#offset(instant)) / dayMs);
  }

  #cut(day: number): readonly Segment[] {
    const [start, end] = [day * dayMs - widestOffset, (day + 1) * dayMs + widestOffset];
    const [before, after] = [this.#offset(start), this.#offset(end)];
    const whole = (offset: number): Segment => ({
      from: day * dayMs - offset,
      to: (day + 1) * dayMs - offset,
      offset,
    });
    if (before === after) return [whole(before)];
    const change = this.#changeBetween(start, end, after);
    const [first, second] = [whole(before), whole(after)];
    return [
      { ...first, to: Math.min(first.to, change) },
      { ...second, from: Math.max(second.from, change) },
    ].filter(({ from, to }) => from < to);
  }

  /** The first instant with the offset `after`, to the second. */
  #changeBetween(start: number, end: number, after: number): number {
    let [low, high] = [start, end];
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2_000) * 1_000;
      if (this.#offset(middle) === after) high = middle;
      else low = middle;
    }
    return high;
  }

  #offset(instant: number): number {
    const [, sign, hours = '0', minutes = '0', seconds = '0'] =
      /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(this.#format.format(instant)) ?? [];
    const size = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
    return sign === '-' ? -size : size;
  }
}

/** Days since 1970-01-01 of a date `YYYY-MM-DD`; a RangeError for an impossible one. */
export function dayNumber(date: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || dateOf(at / dayMs) !== date) throw new RangeError(`no such date: ${date}`);
  return at / dayMs;
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
