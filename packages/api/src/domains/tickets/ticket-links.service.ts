import { undone } from '@desk/schema/tickets/acts';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import {
  ticketCoveredInput,
  ticketIncidentInput,
  ticketMergeInput,
  ticketSplitInput,
} from '@desk/schema/tickets/limits';
import { LockMode } from '@mikro-orm/core';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { followedUp } from './follow-up.ts';
import { begin, blankAsAbsent, complete, reasonLimits, required } from './moving.ts';
import { Ticket } from './ticket.entity.ts';
import { findProblem, remarkOn } from './ticket-acts.service.ts';
import type {
  TicketAnswerCoveredInput,
  TicketLinkIncidentInput,
  TicketMergeInput,
  TicketSplitInput,
  TicketUnlinkIncidentInput,
} from './ticket-links.inputs.ts';
import { TicketComment } from './ticket-remark.entity.ts';
import { watch } from './ticket-watchers.service.ts';
import { TicketWatcher } from './ticket-work.entity.ts';
import { enterTicket } from './tickets.service.ts';

const sameMatter = (ticket: Ticket, other: Ticket): boolean =>
  ticket.id !== other.id && ticket.community.id === other.community.id;

/** The duplicate ends and points to the main one; who followed it follows that one from now on. */
export async function mergeTicket(tx: Tx, input: TicketMergeInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'merge');
  const { into } = tx.check(ticketMergeInput, input);
  const { reason } = tx.check(reasonLimits, input);
  const main = await tx.get(Ticket, into, 'into', { lock: true });
  if (!sameMatter(ticket, main) || ticketLifecycle.final.includes(main.status))
    refuse('MERGE_TARGET', { field: ['into'] });
  const followers = await tx.em.find(TicketWatcher, { ticket: ticket.id });
  for (const { staff } of followers) await watch(tx, main, staff);
  // Duplicates of the duplicate, and what it covers, belong to the main one too; what covers that one covers them all.
  const locked = { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  for (const other of await tx.em.find(Ticket, { mergedInto: ticket.id }, locked)) other.mergedInto = main;
  if (main.incident?.id === ticket.id) main.incident = ticket.incident;
  for (const covered of await tx.em.find(Ticket, { incident: ticket.id }, locked))
    if (covered.id !== main.id) covered.incident = main.incident ?? main;
  return complete(tx, ticket, 'merge', { mergedInto: main }, reason);
}

/** Matters that came in one call become tickets of their own; the ticket goes on with what is left. */
export async function splitTicket(tx: Tx, input: TicketSplitInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'split');
  const { parts } = tx.check(ticketSplitInput, input);
  const { reason } = tx.check(reasonLimits, input);
  const { community, building, unit, location, reporter, reporterName, reporterPhone } = ticket;
  const { channel, urgent, readBack, convenientTime } = ticket;
  for (const { title, description = null, kind = ticket.kind, problem } of parts) {
    const entry = problem ? await findProblem(tx, problem, kind) : null;
    await enterTicket(
      tx,
      { community, building, unit },
      {
        ...{ location, reporter, reporterName, reporterPhone, channel, urgent, readBack, convenientTime },
        ...{ title, description, kind, problem: entry, splitFrom: ticket },
      },
    );
  }
  return complete(tx, ticket, 'split', {}, reason);
}

/** One matter that covers many (an outage): they are answered together, and each is signed off on its own. */
export async function linkIncident(tx: Tx, input: TicketLinkIncidentInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'linkIncident');
  const { incident: id } = tx.check(ticketIncidentInput, input);
  const { reason } = tx.check(reasonLimits, input);
  const incident = await tx.get(Ticket, id, 'incident', { lock: true });
  const covers = await tx.em.count(Ticket, { incident: ticket.id });
  if (!sameMatter(ticket, incident) || incident.incident || incident.mergedInto || covers > 0)
    refuse('INCIDENT_TARGET', { field: ['incident'] });
  return complete(tx, ticket, 'linkIncident', { incident }, reason);
}

export async function unlinkIncident(tx: Tx, input: TicketUnlinkIncidentInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'unlinkIncident');
  const { reason } = tx.check(reasonLimits, blankAsAbsent(input, 'reason'));
  return complete(tx, ticket, 'unlinkIncident', { incident: null }, required(reason, 'reason'));
}

/** What the residents of all covered tickets are told; none of them is forgotten, and none is closed behind their back. */
export async function answerCovered(tx: Tx, input: TicketAnswerCoveredInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'answerCovered');
  const { resolution } = tx.check(ticketCoveredInput, input);
  const open = { incident: ticket.id, status: { $in: [...undone] } };
  const covered = await tx.em.find(Ticket, open, {
    orderBy: { id: 'asc' },
    lockMode: LockMode.PESSIMISTIC_WRITE,
  });
  if (covered.length === 0) refuse('NOTHING_COVERED');
  for (const one of covered) {
    remarkOn(tx, one, TicketComment, resolution);
    await followedUp(tx, one, { note: resolution, residentTold: resolution });
    const answeredAt = one.answeredAt ?? tx.now;
    await complete(tx, one, 'answerByIncident', { resolution, doneAt: tx.now, answeredAt }, ticket.number);
  }
  return complete(tx, ticket, 'answerCovered', {}, resolution);
}
