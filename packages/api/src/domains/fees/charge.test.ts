import { chargeOf, explainCharge, monthsOf } from '@desk/schema/fees/charge';
import { showMoney } from '@desk/schema/fees/money';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';

/** An exact fraction, reduced: the independent reference shares no line with the module. */
class Ratio {
  readonly n: bigint;
  readonly d: bigint;
  constructor(n: bigint, d = 1n) {
    let [a, b] = [n < 0n ? -n : n, d];
    while (b) [a, b] = [b, a % b];
    this.n = n / (a || 1n);
    this.d = d / (a || 1n);
  }
  static of(decimal: string): Ratio {
    const [whole = '0', places = ''] = decimal.split('.');
    return new Ratio(BigInt(whole + places), 10n ** BigInt(places.length));
  }
  plus = (other: Ratio) => new Ratio(this.n * other.d + other.n * this.d, this.d * other.d);
  times = (other: Ratio) => new Ratio(this.n * other.n, this.d * other.d);
  /** The nearest whole number; of two equally near ones the greater. */
  get halfUp(): bigint {
    const floor = this.n / this.d;
    return 2n * (this.n - floor * this.d) >= this.d ? floor + 1n : floor;
  }
}

/** Day by day: each day is 1/(days of its month) of a month. */
function monthsDayByDay(from: string, to: string): Ratio {
  let months = new Ratio(0n);
  for (let day = DateTime.fromISO(from); (day.toISODate() ?? '') <= to; day = day.plus({ days: 1 }))
    months = months.plus(new Ratio(1n, BigInt(day.daysInMonth ?? 30)));
  return months;
}

const decimal = (max: number, places: number) =>
  fc
    .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max: 10 ** places - 1 }))
    .map(([whole, rest]) => `${whole}.${String(rest).padStart(places, '0')}`);
const day = fc.integer({ min: 0, max: 3_000 }).map((days) => DateTime.fromISO('2023-12-01').plus({ days }));
const period = fc.tuple(day, fc.integer({ min: 0, max: 400 })).map(([start, length]) => ({
  periodFrom: start.toISODate() ?? '',
  periodTo: start.plus({ days: length }).toISODate() ?? '',
}));

describe('the amount of a charge', () => {
  test('is area × rate × months, rounded once, half up, for any area, rate and period', () => {
    fc.assert(
      fc.property(decimal(1_000_000, 2), decimal(100_000, 4), period, (area, rate, days) => {
        const exact = Ratio.of(area)
          .times(Ratio.of(rate))
          .times(monthsDayByDay(days.periodFrom, days.periodTo));
        const charge = chargeOf({ basis: 'AREA_MONTH', area, rate, ...days });
        expect(charge.amount).toBe(exact.halfUp);
        // The rounding that is shown explains the amount to six places.
        const shown = new Ratio(charge.amount).plus(
          new Ratio(
            -Ratio.of(charge.rounding.replace('-', '')).n * (charge.rounding.startsWith('-') ? -1n : 1n),
            Ratio.of(charge.rounding.replace('-', '')).d,
          ),
        );
        const gap = shown.plus(new Ratio(-exact.n, exact.d));
        expect((gap.n < 0n ? -gap.n : gap.n) * 1_000_000n < gap.d).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('per unit leaves the area out, and once leaves the period out', () => {
    fc.assert(
      fc.property(decimal(100_000, 4), period, (rate, days) => {
        expect(chargeOf({ basis: 'UNIT_MONTH', rate, ...days }).amount).toBe(
          Ratio.of(rate).times(monthsDayByDay(days.periodFrom, days.periodTo)).halfUp,
        );
        expect(chargeOf({ basis: 'ONCE', rate, ...days }).amount).toBe(Ratio.of(rate).halfUp);
      }),
      { numRuns: 100 },
    );
  });

  test('of a period cut anywhere differs from the whole by rounding only', () => {
    fc.assert(
      fc.property(
        decimal(500, 2),
        decimal(1_000, 4),
        period,
        fc.nat(400),
        (area, rate, { periodFrom, periodTo }, cut) => {
          const last = DateTime.fromISO(periodFrom).plus({ days: cut }).toISODate() ?? '';
          fc.pre(last < periodTo);
          const next = DateTime.fromISO(last).plus({ days: 1 }).toISODate() ?? '';
          const terms = { basis: 'AREA_MONTH', area, rate } as const;
          const whole = chargeOf({ ...terms, periodFrom, periodTo }).amount;
          const parts =
            chargeOf({ ...terms, periodFrom, periodTo: last }).amount +
            chargeOf({ ...terms, periodFrom: next, periodTo }).amount;
          expect(parts - whole >= -1n && parts - whole <= 1n).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('rounds exactly one half up', () => {
    expect(
      chargeOf({ basis: 'UNIT_MONTH', rate: '0.5', periodFrom: '2027-01-01', periodTo: '2027-01-31' }),
    ).toMatchObject({ amount: 1n, rounding: '0.500000' });
    expect(
      chargeOf({ basis: 'UNIT_MONTH', rate: '0.4999', periodFrom: '2027-01-01', periodTo: '2027-01-31' }),
    ).toMatchObject({ amount: 0n, rounding: '-0.499900' });
  });

  test('is exact beyond what a double can hold', () => {
    expect(
      chargeOf({
        basis: 'AREA_MONTH',
        area: '1000000',
        rate: '10000000000.0001',
        periodFrom: '2027-01-01',
        periodTo: '2027-12-31',
      }).amount,
    ).toBe(120_000_000_000_001_200n);
  });

  test('needs an area where it is by area, and a period that does not end before it starts', () => {
    expect(() =>
      chargeOf({ basis: 'AREA_MONTH', rate: '1', periodFrom: '2027-01-01', periodTo: '2027-01-31' }),
    ).toThrow('area');
    expect(() =>
      chargeOf({ basis: 'UNIT_MONTH', rate: '1', periodFrom: '2027-02-01', periodTo: '2027-01-31' }),
    ).toThrow('before');
    expect(() =>
      chargeOf({ basis: 'UNIT_MONTH', rate: '-1', periodFrom: '2027-01-01', periodTo: '2027-01-31' }),
    ).toThrow('decimal');
    expect(() =>
      chargeOf({ basis: 'UNIT_MONTH', rate: '1.00001', periodFrom: '2027-01-01', periodTo: '2027-01-31' }),
    ).toThrow('decimal');
  });
});

describe('months of a period', () => {
  test.each([
    ['2027-01-01', '2027-03-31', { months: 3, partial: [] }],
    [
      '2027-01-15',
      '2027-02-14',
      {
        months: 0,
        partial: [
          { days: 17, of: 31 },
          { days: 14, of: 28 },
        ],
      },
    ],
    [
      '2027-01-15',
      '2027-04-10',
      {
        months: 2,
        partial: [
          { days: 17, of: 31 },
          { days: 10, of: 30 },
        ],
      },
    ],
    ['2028-02-01', '2028-02-29', { months: 1, partial: [] }],
    ['2028-02-01', '2028-02-28', { months: 0, partial: [{ days: 28, of: 29 }] }],
    ['2100-02-01', '2100-02-28', { months: 1, partial: [] }],
    [
      '2026-12-31',
      '2027-01-01',
      {
        months: 0,
        partial: [
          { days: 1, of: 31 },
          { days: 1, of: 31 },
        ],
      },
    ],
  ])('%s to %s', (from, to, expected) => {
    expect(monthsOf(from, to)).toEqual(expected);
  });
});

test('a charge explains itself down to area, rate, months and rounding', () => {
  expect(
    explainCharge({
      basis: 'AREA_MONTH',
      area: '89.50',
      rate: '250.0000',
      periodFrom: '2027-01-01',
      periodTo: '2027-03-31',
    }),
  ).toBe('89.50 m² × 250 × 3 = 67125');
  expect(
    explainCharge({
      basis: 'AREA_MONTH',
      area: '89.50',
      rate: '250',
      periodFrom: '2027-01-15',
      periodTo: '2027-02-28',
    }),
  ).toBe('89.50 m² × 250 × (1 + 17/31) = 34645.161290 → 34645');
  expect(
    explainCharge({ basis: 'ONCE', rate: '30000', periodFrom: '2027-01-01', periodTo: '2027-01-31' }),
  ).toBe('30000 = 30000');
});

test('minor units are shown by moving digits only', () => {
  expect([0, 5, 100, -123456, 9_007_199_254_740_993n].map(showMoney)).toEqual([
    '0.00',
    '0.05',
    '1.00',
    '-1234.56',
    '90071992547409.93',
  ]);
});
