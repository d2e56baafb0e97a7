import { z } from 'zod';
import { longText, shortText } from '../limits.ts';
import { clockKindNames, consentWays, type PromiseConsentWay } from './promises.ts';

const ways = Object.keys(consentWays) as [PromiseConsentWay, ...PromiseConsentWay[]];

/** What the resident was told before his promise moves (handbook T-04, T-08). Whether it is there, is a rule of the service. */
export const consentInput = z.object({
  clock: z.enum(clockKindNames),
  consentBy: shortText.nullish(),
  consentWay: z.enum(ways).nullish(),
  told: longText.nullish(),
});
export const postponeInput = consentInput.extend({ dueAt: z.iso.datetime({ offset: true }) });
export const pauseInput = consentInput.extend({ until: z.iso.datetime({ offset: true }).nullish() });
export const resumeInput = z.object({ clock: z.enum(clockKindNames), reason: longText.nullish() });
