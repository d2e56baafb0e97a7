import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Outcome } from '../../platform/write/writer.ts';
import { Staff } from '../staff/index.ts';
import { isHead } from './handling.ts';
import { placeOfTicket, self } from './moving.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketWatcher } from './ticket-work.entity.ts';
import type { TicketWatcherCreateInput, TicketWatcherDeleteInput } from './ticket-work.inputs.ts';

/** Lets somebody follow a ticket; who does already goes on doing so. */
export async function watch(tx: Tx, ticket: Ticket, staff: Staff): Promise<TicketWatcher> {
  const known = await tx.em.findOne(TicketWatcher, { ticket: ticket.id, staff: staff.id });
  const { community, building } = ticket;
  return known ?? tx.create(TicketWatcher, { community, building, ticket, staff });
}

export async function createWatcher(tx: Tx, input: TicketWatcherCreateInput): Promise<TicketWatcher> {
  const ticket = await tx.get(Ticket, input.ticket, 'ticket');
  tx.authorise(TicketWatcher, 'create', placeOfTicket(ticket));
  const person = input.staff ? await tx.get(Staff, input.staff, 'staff') : self(tx);
  if (!person || (input.staff && !person.active))
    return refuse('ASSIGNEE_UNAVAILABLE', { field: ['staff'], rule: 'T-03' });
  const watcher = await watch(tx, ticket, person);
  if (watcher.createdAt.getTime() !== tx.now.getTime()) refuse('ALREADY_WATCHING', { field: ['staff'] });
  return watcher;
}

/** One's own watch ends when one says so; that of others is for supervisors to end. */
export async function deleteWatcher(
  tx: Tx,
  input: TicketWatcherDeleteInput,
): Promise<Outcome<TicketWatcher>> {
  const watcher = await tx.change(TicketWatcher, input, 'delete');
  const place = { communityId: watcher.community.id, buildingId: watcher.building?.id ?? null };
  if (watcher.staff.id !== tx.viewer.actor.id && !isHead(tx.viewer, place)) refuse('FORBIDDEN');
  tx.em.remove(watcher);
  return { record: null };
}

/** Those whom a comment mentions: active members of the staff. */
export async function findMentioned(tx: Tx, ids: readonly string[]): Promise<Staff[]> {
  const people: Staff[] = [];
  for (const id of new Set(ids)) {
    const person = await tx.get(Staff, id, 'mentions');
    if (!person.active) refuse('ASSIGNEE_UNAVAILABLE', { field: ['mentions'], rule: 'T-03' });
    people.push(person);
  }
  return people;
}
