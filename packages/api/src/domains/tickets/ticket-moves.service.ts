import { longText } from '@desk/schema';
import type { TicketAction } from '@desk/schema/tickets/lifecycle';
import {
  ticketAttachInput,
  ticketDispatchInput,
  ticketFinishInput,
  ticketOutOfScopeInput,
  ticketRevisitInput,
  ticketSignOffInput,
} from '@desk/schema/tickets/limits';
import { z } from 'zod';
import { refuse } from '../../platform/errors.ts';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import { modelOf } from '../../platform/model.ts';
import { Reader } from '../../platform/read/reader.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { attachFiles } from '../files/index.ts';
import { assignmentsOf, Staff } from '../staff/index.ts';
import { keepPromises } from './clocks.service.ts';
import { canTake, type Facts, isLegal, obstacleTo } from './handling.ts';
import { Ticket } from './ticket.entity.ts';
import type {
  TicketAttachInput,
  TicketCancelInput,
  TicketDispatchInput,
  TicketFinishInput,
  TicketJudgeOutOfScopeInput,
  TicketRevisitInput,
  TicketReworkInput,
  TicketSignOffInput,
} from './ticket-moves.inputs.ts';
import { TicketRound } from './ticket-round.entity.ts';
import { self } from './tickets.service.ts';

const reasonLimits = z.object({ reason: longText.nullish() });

const factsOf = (ticket: Ticket): Facts => ({
  status: ticket.status,
  kind: ticket.kind,
  department: ticket.department ?? null,
  assigneeId: ticket.assignee?.id ?? null,
  communityId: ticket.community.id,
  buildingId: ticket.building?.id ?? null,
});

/** The ticket, locked, of the version that the caller saw, and free for this move by this viewer. */
async function begin(tx: Tx, input: { id: string; version: number }, action: TicketAction): Promise<Ticket> {
  const ticket = await tx.change(Ticket, input, action);
  if (!isLegal(ticket.status, action)) throw illegalMove(modelOf(Ticket).descriptor, ticket.status, action);
  const obstacle = obstacleTo(tx.viewer, action, factsOf(ticket));
  if (obstacle) throw obstacle;
  return ticket;
}

/** Moves that need no more than the record: confirm, accept, arrive, close. Each sets its time of the work order (handbook T-10). */
export async function moveTicket(tx: Tx, action: string, input: MoveInput): Promise<Ticket> {
  const ticket = await begin(tx, input, action as TicketAction);
  const { reason } = tx.check(reasonLimits, input);
  tx.move(ticket, action, reason);
  switch (action) {
    case 'confirm':
      tx.assign(ticket, {
        confirmedAt: tx.now,
        readBack: true,
        firstHandler: ticket.firstHandler ?? self(tx),
      });
      break;
    case 'accept':
      tx.assign(ticket, { acceptedAt: tx.now, assignee: ticket.assignee ?? self(tx) });
      break;
    case 'arrive':
      tx.assign(ticket, { arrivedAt: tx.now });
      break;
    default:
      tx.assign(ticket, { closedAt: tx.now });
  }
  return keepPromises(tx, ticket);
}

/** To a department, and to a person who can act there (handbook T-04). */
export async function dispatchTicket(tx: Tx, input: TicketDispatchInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'dispatch');
  const { department, assignee } = tx.check(ticketDispatchInput, input);
  const { reason } = tx.check(reasonLimits, input);
  const person = assignee ? await findAssignee(tx, assignee, factsOf(ticket)) : null;
  tx.move(ticket, 'dispatch', reason);
  tx.assign(ticket, { department, assignee: person, dispatchedAt: tx.now, acceptedAt: null });
  return keepPromises(tx, ticket);
}

async function findAssignee(tx: Tx, id: string, facts: Facts): Promise<Staff> {
  const person = await tx.get(Staff, id, 'assignee');
  const reader = new Reader(tx.viewer, tx.locale, (text, values) => runInside(tx.em, text, values));
  const [assignments = []] = await assignmentsOf(reader, [person.id]);
  if (!person.active || !canTake(assignments, facts)) refuse('ASSIGNEE_UNAVAILABLE', { field: ['assignee'] });
  return person;
}

export async function finishTicket(tx: Tx, input: TicketFinishInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'finish');
  const { resolution } = tx.check(ticketFinishInput, input);
  return keepPromises(tx, tx.assign(tx.move(ticket, 'finish'), { resolution, doneAt: tx.now }));
}

/** The resident accepts the work, or sends it back (handbook T-09). */
export async function signOffTicket(tx: Tx, input: TicketSignOffInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'signOff');
  const { satisfied, words } = tx.check(ticketSignOffInput, blankAsAbsent(input, 'words'));
  if (!satisfied) return endRound(tx, ticket, required(words, 'words'), null);
  tx.assign(tx.move(ticket, 'signOff'), { signedOffAt: tx.now, signOffWords: words ?? null });
  return keepPromises(tx, ticket);
}

/** Score and words of a revisit (handbook T-12); not satisfied sends the work back. */
export async function revisitTicket(tx: Tx, input: TicketRevisitInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'revisit');
  const { satisfied, score, words } = tx.check(ticketRevisitInput, blankAsAbsent(input, 'words'));
  if (!satisfied) return endRound(tx, ticket, required(words, 'words'), score);
  tx.assign(tx.move(ticket, 'revisit'), {
    revisitedAt: tx.now,
    satisfaction: score,
    revisitWords: words ?? null,
  });
  return keepPromises(tx, ticket);
}

export async function reworkTicket(tx: Tx, input: TicketReworkInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'rework');
  const { reason } = tx.check(reasonLimits, blankAsAbsent(input, 'reason'));
  return endRound(tx, ticket, required(reason, 'reason'), ticket.satisfaction ?? null);
}

/** Keeps the round that ended and begins the next one; department and person stay until somebody dispatches anew. */
async function endRound(tx: Tx, ticket: Ticket, words: string, satisfaction: number | null): Promise<Ticket> {
  const {
    community,
    building,
    department,
    assignee,
    dispatchedAt,
    acceptedAt,
    arrivedAt,
    doneAt,
    signedOffAt,
    resolution,
  } = ticket;
  const round = ticket.round + 1;
  tx.create(TicketRound, {
    ...{ community, building, ticket, number: round, department, assignee, words, satisfaction },
    ...{ dispatchedAt, acceptedAt, arrivedAt, doneAt, signedOffAt, resolution, endedAt: tx.now },
  });
  tx.assign(tx.move(ticket, 'rework', words), {
    ...{
      round,
      dispatchedAt: null,
      acceptedAt: null,
      arrivedAt: null,
      doneAt: null,
      signedOffAt: null,
      revisitedAt: null,
    },
    ...{ resolution: null, signOffWords: null, satisfaction: null, revisitWords: null },
  });
  return keepPromises(tx, ticket);
}

/** Judged, answered and handed on (handbook T-09): the ticket ends here. */
export async function judgeOutOfScope(tx: Tx, input: TicketJudgeOutOfScopeInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'judgeOutOfScope');
  const { answer, handedTo } = tx.check(ticketOutOfScopeInput, input);
  tx.assign(tx.move(ticket, 'judgeOutOfScope', answer), {
    resolution: answer,
    handedTo: handedTo ?? null,
    closedAt: tx.now,
  });
  return keepPromises(tx, ticket);
}

/** Photos and documents for the whole ticket; a change of it, so that whoever looks at it sees them come. */
export async function attachToTicket(tx: Tx, input: TicketAttachInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'attach');
  const { attachments } = tx.check(ticketAttachInput, input);
  const { reason } = tx.check(reasonLimits, input);
  await attachFiles(tx, attachments, { record: ticket, group: ticket });
  return tx.move(ticket, 'attach', reason);
}

export async function cancelTicket(tx: Tx, input: TicketCancelInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'cancel');
  const { reason } = tx.check(reasonLimits, blankAsAbsent(input, 'reason'));
  tx.assign(tx.move(ticket, 'cancel', required(reason, 'reason')), { closedAt: tx.now });
  return keepPromises(tx, ticket);
}

const required = (text: string | null | undefined, field: string): string =>
  text ?? refuse('REASON_REQUIRED', { field: [field], rule: 'T-09' });
/** An empty reason is no reason: the refusal is the rule's, not the text field's. */
const blankAsAbsent = <T extends { [F in K]?: string | null }, K extends 'reason' | 'words'>(
  input: T,
  field: K,
): T => (input[field]?.trim() === '' ? { ...input, [field]: null } : input);
