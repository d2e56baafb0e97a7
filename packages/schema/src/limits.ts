import { z } from 'zod';

/** One line of text: names, titles, addresses. */
export const shortText = z.string().trim().min(1).max(200);
/** Several lines: contents, notes, reasons. */
export const longText = z.string().trim().min(1).max(4000);
/** A choice that may be left out; `null` counts as left out. */
export const optional = <T extends z.ZodType>(limits: T) =>
  limits.nullish().transform((value) => value ?? undefined);
/** A business date in the community's zone, `YYYY-MM-DD`; impossible dates are refused. */
export const businessDate = z.iso.date();
/** Integer minor units, never negative; the ceiling keeps every sum exact in a double. */
export const money = z.int().min(0).max(1_000_000_000_000);

/** An exact decimal as text, for example an area in m². Compared digit by digit, never as a float. */
export function decimal({ scale, min, max }: { scale: number; min: string; max: string }) {
  const units = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
    const size = BigInt(whole + fraction.padEnd(scale, '0'));
    return text.startsWith('-') ? -size : size;
  };
  return z
    .string()
    .regex(new RegExp(`^-?\\d{1,15}(\\.\\d{1,${scale}})?$`), {
      error: `not a decimal with at most ${scale} places`,
    })
    .refine((text) => units(text) >= units(min) && units(text) <= units(max), {
      error: `must be between ${min} and ${max}`,
    });
}
