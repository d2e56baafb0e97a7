import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import { type PromiseFacts, promisesOf } from '@desk/schema/tickets/promises';
import type { Tx } from '../../platform/write/tx.ts';
import { Policy } from '../policies/index.ts';
import { type Clock, isOpen, promiseOf } from './clock.ts';
import { keepClocks } from './clock-keeping.ts';
import { readClocks, recordMoves, writeClocks } from './clock-store.ts';
import { reportMajor } from './escalation.ts';
import { nextNumber } from './numbers.ts';
import { termsOf } from './terms.ts';
import type { Ticket } from './ticket.entity.ts';

function factsOf(ticket: Ticket, clocks: readonly Clock[], now: Date): PromiseFacts {
  const began = clocks.find(({ kind, round }) => kind === 'DISPATCH' && round === ticket.round)?.startedAt;
  const { id, kind, status, urgent, dispatchedAt, acceptedAt, arrivedAt, doneAt } = ticket;
  return {
    ...{ id, kind, status, urgent },
    roundStartedAt: began ?? (ticket.round === 0 ? ticket.receivedAt : now),
    dispatchedAt: dispatchedAt ?? null,
    acceptedAt: acceptedAt ?? null,
    arrivedAt: arrivedAt ?? null,
    doneAt: doneAt ?? null,
    signedOffAt: ticket.signedOffAt ?? null,
    revisitedAt: ticket.revisitedAt ?? null,
    severity: ticket.severity ?? null,
    appointmentAt: ticket.appointmentAt ?? null,
    answeredAt: ticket.answeredAt ?? null,
    parkedAt: ticket.parkedAt ?? null,
    trackedAt: ticket.trackedAt ?? null,
  };
}

/**
 * Brings the promises of a ticket in line with it: the last step of every command on a ticket. Starts, ends, moves and
 * cancels clocks (handbook T-04 to T-08), and keeps `nextDueAt` and `promiseState`; a new ticket gets its number. Doing it
 * again changes nothing. The ticket must be locked or new. Refuses what breaks T-08.
 */
export async function keepPromises(tx: Tx, ticket: Ticket): Promise<Ticket> {
  const isNew = ticket.createdAt === tx.now;
  const [terms, known] = await Promise.all([termsOf(tx, ticket), isNew ? [] : readClocks(tx.em, ticket.id)]);
  const before = known.map((clock) => JSON.stringify(clock));
  const facts = factsOf(ticket, known, tx.now);
  const place = { communityId: ticket.community.id, buildingId: ticket.building?.id ?? null };
  const { clocks, moved } = keepClocks(known, promisesOf(facts, terms.policy), {
    ...terms,
    round: ticket.round,
    enteredAt: ticket.createdAt,
    parkedAt: facts.parkedAt,
    mayApprove: tx.viewer.may(ticketDescriptor, 'approvePromise', place),
  });
  ticket.policy ??= tx.em.getReference(Policy, terms.policyId);
  tx.assign(ticket, changed(ticket, promiseOf(clocks, tx.now)));
  ticket.callBack = clocks.some(
    (clock) => clock.rule === 'T-07' && clock.kind === 'REVISIT' && isOpen(clock),
  );
  // As late as can be: from here to the commit the other intakes of the community wait.
  ticket.number ??= await nextNumber(tx, ticket);
  await tx.em.flush();
  const fresh = clocks.filter((clock, index) => JSON.stringify(clock) !== before[index]);
  writeClocks(tx.em, tx.viewer.organisationId, ticket.id, fresh);
  recordMoves(tx, ticket.id, moved);
  if (facts.severity === 'MAJOR') await reportMajor(tx, ticket);
  return ticket;
}

/** Dates are compared by value: an equal one is no change and leaves no line in the history. */
function changed(ticket: Ticket, promise: ReturnType<typeof promiseOf>): Partial<Ticket> {
  const same = ticket.nextDueAt?.getTime() === promise.nextDueAt?.getTime();
  const { promiseState, nextDueAt } = promise;
  return same && ticket.nextDueAt !== undefined ? { promiseState } : { promiseState, nextDueAt };
}
