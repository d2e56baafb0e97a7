import { z } from 'zod';
import { filesPerTicket } from '../files/limits.ts';
import { longText, optional, shortText } from '../limits.ts';
import {
  departmentNames,
  revisitWayNames,
  severityNames,
  ticketChannelNames,
  ticketKindNames,
} from './enums.ts';
import { drawing } from './work.ts';

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
  problem: id.nullish(),
  description: longText.nullish(),
  urgent: optional(z.boolean()),
  convenientTime: shortText.nullish(),
  readBack: optional(z.boolean()),
  attachments: attachments.nullish(),
  externalKey: shortText.nullish(),
});

export const ticketChange = ticketInput.omit({ community: true, attachments: true, problem: true }).partial();
export const ticketDispatchInput = z.object({ department: z.enum(departmentNames), assignee: id.nullish() });
export const ticketFinishInput = z.object({ resolution: longText, findings: longText.nullish() });
const signed = { signerName: shortText.nullish(), signature: drawing.nullish() };
export const ticketSignOffInput = z.object({
  satisfied: z.boolean(),
  words: longText.nullish(),
  ...signed,
  unsignedReason: shortText.nullish(),
});
/** Score of a revisit: 1 very bad to 5 very good (handbook T-12). */
export const ticketRevisitInput = z.object({
  satisfied: z.boolean(),
  score: z.int().min(1).max(5),
  words: longText.nullish(),
  way: optional(z.enum(revisitWayNames)),
  ...signed,
});
export const ticketOutOfScopeInput = z.object({ answer: longText, handedTo: z.string().max(200).nullish() });
export const ticketReason = z.object({ reason: longText });
export const ticketWords = z.object({
  ticket: id,
  text: longText,
  mentions: z.array(id).max(20).nullish(),
  attachments: attachments.nullish(),
});
export const ticketAttachInput = z.object({ attachments: attachments.min(1) });
export const ticketTransferInput = z.object({
  department: z.enum(departmentNames),
  assignee: id.nullish(),
  reason: longText,
});
export const ticketClassifyInput = z.object({ problem: id });
export const ticketUrgencyInput = z.object({ urgent: z.boolean() });
export const ticketAppointInput = z.object({ appointmentAt: z.iso.datetime({ offset: true }) });
export const ticketAssessInput = z.object({ severity: z.enum(severityNames) });
export const ticketTrackInput = z.object({ words: longText, told: longText.nullish() });
export const ticketRefusalInput = z.object({ reason: longText, referredTo: shortText });
export const ticketAnswer = z.object({ answer: longText });
export const ticketMergeInput = z.object({ into: id });
export const ticketIncidentInput = z.object({ incident: id });
export const ticketCoveredInput = z.object({ resolution: longText });
/** How many matters are split off one ticket at once. */
const mostParts = 10;
export const ticketSplitInput = z.object({
  parts: z
    .array(
      z.object({
        title: shortText,
        kind: optional(z.enum(ticketKindNames)),
        description: longText.nullish(),
        problem: id.nullish(),
      }),
    )
    .min(1)
    .max(mostParts),
});
