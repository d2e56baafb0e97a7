import { DateTime } from 'luxon';
import type { Cell } from '../reading/table.ts';
import { Bad, reasons } from './bad.ts';

export interface DateReading {
  /** Form in Luxon's words; undefined: the usual ones are told apart. */
  format?: string | undefined;
  /** Zone of times without an offset. */
  zone: string;
}

/** A wall clock that some text or cell shows. */
interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Excel counts days from here; its serials between 1954 and 2119 are taken for dates, other numbers are none. */
const excelEpoch = Date.UTC(1899, 11, 30);
const yearFirst = /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?:[T\s,]+(.+))?$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T\s,]+(.+))?$/;
const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/;
const clock =
  /^(上午|下午|凌晨|中午|晚上|[ap]m)?\s*(\d{1,2})(?:[:：时点](\d{1,2})?)(?:[:：分](\d{1,2})(?:\.\d+)?)?[分秒]?\s*([ap]\.?m\.?)?$/i;

/** An instant. Offsets in the text count; a time without one is the zone's (in a gap of summer time: moved past it). */
export function instant(cell: Cell, reading: DateReading): Date | Bad {
  if (typeof cell === 'string') {
    if (reading.format) {
      const parsed = DateTime.fromFormat(cell.trim(), reading.format, {
        zone: reading.zone,
        locale: 'en-US',
      });
      return parsed.isValid ? parsed.toJSDate() : new Bad(reasons.format, { format: reading.format });
    }
    if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(cell.trim())) {
      const parsed = DateTime.fromISO(cell.trim());
      return parsed.isValid ? parsed.toJSDate() : new Bad(reasons.dateTime);
    }
  }
  const wall = wallClock(cell, reasons.dateTime);
  if (wall instanceof Bad) return wall;
  const found = DateTime.fromObject(wall, { zone: reading.zone });
  return found.isValid ? found.toJSDate() : new Bad(reasons.dateTime);
}

/** A business date as `YYYY-MM-DD`; a time of day beside it is dropped. */
export function calendarDate(cell: Cell, reading: DateReading): string | Bad {
  if (typeof cell === 'string' && reading.format) {
    const parsed = DateTime.fromFormat(cell.trim(), reading.format, { zone: 'utc', locale: 'en-US' });
    return parsed.isValid ? parsed.toISODate() : new Bad(reasons.format, { format: reading.format });
  }
  const wall = wallClock(cell, reasons.date);
  if (wall instanceof Bad) return wall;
  const found = DateTime.fromObject({ year: wall.year, month: wall.month, day: wall.day }, { zone: 'utc' });
  return found.isValid ? found.toISODate() : new Bad(reasons.date);
}

function wallClock(cell: Cell, otherwise: typeof reasons.date | typeof reasons.dateTime): Wall | Bad {
  if (cell instanceof Date) return wallOf(cell);
  const text = cell.normalize('NFKC').trim();
  const first = yearFirst.exec(text);
  if (first) return withTime(first[1], first[2], first[3], first[4], otherwise);
  const short = compact.exec(text);
  if (short)
    return withTime(
      short[1],
      short[2],
      short[3],
      short[4] && `${short[4]}:${short[5]}:${short[6] ?? '00'}`,
      otherwise,
    );
  const last = yearLast.exec(text);
  if (last) return dayAndMonth(last, otherwise);
  if (/^\d{5}(?:\.\d+)?$/.test(text) && Number(text) >= 20_000 && Number(text) <= 80_000)
    return wallOf(new Date(excelEpoch + Math.round(Number(text) * 86_400) * 1000));
  return new Bad(otherwise);
}

/** `3/4/2011` could be either; only what cannot be both is read without being told. */
function dayAndMonth(
  match: RegExpExecArray,
  otherwise: typeof reasons.date | typeof reasons.dateTime,
): Wall | Bad {
  const [, one = '', two = '', year, time] = match;
  if (Number(one) > 12) return withTime(year, two, one, time, otherwise);
  if (Number(two) > 12 || one === two) return withTime(year, one, two, time, otherwise);
  return new Bad(reasons.ambiguous);
}

function withTime(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  time: string | undefined,
  otherwise: typeof reasons.date | typeof reasons.dateTime,
): Wall | Bad {
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (time === undefined) return { ...date, hour: 0, minute: 0, second: 0 };
  const match = clock.exec(time.trim());
  if (!match) return new Bad(otherwise);
  const [, before, hours, minutes = '0', seconds = '0', after] = match;
  const half = (before ?? after ?? '').replaceAll('.', '').toLowerCase();
  let hour = Number(hours);
  if (/^(?:下午|晚上|中午|pm)$/.test(half) && hour < 12 && !(half === '中午' && hour >= 10)) hour += 12;
  else if (/^(?:上午|凌晨|am)$/.test(half) && hour === 12) hour = 0;
  return { ...date, hour, minute: Number(minutes), second: Number(seconds) };
}

const wallOf = (date: Date): Wall => ({
  year: date.getUTCFullYear(),
  month: date.getUTCMonth() + 1,
  day: date.getUTCDate(),
  hour: date.getUTCHours(),
  minute: date.getUTCMinutes(),
  second: date.getUTCSeconds(),
});

/** The one of the two orders of `3/4/2011` that all samples allow, as a Luxon format; undefined when none is needed. */
export function ambiguousFormat(samples: readonly string[]): string | undefined {
  const matches = samples.map((sample) => yearLast.exec(sample.normalize('NFKC').trim()));
  if (matches.length === 0 || matches.some((match) => !match)) return undefined;
  const firsts = matches.some((match) => Number(match?.[1]) > 12);
  const seconds = matches.some((match) => Number(match?.[2]) > 12);
  if (firsts === seconds) return undefined;
  const sample = matches[0];
  const separator = /\D/.exec(sample?.[0] ?? '')?.[0] ?? '/';
  const date = (firsts ? ['d', 'M', 'yyyy'] : ['M', 'd', 'yyyy']).join(separator);
  const time = sample?.[4]?.trim();
  if (time === undefined) return date;
  const seconded = (time.match(/:/g) ?? []).length > 1 ? ':mm:ss' : ':mm';
  return /[ap]m$/i.test(time) ? `${date} h${seconded} a` : `${date} H${seconded}`;
}
