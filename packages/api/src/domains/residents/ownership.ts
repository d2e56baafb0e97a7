/** Days from the first to the last, both included, as `YYYY-MM-DD`; without a last day it goes on. */
export interface Period {
  startsOn: string;
  endsOn: string | null;
}

export interface Owned extends Period {
  /** Percent with at most two decimals, exact. */
  share: string;
}

/** Percent as whole hundredths, exact: 33.33 % is 3333. */
export function hundredths(percent: string): number {
  const [whole = '0', fraction = ''] = percent.split('.');
  return Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
}

/** Whole hundredths as percent without idle zeros: 3333 is `33.33`, 5000 is `50`. */
export const percentOf = (amount: number): string => (amount / 100).toString();

export const covers = (period: Period, day: string): boolean =>
  period.startsOn <= day && (period.endsOn === null || day <= period.endsOn);

/**
 * The highest sum of ownership shares on any day of a period, in hundredths of a percent (handbook U-2). The sum only
 * rises on a day when an ownership starts, so those days and the first one are all that need a look.
 */
export function highestOwnership(owned: readonly Owned[], within: Period): number {
  const days = [within.startsOn, ...owned.map((one) => one.startsOn).filter((day) => covers(within, day))];
  const sums = days.map((day) =>
    owned.reduce((sum, one) => (covers(one, day) ? sum + hundredths(one.share) : sum), 0),
  );
  return Math.max(...sums);
}
