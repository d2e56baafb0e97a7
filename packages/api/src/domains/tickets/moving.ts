import { longText } from '@desk/schema';
import { type TicketAction, ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { z } from 'zod';
import type { Run } from '../../platform/db/database.ts';
import { refuse } from '../../platform/errors.ts';
import { type Aggregate, modelOf } from '../../platform/model.ts';
import { Reader } from '../../platform/read/reader.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { tell } from '../notifications/index.ts';
import { absentAmong } from '../policies/index.ts';
import { assignmentsOf, Staff } from '../staff/index.ts';
import { keepPromises } from './clocks.service.ts';
import { messageOf } from './escalation.ts';
import { canTake, type Facts, headedAt, isLegal, obstacleTo } from './handling.ts';
import { Ticket } from './ticket.entity.ts';

export const reasonLimits = z.object({ reason: longText.nullish() });

export const factsOf = (ticket: Ticket): Facts => ({
  status: ticket.status,
  kind: ticket.kind,
  department: ticket.department ?? null,
  assigneeId: ticket.assignee?.id ?? null,
  communityId: ticket.community.id,
  buildingId: ticket.building?.id ?? null,
  severity: ticket.severity ?? null,
  priced: (ticket.price ?? null) !== null,
  agreed: (ticket.priceAgreed ?? null) !== null,
  timed: (ticket.appointmentAt ?? null) !== null || ticket.round > 0,
  formAccepted: (ticket.formAcceptedAt ?? null) !== null,
  apologised: (ticket.apologisedAt ?? null) !== null,
  covered: (ticket.incident ?? null) !== null,
  callBack: ticket.callBack,
});

/** Where a record of a ticket belongs, for rights. */
export const placeOfTicket = ({ community, building }: Ticket) => ({
  communityId: community.id,
  buildingId: building?.id ?? null,
});

/** The acting staff member; null for tokens and the system, who cannot be accountable. */
export function self(tx: Tx): Staff | null {
  const { actor } = tx.viewer;
  return actor.kind === 'STAFF' ? tx.em.getReference(Staff, actor.id) : null;
}

/** The ticket, locked, of the version that the caller saw, and free for this move by this viewer. */
export async function begin(
  tx: Tx,
  input: { id: string; version: number },
  action: TicketAction,
): Promise<Ticket> {
  const ticket = await tx.change(Ticket, input, action);
  if (!isLegal(ticket.status, action)) throw illegalMove(modelOf(Ticket).descriptor, ticket.status, action);
  const run: Run = (text, values) => runInside(tx.em, text, values);
  const headed = action === 'judgeOutOfScope' ? await headedAt(run, tx.viewer, tx.now) : [];
  const obstacle = obstacleTo(tx.viewer, action, factsOf(ticket), headed);
  if (obstacle) throw obstacle;
  return ticket;
}

type Changes = Partial<Omit<Ticket, keyof Aggregate>>;

/** The last step of every move and act: the state, what changed with it, and what follows from both. */
export async function complete(
  tx: Tx,
  ticket: Ticket,
  action: TicketAction,
  changes: Changes,
  reason?: string | null,
): Promise<Ticket> {
  tx.move(ticket, action, reason);
  if (ticket.status !== 'PARKED' && ticket.parkedAt) ticket.parkedAt = null;
  if (ticketLifecycle.final.includes(ticket.status)) {
    await tellOutcome(tx, ticket);
    ticket.closedAt ??= tx.now;
  }
  return keepPromises(tx, tx.assign(ticket, changes));
}

/** Whoever received it first stays accountable, and is told what came of it (handbook T-03). */
async function tellOutcome(tx: Tx, ticket: Ticket): Promise<void> {
  const { firstHandler, closedAt } = ticket;
  if (!firstHandler || closedAt || firstHandler.id === tx.viewer.actor.id) return;
  const message = messageOf(ticket, {
    ...{ kind: 'OUTCOME', about: null, link: null, dueAt: null, key: `outcome:${ticket.id}` },
  });
  await tell(tx, [firstHandler.id], message);
}

/** Somebody who can act where the ticket is (handbook T-04). */
export async function findAssignee(tx: Tx, id: string, facts: Facts): Promise<Staff> {
  const person = await tx.get(Staff, id, 'assignee');
  const run: Run = (text, values) => runInside(tx.em, text, values);
  const [assignments = []] = await assignmentsOf(new Reader(tx.viewer, tx.locale, run), [person.id]);
  if (!person.active || !canTake(assignments, facts)) refuse('ASSIGNEE_UNAVAILABLE', { field: ['assignee'] });
  if ((await absentAmong(run, [person.id], tx.now)).size > 0)
    refuse('ASSIGNEE_ABSENT', { field: ['assignee'], values: { name: person.name } });
  return person;
}

export const required = (text: string | null | undefined, field: string, rule = 'T-09'): string =>
  text ?? refuse('REASON_REQUIRED', { field: [field], rule });

/** An empty reason is no reason: the refusal is the rule's, not the text field's. */
export const blankAsAbsent = <
  T extends { [F in K]?: string | null },
  K extends 'reason' | 'words' | 'answer' | 'unsignedReason',
>(
  input: T,
  field: K,
): T => (input[field]?.trim() === '' ? { ...input, [field]: null } : input);
