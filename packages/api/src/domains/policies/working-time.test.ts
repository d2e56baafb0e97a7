import { type CalendarData, parseHours, workingCalendar } from '@desk/schema/policies/calendar';
import {
  deadline,
  elapsed,
  type Span,
  WorkingCalendar,
  workingTime,
} from '@desk/schema/policies/working-time';
import { isWorkday } from 'chinese-days';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { statutory } from './statutory.ts';

const minute = 60_000;
const office = '08:30-12:00 13:20-17:50';
const standard: CalendarData = {
  timeZone: 'Asia/Shanghai',
  base: 'CHINA',
  dayMinutes: 480,
  coveredYears: [],
  days: [],
  ...{ monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
  ...{ saturday: '', sunday: '' },
};

const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
];

/** Up to three spans of a day, in order. */
const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 0, maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) =>
    cuts.flatMap((from, at): Span[] => {
      const to = cuts[at + 1];
      return at % 2 === 0 && to !== undefined ? [{ from: from * 30, to: to * 30 }] : [];
    }),
  );
const always: Span[] = [{ from: 540, to: 1020 }];

const calendars = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    dayMinutes: fc.integer({ min: 30, max: 1_440 }),
    week: fc.array(spans, { minLength: 7, maxLength: 7 }),
    specials: fc.array(fc.tuple(fc.integer({ min: 0, max: 365 }), spans), { maxLength: 12 }),
  })
  .map(({ timeZone, dayMinutes, week, specials }) => {
    const works = week.some((day) => day.length > 0) ? week : [always, ...week.slice(1)];
    const days = new Map(
      specials.map(([offset, special]) => [
        new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10),
        special,
      ]),
    );
    return new WorkingCalendar({ timeZone, dayMinutes, week: works, days, covers: () => true });
  });

/** A generator of starts and lengths that costs nothing: the calendars are what fast-check looks for. */
function* cases(seed: number, count: number): Generator<[start: Date, amount: number]> {
  let state = seed >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
  for (let index = 0; index < count; index += 1)
    yield [new Date(Date.UTC(2026, 0, 1) + next(31_536_000) * 1_000 + next(1_000)), next(60) / (1 + next(4))];
}

describe('deadlines and elapsed time (P-4)', () => {
  test('what was promised for a time is over when that time has passed: 100,000 random promises on random calendars', () => {
    let tried = 0;
    fc.assert(
      fc.property(calendars, fc.integer(), (calendar, seed) => {
        for (const [start, amount] of cases(seed, 500)) {
          const unit = (['WORKING_DAYS', 'WORKING_DAYS', 'HOURS', 'MINUTES'] as const)[tried % 4] ?? 'HOURS';
          const { at } = deadline(calendar, start, { unit, amount });
          const length =
            unit === 'WORKING_DAYS' ? calendar.workingDay : unit === 'HOURS' ? 3_600_000 : minute;
          const promised = Math.round(amount * length) / length;
          expect(elapsed(calendar, start, at, unit)).toBe(promised);
          // The earliest such instant: a millisecond before, it is not over.
          if (promised > 0)
            expect(elapsed(calendar, start, new Date(at.getTime() - 1), unit)).toBeLessThan(promised);
          tried += 1;
        }
      }),
      { numRuns: 210 },
    );
    expect(tried).toBeGreaterThanOrEqual(100_000);
  }, 60_000);

  test('a minute-by-minute count of all published years, 2004 to 2026, agrees', () => {
    const calendar = workingCalendar(standard, statutory);
    const hours = parseHours(office) ?? [];
    // China has one zone and, in these years, never changed its clocks.
    let counted = 0;
    const begin = Date.UTC(2004, 0, 1) - 8 * 3_600_000;
    const marks: [instant: number, counted: number][] = [];
    for (let day = Date.UTC(2004, 0, 1); day < Date.UTC(2027, 0, 1); day += 86_400_000) {
      const works = isWorkday(new Date(day).toISOString().slice(0, 10));
      for (let at = 0; at < 1_440; at += 1) {
        if (at % 487 === 0) marks.push([day + at * minute - 8 * 3_600_000, counted]);
        if (works && hours.some(({ from, to }) => at >= from && at < to)) counted += 1;
      }
    }
    expect(marks.length).toBeGreaterThan(25_000);
    let [from, before] = [begin, 0];
    let sum = 0;
    for (const [to, upTo] of marks) {
      sum += workingTime(calendar, new Date(from), new Date(to));
      if (sum !== upTo * minute)
        expect([new Date(to).toISOString(), sum / minute]).toEqual([new Date(to).toISOString(), upTo]);
      // What is left of a promise at any minute is due where the count reaches it.
      if (upTo > before) {
        const amount = (upTo - before) / standard.dayMinutes;
        const { at } = deadline(calendar, new Date(from), { unit: 'WORKING_DAYS', amount });
        if (workingTime(calendar, at, new Date(to)) !== 0) expect.fail(`due ${at.toISOString()}`);
      }
      [from, before] = [to, upTo];
    }
  }, 60_000);

  test.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia'])(
    'where clocks are changed (%s), a count by the clock on the wall agrees',
    (timeZone) => {
      const night = [
        { from: 30, to: 150 },
        { from: 165, to: 240 },
        { from: 1_380, to: 1_440 },
      ];
      const rules = {
        timeZone,
        dayMinutes: 240,
        week: Array(7).fill(night),
        days: new Map(),
        covers: () => true,
      };
      const calendar = new WorkingCalendar(rules);
      const changes = [
        '2011-12-29',
        '2026-03-07',
        '2026-03-28',
        '2026-04-04',
        '2026-10-03',
        '2026-10-24',
        '2026-10-31',
      ];
      for (const date of changes) {
        const start = Date.parse(`${date}T00:00:00Z`);
        let counted = 0;
        for (let at = start; at < start + 3 * 86_400_000; at += minute) {
          const wall = DateTime.fromMillis(at, { zone: timeZone });
          const now = wall.hour * 60 + wall.minute;
          if (night.some(({ from, to }) => now >= from && now < to)) counted += 1;
        }
        const end = new Date(start + 3 * 86_400_000);
        expect(workingTime(calendar, new Date(start), end) / minute, date).toBe(counted);
      }
    },
  );
});

describe('the standard calendar (P-4)', () => {
  const calendar = workingCalendar(standard, statutory);
  const due = (start: string, amount: number) =>
    deadline(calendar, new Date(start), { unit: 'WORKING_DAYS', amount });

  test('holidays are passed over and make-up Saturdays count', () => {
    // 2026-02-14 is a make-up Saturday before the Spring Festival, which lasts until the 23rd; the 28th is one after it.
    expect(due('2026-02-13T02:00:00Z', 1).at.toISOString()).toBe('2026-02-14T02:00:00.000Z');
    expect(due('2026-02-14T02:00:00Z', 1).at.toISOString()).toBe('2026-02-24T02:00:00.000Z');
    expect(due('2026-02-27T02:00:00Z', 1).at.toISOString()).toBe('2026-02-28T02:00:00.000Z');
  });

  test('breaks and nights do not count, minutes and hours on the wall do', () => {
    expect(due('2026-03-11T00:00:00Z', 1).at.toISOString()).toBe('2026-03-11T09:50:00.000Z');
    expect(due('2026-03-11T04:30:00Z', 0.5).at.toISOString()).toBe('2026-03-11T09:20:00.000Z');
    const hours = deadline(calendar, new Date('2026-02-13T16:00:00Z'), { unit: 'HOURS', amount: 24 });
    expect(hours).toEqual({ at: new Date('2026-02-14T16:00:00Z'), provisional: false });
  });

  test('what depends on a year that is not published is provisional, until it is entered', () => {
    expect(due('2026-12-25T02:00:00Z', 3).provisional).toBe(false);
    expect(due('2026-12-30T02:00:00Z', 3).provisional).toBe(true);
    const entered = workingCalendar(
      { ...standard, coveredYears: [2027], days: [{ date: '2027-01-01', kind: 'OFF', hours: null }] },
      statutory,
    );
    const found = deadline(entered, new Date('2026-12-30T02:00:00Z'), { unit: 'WORKING_DAYS', amount: 3 });
    expect(found).toEqual({ at: new Date('2027-01-05T02:00:00Z'), provisional: false });
  });

  test('days of the community go over holidays: off, working, half a day, hours of its own', () => {
    const own = workingCalendar(
      {
        ...standard,
        days: [
          { date: '2026-03-12', kind: 'OFF', hours: null },
          { date: '2026-03-14', kind: 'WORKING', hours: null },
          { date: '2026-03-13', kind: 'HALF', hours: null },
          { date: '2026-02-17', kind: 'HOURS', hours: '10:00-11:00' },
        ],
      },
      statutory,
    );
    const worked = (date: string) =>
      workingTime(own, new Date(`${date}T00:00:00+08:00`), new Date(`${date}T23:59:59+08:00`)) / minute;
    expect(['2026-03-12', '2026-03-14', '2026-03-13', '2026-02-17'].map(worked)).toEqual([0, 480, 240, 60]);
  });

  test('a calendar that never works is refused, not waited for; a clock set back makes no negative time', () => {
    const never = new WorkingCalendar({
      timeZone: 'UTC',
      dayMinutes: 480,
      week: Array(7).fill([]),
      days: new Map(),
      covers: () => true,
    });
    expect(() => deadline(never, new Date(), { unit: 'WORKING_DAYS', amount: 1 })).toThrow('no working time');
    expect(
      elapsed(calendar, new Date('2026-03-11T02:00:00Z'), new Date('2026-03-10T02:00:00Z'), 'HOURS'),
    ).toBe(0);
    expect(
      elapsed(calendar, new Date('2026-03-11T02:00:00Z'), new Date('2026-03-10T02:00:00Z'), 'WORKING_DAYS'),
    ).toBe(0);
  });

  test('hours that are no hours, impossible dates and unknown zones are refused', () => {
    for (const wrong of [
      '8:30-12:00',
      '12:00-08:30',
      '08:00-12:00 11:00-13:00',
      '08:00-25:00',
      'morgens',
      '08:00',
    ])
      expect(parseHours(wrong), wrong).toBeUndefined();
    expect(parseHours('')).toEqual([]);
    const odd =
      (days: CalendarData['days'], timeZone = 'UTC') =>
      () =>
        workingCalendar({ ...standard, days, timeZone }, statutory);
    expect(odd([{ date: '2026-02-30', kind: 'OFF', hours: null }])).toThrow('no such date');
    expect(odd([], 'Asia/Atlantis')).toThrow(RangeError);
  });
});
