import { z } from 'zod';
import { moneyMethodNames } from '../fees/enums.ts';
import { amount } from '../fees/limits.ts';
import { businessDate, longText, money, shortText } from '../limits.ts';
import {
  type PermitPaper,
  permitPaperNames,
  type SigningDepartment,
  signingDepartmentNames,
} from './enums.ts';

const papers = z
  .array(z.enum(permitPaperNames as [PermitPaper, ...PermitPaper[]]))
  .max(permitPaperNames.length);

export const permitInput = z.object({
  applicantName: shortText.nullish(),
  contractorName: shortText,
  contractorLicence: z.string().trim().min(1).max(64).nullish(),
  contractorGrade: z.int().min(1).max(9).nullish(),
  scope: longText,
  hotWork: z.boolean().nullish(),
  startsOn: businessDate,
  endsOn: businessDate,
  papers: papers.nullish(),
});

export const permitChange = permitInput.partial();
export const reviewInput = z.object({ comments: longText });
export const permitFeesInput = z.object({ deposit: amount, rubbish: amount });
export const signInput = z.object({
  department: z.enum(signingDepartmentNames as [SigningDepartment, ...SigningDepartment[]]),
});
export const extendInput = z.object({ endsOn: businessDate, reason: longText });
export const refundInput = z.object({
  deduction: money,
  method: z.enum(moneyMethodNames),
  reason: longText.nullish(),
});
export const reasonInput = z.object({ reason: longText });
