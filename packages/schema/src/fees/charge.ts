import type { ChargeBasis } from './enums.ts';

/**
 * Exact charges (handbook F-01, F-04). An amount is `rate × area × months`, or less where the basis has less, computed as
 * one fraction of whole numbers and rounded once, half up, to a whole minor unit (fen).
 *
 * Convention for months: a period counts calendar month by calendar month. A month that it covers from the first to the last
 * day counts 1; any other counts its covered days over the days of that month. 15 January to 14 February 2027 is
 * 17/31 + 14/28 months, 1 January to 31 March is 3. Charges of adjoining periods therefore add up, before rounding, to
 * the charge of the whole, wherever the period is cut.
 */
export interface ChargeTerms {
  basis: ChargeBasis;
  /** Minor units per m²·month, unit·month or unit; a decimal text with at most four places. */
  rate: string;
  /** m², a decimal text with at most two places; needed for AREA_MONTH only. */
  area?: string | null;
  /** First and last day, `YYYY-MM-DD`, both included. */
  periodFrom: string;
  periodTo: string;
}

/** A month that the period covers in part. */
export interface PartialMonth {
  days: number;
  of: number;
}

export interface Charge {
  /** Whole minor units. */
  amount: bigint;
  /** Months covered from the first to the last day; 0 for ONCE. */
  months: number;
  /** At most two: at the start and at the end. */
  partial: PartialMonth[];
  /** What rounding added to the exact value, in minor units with six places (cut off): `-0.290323`. */
  rounding: string;
}

/** Common denominator of months of 28, 29, 30 and 31 days. */
const monthParts = 377_580n;

/** The charge of one unit. Throws on a period that ends before it starts and on AREA_MONTH without an area. */
export function chargeOf(terms: ChargeTerms): Charge {
  const { months, partial } =
    terms.basis === 'ONCE' ? { months: 1, partial: [] } : monthsOf(terms.periodFrom, terms.periodTo);
  const parts = partial.reduce(
    (sum, { days, of }) => sum + (BigInt(days) * monthParts) / BigInt(of),
    BigInt(months) * monthParts,
  );
  const numerator = scaled(terms.rate, 4) * areaOf(terms) * parts;
  const denominator = 10_000n * 100n * monthParts;
  const amount = (2n * numerator + denominator) / (2n * denominator);
  return {
    amount,
    months: terms.basis === 'ONCE' ? 0 : months,
    partial,
    rounding: fraction(amount * denominator - numerator, denominator),
  };
}

/** How the charge came about, as a line for the resident: `89.50 m² × 250 × (1 + 17/31) = 34643.951613 → 34644`. */
export function explainCharge(terms: ChargeTerms): string {
  const { amount, months, partial, rounding } = chargeOf(terms);
  const factors = [plain(terms.rate)];
  if (terms.basis === 'AREA_MONTH') factors.unshift(`${terms.area} m²`);
  if (terms.basis !== 'ONCE') factors.push(monthsText(months, partial));
  if (rounding === '0') return `${factors.join(' × ')} = ${amount}`;
  return `${factors.join(' × ')} = ${plus(amount, rounding)} → ${amount}`;
}

/** Calendar months of a period, whole and in part. */
export function monthsOf(from: string, to: string): { months: number; partial: PartialMonth[] } {
  if (to < from) throw new RangeError(`the period ends (${to}) before it starts (${from})`);
  const [start, end] = [split(from), split(to)];
  const found = { months: 0, partial: [] as PartialMonth[] };
  for (let at = start.month; at <= end.month; at += 1) {
    const of = daysIn(at);
    const first = at === start.month ? start.day : 1;
    const last = at === end.month ? end.day : of;
    if (first === 1 && last === of) found.months += 1;
    else found.partial.push({ days: last - first + 1, of });
  }
  return found;
}

function areaOf({ basis, area }: ChargeTerms): bigint {
  if (basis !== 'AREA_MONTH') return 100n;
  if (!area) throw new RangeError('a charge by area needs the area');
  return scaled(area, 2);
}

/** A non-negative decimal text as a whole number of its smallest places. */
function scaled(text: string, places: number): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  const digits = match?.[2]?.replace(/0+$/, '') ?? '';
  if (!match || digits.length > places)
    throw new RangeError(`${text} is no decimal with at most ${places} places`);
  return BigInt(`${match[1]}${digits.padEnd(places, '0')}`);
}

/** A fraction of absolute value below 1 with six places, cut off; `0` when it is nothing. */
function fraction(numerator: bigint, denominator: bigint): string {
  if (numerator === 0n) return '0';
  const size = numerator < 0n ? -numerator : numerator;
  return `${numerator < 0n ? '-' : ''}0.${((size * 1_000_000n) / denominator).toString().padStart(6, '0')}`;
}

/** `amount − rounding` as text: the exact value to six places. */
function plus(amount: bigint, rounding: string): string {
  const micro = BigInt(rounding.replace('-', '').replace('0.', ''));
  const exact = amount * 1_000_000n - (rounding.startsWith('-') ? -micro : micro);
  return `${exact / 1_000_000n}.${(exact % 1_000_000n).toString().padStart(6, '0')}`;
}

function monthsText(months: number, partial: readonly PartialMonth[]): string {
  const parts = [...(months > 0 ? [String(months)] : []), ...partial.map(({ days, of }) => `${days}/${of}`)];
  return parts.length > 1 ? `(${parts.join(' + ')})` : (parts[0] ?? '0');
}

const plain = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);

function split(date: string): { month: number; day: number } {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return { month: year * 12 + month - 1, day };
}

function daysIn(monthNumber: number): number {
  const [year, month] = [Math.floor(monthNumber / 12), monthNumber % 12];
  if (month === 1) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [3, 5, 8, 10].includes(month) ? 30 : 31;
}
