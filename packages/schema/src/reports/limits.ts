import { z } from 'zod';
import { businessDate, longText, shortText } from '../limits.ts';
import { figureGroupNames } from './enums.ts';

/** Longest period of figures, in days: two years. */
export const longestPeriod = 732;
/** Most tickets that one export lists. */
export const largestExport = 100_000;

export const dailyFollowUpInput = z.object({
  note: longText,
  delayReason: longText.nullish(),
  residentTold: longText.nullish(),
});

export const exportInput = z.object({
  from: businessDate,
  to: businessDate,
  groupBy: z.enum(figureGroupNames),
  reason: shortText.min(5),
});

/** Days from the first to the last, both counted; below one when they are turned round. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
