import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { Field, ObjectType } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { childrenField, command, commands, moves } from '../../platform/graphql/declare.ts';
import { payloadOf } from '../../platform/graphql/payload.ts';
import { type Blockers, resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Resident } from '../residents/index.ts';
import { Building, Unit } from '../units/index.ts';
import { CalendarOutcomeQuery } from './calendar-outcome.ts';
import { CalendarPreviewQuery } from './calendar-preview.ts';
import { pauseClock, postpone, resumeClock } from './clock-moves.service.ts';
import { TicketPauseClockInput, TicketPostponeInput, TicketResumeClockInput } from './clocks.inputs.ts';
import { TicketClockFields } from './clocks.resolver.ts';
import { DispatchQueries } from './dispatch.resolver.ts';
import { type Facts, headedAt, obstacleTo } from './handling.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketActCommands } from './ticket-acts.resolver.ts';
import { attachmentFields } from './ticket-attachments.ts';
import { mentionFields } from './ticket-mentions.ts';
import {
  TicketAttachInput,
  TicketCancelInput,
  TicketDispatchInput,
  TicketFinishInput,
  TicketJudgeOutOfScopeInput,
  TicketRevisitInput,
  TicketReworkInput,
  TicketSignOffInput,
} from './ticket-moves.inputs.ts';
import {
  attachToTicket,
  cancelTicket,
  dispatchTicket,
  finishTicket,
  judgeOutOfScope,
  moveTicket,
  revisitTicket,
  reworkTicket,
  signOffTicket,
} from './ticket-moves.service.ts';
import { TicketComment, TicketNote } from './ticket-remark.entity.ts';
import { TicketRound } from './ticket-round.entity.ts';
import { ticketWorkResolvers } from './ticket-work.resolver.ts';
import {
  TicketCommentCreateInput,
  TicketCreateInput,
  TicketNoteCreateInput,
  TicketUnmaskInput,
  TicketUpdateInput,
} from './tickets.inputs.ts';
import { createComment, createNote, createTicket, unmaskTicket, updateTicket } from './tickets.service.ts';

/** Why somebody with the right role may still not move this ticket: what `availableActions` explains. */
const find: Blockers = async (row, { viewer, read, clock }: Context) => {
  if (!viewer) return {};
  const facts = factsOfRow(row);
  // Looked up once for all tickets of a list.
  const headed = await read.loader(find, '', async () => [await headedAt(read.run, viewer, clock.now())])('');
  return Object.fromEntries(
    ticketLifecycle.moves.map(({ action }) => [action, obstacleTo(viewer, action, facts, headed)]),
  );
};

/** What `find` looks at besides status and place. */
const needs = [
  ...['kind', 'department', 'assignee', 'severity', 'price', 'priceAgreed', 'formAcceptedAt', 'apologisedAt'],
  ...['incident', 'callBack', 'appointmentAt', 'round'],
];

const factsOfRow = (row: Row): Facts => ({
  status: row.status as Facts['status'],
  kind: row.kind as Facts['kind'],
  department: row.department as Facts['department'],
  severity: row.severity as Facts['severity'],
  priced: row.price !== null,
  agreed: row.priceAgreed !== null,
  timed: row.appointmentAt !== null || Number(row.round) > 0,
  formAccepted: row.formAcceptedAt !== null,
  apologised: row.apologisedAt !== null,
  covered: row.incident !== null,
  callBack: row.callBack === true,
  assigneeId: keyOf(row.assignee),
  communityId: keyOf(row.community) ?? '',
  buildingId: keyOf(row.building),
});

const keyOf = (reference: unknown): string | null => (reference as Row | null)?.uuid ?? null;

@ObjectType({ description: 'Answer of a look at a masked phone.', simpleResolvers: true })
class TicketUnmaskPayload extends payloadOf(Ticket) {
  @Field(() => String, {
    nullable: true,
    description:
      'The phone in clear. Not kept for a repetition with the same idempotency key: that answers null.',
  })
  reporterPhone!: string | null;
}

export const ticketResolvers = [
  ...resourceResolvers(Ticket, { blockers: { needs, find } }),
  TicketClockFields,
  CalendarOutcomeQuery,
  CalendarPreviewQuery,
  ...resourceResolvers(TicketRound),
  ...resourceResolvers(TicketComment),
  ...resourceResolvers(TicketNote),
  childrenField(Building, 'tickets', Ticket, 'building', 'Tickets of the building and its units.'),
  childrenField(Unit, 'tickets', Ticket, 'unit', 'Tickets of the unit (handbook U-3).'),
  childrenField(
    Resident,
    'tickets',
    Ticket,
    'reporter',
    'Tickets that the resident reported (handbook U-3).',
  ),
  childrenField(Ticket, 'rounds', TicketRound, 'ticket', 'Rounds that ended in rework (handbook T-09).'),
  childrenField(Ticket, 'comments', TicketComment, 'ticket', 'Public comments.'),
  childrenField(Ticket, 'notes', TicketNote, 'ticket', 'Internal notes; staff only.'),
  ...attachmentFields,
  ...mentionFields,
  ...ticketWorkResolvers,
  ticketActCommands,
  DispatchQueries,
  commands(Ticket, {
    ticketCreate: command(
      TicketCreateInput,
      createTicket,
      'Takes in a ticket; it starts RECEIVED (handbook T-02).',
    ),
    ticketUpdate: command(
      TicketUpdateInput,
      updateTicket,
      'Changes the data of a ticket that has not ended.',
    ),
    ...moves(Ticket, moveTicket),
    ticketDispatch: command(
      TicketDispatchInput,
      dispatchTicket,
      'Dispatch (派单) to a department and a person, handbook T-04.',
    ),
    ticketFinish: command(
      TicketFinishInput,
      finishTicket,
      'Finish (完成) with what was done, handbook T-10.',
    ),
    ticketSignOff: command(
      TicketSignOffInput,
      signOffTicket,
      'Sign off (签字确认); not satisfied means rework, handbook T-09.',
    ),
    ticketRevisit: command(
      TicketRevisitInput,
      revisitTicket,
      'Revisit (回访) with score and words; not satisfied means rework, handbook T-12.',
    ),
    ticketRework: command(TicketReworkInput, reworkTicket, 'Send back to rework (返工), handbook T-09.'),
    ticketJudgeOutOfScope: command(
      TicketJudgeOutOfScopeInput,
      judgeOutOfScope,
      'Judge out of scope (判定超出范围) with the answer given, handbook T-09.',
    ),
    ticketAttach: command(
      TicketAttachInput,
      attachToTicket,
      'Attach files (添加附件) that were uploaded to `POST /files`, handbook T-02.',
    ),
    ticketCancel: command(TicketCancelInput, cancelTicket, 'Cancel (取消工单) with a reason, handbook T-09.'),
  }),
  commands(Ticket, {
    ticketUnmask: command(
      TicketUnmaskInput,
      unmaskTicket,
      'Shows the masked phone in clear for a stated reason, and records it (handbook U-4). The desk, and whoever works on the ticket.',
      () => TicketUnmaskPayload,
    ),
  }),
  commands(Ticket, {
    ticketPostpone: command(
      TicketPostponeInput,
      postpone,
      'Puts a promise off after the resident was told, once (handbook T-08).',
    ),
    ticketPauseClock: command(
      TicketPauseClockInput,
      pauseClock,
      "Stops the clock of a promise with the resident's recorded consent (handbook T-04).",
    ),
    ticketResumeClock: command(
      TicketResumeClockInput,
      resumeClock,
      'Lets a paused clock go on with the time that was left.',
    ),
  }),
  commands(TicketComment, {
    ticketCommentCreate: command(
      TicketCommentCreateInput,
      createComment,
      'Writes a public comment on a ticket.',
    ),
  }),
  commands(TicketNote, {
    ticketNoteCreate: command(TicketNoteCreateInput, createNote, 'Writes an internal note on a ticket.'),
  }),
];
