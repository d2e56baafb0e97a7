import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highestOwnership, hundredths, type Owned, type Period, percentOf } from './ownership.ts';

const dayOf = (offset: number): string =>
  new Date(Date.UTC(2027, 11, 20) + offset * 86_400_000).toISOString().slice(0, 10);

const period = fc.record({ from: fc.nat(30), days: fc.option(fc.nat(20)) }).map(
  ({ from, days }): Period => ({
    startsOn: dayOf(from),
    endsOn: days === null ? null : dayOf(from + days),
  }),
);
const owned = fc
  .record({ period, cents: fc.integer({ min: 1, max: 10_000 }) })
  .map(({ period: days, cents }): Owned => ({ ...days, share: (cents / 100).toFixed(2) }));

/** Adds up every single day, with calendar arithmetic of its own. */
function dayByDay(shares: readonly Owned[], within: Period): number {
  let highest = 0;
  for (let offset = 0; offset < 80; offset += 1) {
    const day = Date.parse(dayOf(offset));
    const on = (one: Period) =>
      Date.parse(one.startsOn) <= day && day <= Date.parse(one.endsOn ?? '9999-12-31');
    if (!on(within)) continue;
    const sum = shares.filter(on).reduce((total, one) => total + Math.round(Number(one.share) * 100), 0);
    highest = Math.max(highest, sum);
  }
  return highest;
}

test('the highest ownership of a period is that of its fullest day', () => {
  fc.assert(
    fc.property(fc.array(owned, { maxLength: 8 }), period, (shares, within) => {
      expect(highestOwnership(shares, within)).toBe(dayByDay(shares, within));
    }),
    { numRuns: 2000 },
  );
});

test('an owner who leaves and one who comes the next day never own together', () => {
  const before: Owned = { startsOn: '2026-01-01', endsOn: '2026-06-30', share: '100' };
  expect(highestOwnership([before], { startsOn: '2026-07-01', endsOn: null })).toBe(0);
  expect(highestOwnership([before], { startsOn: '2026-06-30', endsOn: null })).toBe(10_000);
});

test('percents are exact to the hundredth', () => {
  expect(hundredths('33.33') + hundredths('33.33') + hundredths('33.34')).toBe(10_000);
  expect([hundredths('0.1'), hundredths('100.00')]).toEqual([10, 10_000]);
  expect([percentOf(3333), percentOf(5000)]).toEqual(['33.33', '50']);
});
