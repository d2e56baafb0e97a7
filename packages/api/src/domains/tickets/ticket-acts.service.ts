import { say } from '@desk/schema';
import { severityNames, ticketKinds } from '@desk/schema/tickets/enums';
import {
  ticketAnswer,
  ticketAppointInput,
  ticketAssessInput,
  ticketClassifyInput,
  ticketRefusalInput,
  ticketTrackInput,
  ticketTransferInput,
  ticketUrgencyInput,
} from '@desk/schema/tickets/limits';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { aheadOf } from './appointment.ts';
import { followedUp } from './follow-up.ts';
import { isHead } from './handling.ts';
import { begin, blankAsAbsent, complete, factsOf, findAssignee, reasonLimits, required } from './moving.ts';
import { settle } from './settlement.ts';
import type { Ticket } from './ticket.entity.ts';
import type {
  TicketAnswerInput,
  TicketAppointInput,
  TicketAssessInput,
  TicketClassifyInput,
  TicketJudgeInvalidInput,
  TicketParkInput,
  TicketRefusePaymentInput,
  TicketSetUrgentInput,
  TicketTrackInput,
  TicketTransferInput,
} from './ticket-acts.inputs.ts';
import { TicketProblem } from './ticket-problem.entity.ts';
import { TicketComment, TicketNote } from './ticket-remark.entity.ts';

/** To another department, with the reason (handbook T-09); who takes it there is decided there. */
export async function transferTicket(tx: Tx, input: TicketTransferInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'transfer');
  const reason = required(tx.check(reasonLimits, blankAsAbsent(input, 'reason')).reason, 'reason');
  const { department, assignee } = tx.check(ticketTransferInput, { ...input, reason });
  const person = assignee ? await findAssignee(tx, assignee, factsOf(ticket)) : null;
  const changes = { department, assignee: person, dispatchedAt: tx.now, acceptedAt: null, arrivedAt: null };
  return complete(tx, ticket, 'transfer', changes, reason);
}

/** An entry that may be chosen for tickets of a kind. */
export async function findProblem(
  tx: Tx,
  id: string,
  kind: Ticket['kind'],
  field = 'problem',
): Promise<TicketProblem> {
  const problem = await tx.get(TicketProblem, id, field);
  if (problem.status !== 'ACTIVE' || !problem.kinds.includes(kind))
    refuse('PROBLEM_MISMATCH', {
      field: [field],
      values: (locale) => ({ kind: say(ticketKinds[kind], locale) }),
    });
  return problem;
}

export async function classifyTicket(tx: Tx, input: TicketClassifyInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'classify');
  const { problem } = tx.check(ticketClassifyInput, input);
  const { reason } = tx.check(reasonLimits, input);
  return complete(tx, ticket, 'classify', { problem: await findProblem(tx, problem, ticket.kind) }, reason);
}

export async function setUrgent(tx: Tx, input: TicketSetUrgentInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'setUrgent');
  const { urgent } = tx.check(ticketUrgencyInput, input);
  const { reason } = tx.check(reasonLimits, input);
  return complete(tx, ticket, 'setUrgent', { urgent }, reason);
}

/** A time agreed with the resident (handbook T-05). */
export async function appoint(tx: Tx, input: TicketAppointInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'appoint');
  const { reason } = tx.check(reasonLimits, input);
  const given = new Date(tx.check(ticketAppointInput, input).appointmentAt);
  const appointmentAt = aheadOf(tx.now, given, 'appointmentAt');
  return complete(tx, ticket, 'appoint', { appointmentAt }, reason);
}

/** The desk judges; a lower severity has lighter duties, so it is for a supervisor to say (handbook T-06). */
export async function assess(tx: Tx, input: TicketAssessInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'assess');
  const { severity } = tx.check(ticketAssessInput, input);
  const { reason } = tx.check(reasonLimits, blankAsAbsent(input, 'reason'));
  const rank = (name: Ticket['severity']) => (name === null ? -1 : severityNames.indexOf(name));
  if (rank(severity) < rank(ticket.severity ?? null) && (!reason || !isHead(tx.viewer, factsOf(ticket))))
    refuse('SEVERITY_LOWERED', { field: [reason ? 'severity' : 'reason'] });
  return complete(tx, ticket, 'assess', { severity }, reason);
}

/** The resident is told how it stands; the first time counts as the answer (handbook T-06, T-07). */
export async function answerResident(tx: Tx, input: TicketAnswerInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'answer');
  const { answer } = tx.check(ticketAnswer, input);
  remarkOn(tx, ticket, TicketComment, answer);
  await followedUp(tx, ticket, { note: answer, residentTold: answer });
  return complete(tx, ticket, 'answer', { answeredAt: ticket.answeredAt ?? tx.now }, answer);
}

/** Daily tracking (handbook T-06): how it stands for us, and what the resident was told. */
export async function trackTicket(tx: Tx, input: TicketTrackInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'track');
  const { words, told } = tx.check(ticketTrackInput, input);
  remarkOn(tx, ticket, TicketNote, words);
  if (told) remarkOn(tx, ticket, TicketComment, told);
  await followedUp(tx, ticket, { note: words, residentTold: told ?? null });
  return complete(tx, ticket, 'track', { trackedAt: tx.now }, words);
}

export function remarkOn<T extends TicketComment | TicketNote>(
  tx: Tx,
  ticket: Ticket,
  entity: new () => T,
  text: string,
): T {
  const { community, building } = ticket;
  const fields: Partial<TicketComment> = {
    ...{ community, building, ticket, text, mentioned: [], authorName: tx.viewer.actor.name },
  };
  return tx.create(entity, fields as Partial<T>);
}

export async function parkTicket(tx: Tx, input: TicketParkInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'park');
  const { reason } = tx.check(reasonLimits, blankAsAbsent(input, 'reason'));
  return complete(tx, ticket, 'park', { parkedAt: tx.now }, required(reason, 'reason', 'T-06'));
}

/** Only a supervisor judges a complaint invalid, and it is explained to the resident (handbook T-06). */
export async function judgeInvalid(tx: Tx, input: TicketJudgeInvalidInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'judgeInvalid');
  const given = blankAsAbsent(input, 'answer').answer ?? null;
  const { answer } = tx.check(ticketAnswer, { answer: required(given, 'answer', 'T-06') });
  remarkOn(tx, ticket, TicketComment, answer);
  const changes = { resolution: answer, answeredAt: ticket.answeredAt ?? tx.now };
  return complete(tx, ticket, 'judgeInvalid', changes, answer);
}

/** The work stands, the money does not come: charged all the same, and handed to whoever collects it (handbook T-15). */
export async function refusePayment(tx: Tx, input: TicketRefusePaymentInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'refusePayment');
  const stated = required(tx.check(reasonLimits, blankAsAbsent(input, 'reason')).reason, 'reason', 'T-15');
  const { reason, referredTo } = tx.check(ticketRefusalInput, { ...input, reason: stated });
  await settle(tx, ticket);
  // Who refuses to pay has signed nothing; why, is on the work order (handbook T-10).
  const changes = { signedOffAt: tx.now, referredTo, unsignedReason: reason };
  return complete(tx, ticket, 'refusePayment', changes, reason);
}
