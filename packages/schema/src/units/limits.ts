import { z } from 'zod';
import { businessDate, decimal, longText, optional, shortText } from '../limits.ts';
import { unitKindNames } from './enums.ts';

/** Whether the runtime knows the zone; business dates of a community with an unknown one would silently be UTC's. */
function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

export const communityInput = z.object({
  code: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/),
  name: shortText,
  address: shortText.nullish(),
  timeZone: z.string().max(64).refine(isTimeZone, { error: 'IANA time zone, e.g. Asia/Shanghai' }).nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
});

export const buildingInput = z.object({
  name: shortText,
  floors: z.int().min(1).max(200).nullish(),
  handoverOn: businessDate.nullish(),
});

/** Area in m², two decimals (handbook P-2). */
export const unitInput = z.object({
  number: z.string().trim().min(1).max(32),
  kind: optional(z.enum(unitKindNames)),
  floor: z.int().min(-20).max(200).nullish(),
  area: decimal({ scale: 2, min: '0.01', max: '1000000' }).nullish(),
  layout: shortText.nullish(),
  orientation: shortText.nullish(),
  note: longText.nullish(),
  externalKey: z.string().trim().min(1).max(200).nullish(),
});
