import { z } from 'zod';
import { longText, optional, shortText } from '../limits.ts';
import { callDirectionNames, callOutcomeNames } from './enums.ts';

/** Seconds of one ring of a Chinese exchange: one of tone and four of silence. */
export const ringSeconds = 5;
/** How far, in minutes, the exchange's clock may run ahead of ours. */
export const clockSkewMinutes = 5;

const exchangeId = z.string().trim().min(1).max(100);
/** As the exchange shows it; what is no number (`anonymous`) is left out by the caller. */
const phone = z
  .string()
  .trim()
  .regex(/^[+(]?[0-9][0-9 ()-]{2,30}$/);

export const callRing = z.object({
  exchangeId,
  direction: optional(z.enum(callDirectionNames)),
  phone: phone.nullish(),
  line: shortText.nullish(),
});
export const callAnswer = z.object({ exchangeId, rings: z.int().min(0).max(100).nullish() });
export const callEnd = z.object({ exchangeId, outcome: optional(z.enum(callOutcomeNames)) });
export const callChange = z.object({
  outcome: z.enum(callOutcomeNames).nullish(),
  note: longText.nullish(),
  outsider: optional(z.boolean()),
});

export const callRoom = z.object({ name: shortText });
/** Homes of one name that an outside caller is told at most. */
export const mostRooms = 10;

/** Rings heard in a number of seconds. */
export const ringsIn = (seconds: number): number => Math.max(1, Math.ceil(seconds / ringSeconds));
