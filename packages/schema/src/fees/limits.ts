import { z } from 'zod';
import { businessDate, decimal, longText, optional, shortText } from '../limits.ts';
import { chargeBasisNames, feeKindNames, moneyMethodNames, paymentMethodNames } from './enums.ts';

const id = z.string().max(100);
/** Minor units, at least one: nobody owes or pays nothing. */
export const amount = z.int().min(1).max(1_000_000_000_000);
const reason = longText;

/** Minor units per m²·month, unit·month or unit, with at most four places (handbook F-01). */
export const rate = decimal({ scale: 4, min: '0.0001', max: '10000000000' });

export const chargeStandardInput = z.object({
  kind: z.enum(feeKindNames),
  name: shortText,
  basis: z.enum(chargeBasisNames),
  rate,
  effectiveFrom: businessDate,
  effectiveTo: businessDate.nullish(),
});

export const feeRunInput = z.object({
  periodFrom: businessDate,
  periodTo: businessDate,
  dueOn: optional(businessDate),
});

export const feeInput = z.object({
  kind: optional(z.enum(feeKindNames)),
  amount: optional(amount),
  periodFrom: optional(businessDate),
  periodTo: optional(businessDate),
  dueOn: businessDate,
  note: longText.nullish(),
});
export const feeChange = z.object({
  dueOn: optional(businessDate),
  note: longText.nullish(),
  amount: optional(amount),
});
export const feeCollectInput = z.object({ method: z.enum(paymentMethodNames) });
export const withReason = z.object({ reason });

export const paymentInput = z.object({
  method: z.enum(paymentMethodNames),
  amount,
  receivedAt: optional(z.string()),
  note: longText.nullish(),
  allocations: optional(
    z
      .array(z.object({ fee: id, amount }))
      .min(1)
      .max(200),
  ),
});
export const refundInput = z.object({
  amount,
  method: optional(z.enum(moneyMethodNames)),
  fee: optional(id),
  reason,
});
