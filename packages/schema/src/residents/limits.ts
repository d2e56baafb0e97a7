import { z } from 'zod';
import { businessDate, decimal, longText, optional, shortText } from '../limits.ts';
import { identityKindNames, relationNames, residentKindNames, specialCareKindNames } from './enums.ts';

const phone = z.string().trim().min(1).max(40);

/** Resident; phones and document numbers are checked against their own forms as well. */
export const residentInput = z.object({
  name: shortText,
  kind: optional(z.enum(residentKindNames)),
  phone: phone.nullish(),
  secondPhone: phone.nullish(),
  idKind: z.enum(identityKindNames).nullish(),
  idNumber: z.string().trim().min(1).max(40).nullish(),
  plates: shortText.nullish(),
  specialCare: optional(z.boolean()),
  specialCareKind: z.enum(specialCareKindNames).nullish(),
  emergencyName: shortText.nullish(),
  emergencyPhone: phone.nullish(),
  note: longText.nullish(),
  externalKey: shortText.nullish(),
});

/** Percent of the ownership, two decimals (handbook U-2). */
const share = decimal({ scale: 2, min: '0.01', max: '100' });

export const residencyInput = z.object({
  relation: z.enum(relationNames),
  share: share.nullish(),
  startsOn: businessDate,
  endsOn: businessDate.nullish(),
  powerOfAttorney: longText.nullish(),
});

/** Fewest characters of a reason for looking at masked data: a word, not a keystroke (handbook U-4). */
export const shortestUnmaskReason = 5;
