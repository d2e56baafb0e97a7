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

/** Most rows that a list told to match; see `totalCount`. */
const mostCounted = 10_000;
/** A list that is taken away: which, narrowed by what, how much of it, and why (handbook S-7). */
export const listExportInput = z.object({
  resource: shortText,
  filter: z.string().max(4_000).nullish(),
  rows: z.int().min(0).max(mostCounted),
  reason: shortText.min(5),
});

/** A frozen month that is taken away. */
export const monthExportInput = exportInput.pick({ reason: true });

/** Days from the first to the last, both counted; below one when they are turned round. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
