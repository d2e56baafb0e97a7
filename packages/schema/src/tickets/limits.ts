import { z } from 'zod';
import { filesPerTicket } from '../files/limits.ts';
import { longText, optional, shortText } from '../limits.ts';
import { departmentNames, ticketChannelNames, ticketKindNames } from './enums.ts';

const id = z.string().max(100);
/** A telephone number as people write it: digits with spaces, `+`, `-`, brackets, an extension. */
export const phone = z
  .string()
  .trim()
  .regex(/^[+(]?[0-9][0-9 ()#-]{2,30}$/);

/** Ids of uploaded files. */
export const attachments = z.array(id).max(filesPerTicket);

/** What intake takes (handbook T-02). Where, is a rule of the service: a unit, a public place, or both. */
export const ticketInput = z.object({
  community: id.nullish(),
  building: id.nullish(),
  unit: id.nullish(),
  location: shortText.nullish(),
  reporter: id.nullish(),
  reporterName: shortText.nullish(),
  reporterPhone: phone.nullish(),
  kind: z.enum(ticketKindNames),
  channel: optional(z.enum(ticketChannelNames)),
  category: shortText.nullish(),
  title: shortText,
  description: longText.nullish(),
  urgent: optional(z.boolean()),
  convenientTime: shortText.nullish(),
  readBack: optional(z.boolean()),
  attachments: attachments.nullish(),
  externalKey: shortText.nullish(),
});

export const ticketChange = ticketInput.omit({ community: true, attachments: true }).partial();
export const ticketDispatchInput = z.object({ department: z.enum(departmentNames), assignee: id.nullish() });
export const ticketFinishInput = z.object({ resolution: longText });
export const ticketSignOffInput = z.object({ satisfied: z.boolean(), words: longText.nullish() });
/** Score of a revisit: 1 very bad to 5 very good (handbook T-12). */
export const ticketRevisitInput = z.object({
  satisfied: z.boolean(),
  score: z.int().min(1).max(5),
  words: longText.nullish(),
});
export const ticketOutOfScopeInput = z.object({ answer: longText, handedTo: shortText.nullish() });
export const ticketReason = z.object({ reason: longText });
export const ticketWords = z.object({ ticket: id, text: longText, attachments: attachments.nullish() });
export const ticketAttachInput = z.object({ attachments: attachments.min(1) });
