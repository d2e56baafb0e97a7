import { minorToText } from '../../platform/format.ts';

/** `1.5` → 150n; undefined when it is no quantity with at most two decimals, as the API takes it. */
function hundredths(quantity: unknown): bigint | undefined {
  const found = /^(\d{1,5})(?:\.(\d{0,2}))?$/.exec(String(quantity).trim());
  return found ? BigInt(`${found[1]}${(found[2] ?? '').padEnd(2, '0')}`) : undefined;
}

/** Quantity times price in minor units, half a unit rounded up as the API does; undefined while either is none. */
export function amountOf(quantity: unknown, unitPrice: unknown): number | undefined {
  const many = hundredths(quantity);
  if (many === undefined || typeof unitPrice !== 'number' || !Number.isSafeInteger(unitPrice))
    return undefined;
  return Number((many * BigInt(unitPrice) + 50n) / 100n);
}

/** One line of a quote as it is typed. */
export interface QuoteLine {
  name: string;
  quantity: string;
  unit: string;
  unitPrice: number | '' | string;
}

export const blankLine = (): QuoteLine => ({ name: '', quantity: '1', unit: '', unitPrice: '' });

/** A line that was opened and left alone. */
export const isEmpty = ({ name, unitPrice }: QuoteLine) => name.trim() === '' && unitPrice === '';

/** What the resident is asked to pay; undefined while a line has no amount, and nothing must be sent. */
export function totalOf(lines: readonly QuoteLine[]): number | undefined {
  const amounts = lines
    .filter((line) => !isEmpty(line))
    .map(({ quantity, unitPrice }) => amountOf(quantity, unitPrice));
  if (amounts.length === 0 || amounts.includes(undefined)) return undefined;
  return amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
}

/** The lines as the resident reads and signs them: `1. 换软管 2 根 × ¥30.00 = ¥60.00`. */
export function contentOf(lines: readonly QuoteLine[], remark: string): string {
  const spelled = lines
    .filter((line) => !isEmpty(line))
    .map(({ name, quantity, unit, unitPrice }, index) => {
      const amount = amountOf(quantity, unitPrice);
      const price = typeof unitPrice === 'number' ? `¥${minorToText(unitPrice)}` : '';
      const sum = amount === undefined ? '' : ` = ¥${minorToText(amount)}`;
      return `${index + 1}. ${name.trim()} ${[quantity, unit].filter(Boolean).join(' ')} × ${price}${sum}`;
    });
  return [...spelled, remark.trim()].filter(Boolean).join('\n');
}
