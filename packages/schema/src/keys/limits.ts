import { z } from 'zod';
import { longText, shortText } from '../limits.ts';
import {
  type BorrowerKind,
  borrowerKinds,
  type ConsentWay,
  consentWays,
  type Verification,
  verifications,
} from './enums.ts';

const oneOf = <T extends string>(table: Record<T, unknown>) => z.enum(Object.keys(table) as [T, ...T[]]);

export const keyInput = z.object({
  number: z.string().trim().min(1).max(32),
  opens: shortText,
  boardPlace: z.string().trim().min(1).max(64).nullish(),
});

/** Copies entered at once; a board place holds no more. */
export const copiesInput = z.int().min(1).max(50);

export const keyLoanInput = z.object({
  borrowerKind: oneOf<BorrowerKind>(borrowerKinds),
  borrowerName: shortText.nullish(),
  borrowerPhone: z.string().trim().min(3).max(32).nullish(),
  verification: oneOf<Verification>(verifications).nullish(),
  consentBy: shortText.nullish(),
  consentWay: oneOf<ConsentWay>(consentWays).nullish(),
  purpose: shortText,
  note: longText.nullish(),
});

/** Longest loan, in days; longer ones are extended with a reason. */
export const longestLoanDays = 30;
