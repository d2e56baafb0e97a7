import { chainLinks } from '@desk/schema/policies/enums';
import { encodeId } from '../../platform/ids.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { type Message, tell } from '../notifications/index.ts';
import { type Link, presentChain } from '../policies/index.ts';
import { type Clock, nextCheck, noteBreach, promiseOf } from './clock.ts';
import { overWaits } from './clock-keeping.ts';
import { observe, readClocks, recordMoves, writeClocks } from './clock-store.ts';
import { termsOf } from './terms.ts';
import { Ticket } from './ticket.entity.ts';

const chainOf = (tx: Tx, ticket: Ticket): Promise<Link[]> =>
  presentChain((text, values) => runInside(tx.em, text, values), {
    communityId: ticket.community.id,
    buildingId: ticket.building?.id ?? null,
    department: ticket.department ?? null,
    firstHandlerId: ticket.firstHandler?.id ?? null,
    at: tx.now,
  });

export const messageOf = (
  ticket: Ticket,
  more: Pick<Message, 'kind' | 'about' | 'link' | 'dueAt' | 'key'>,
): Message => ({
  community: ticket.community,
  building: ticket.building ?? null,
  title: `${ticket.number} ${ticket.title}`,
  subject: encodeId('ticket', ticket.id),
  subjectKey: ticket.id,
  ...more,
});

/** Major complaints are reported to the general manager at once, and to the manager who will revisit (handbook T-06). */
export async function reportMajor(tx: Tx, ticket: Ticket): Promise<void> {
  const key = `major:${ticket.id}`;
  const [told] = await runInside(
    tx.em,
    'select from notification where subject_key = $1 and key = $2 limit 1',
    [ticket.id, key],
  );
  if (told) return;
  for (const { link, staff } of await chainOf(tx, ticket))
    if (link === 'GENERAL_MANAGER' || link === 'MANAGER')
      await tell(
        tx,
        staff,
        messageOf(ticket, { kind: 'MAJOR_COMPLAINT', about: null, link, dueAt: null, key }),
      );
}

/**
 * What is due on one ticket. A wait that the resident agreed to is over: the clock goes on (handbook T-04). Then what has to
 * be escalated (P-5, T-16): a warning when most of the time is used, the breach when it is
 * over, then one link higher after each further part. Whoever is absent is passed over. Answers whether it did anything:
 * another process may have been faster, or the ticket is being worked on and its turn comes with the next look.
 */
export async function escalateTicket(tx: Tx, ticketId: string): Promise<boolean> {
  const [locked] = await runInside(tx.em, 'select id from ticket where id = $1 for update skip locked', [
    ticketId,
  ]);
  if (!locked) return false;
  const clocks = await readClocks(tx.em, ticketId);
  const due = clocks.filter(({ nextCheckAt }) => nextCheckAt !== null && nextCheckAt <= tx.now);
  if (due.length === 0) return false;
  const ticket = await tx.em.findOneOrFail(Ticket, { id: ticketId });
  const terms = await termsOf(tx, ticket);
  const over = overWaits(clocks, ticket.parkedAt ?? null, terms);
  const chain = await chainOf(tx, ticket);
  let action = 'endWait';
  for (const clock of due)
    while (clock.nextCheckAt && clock.nextCheckAt <= tx.now) {
      await escalate(tx, ticket, clock, chain);
      action = clock.step === 2 || action === 'breach' ? 'breach' : 'escalate';
      clock.nextCheckAt = nextCheck(clock, terms.policy);
    }
  writeClocks(tx.em, tx.viewer.organisationId, ticketId, due);
  recordMoves(tx, ticketId, over);
  await showState(tx, ticket, clocks, action);
  return true;
}

/** One step of one clock: tells the next link at which somebody is there. */
async function escalate(tx: Tx, ticket: Ticket, clock: Clock, chain: readonly Link[]): Promise<void> {
  clock.step += 1;
  noteBreach(clock, tx.now);
  const next = chain.find(({ link }) => chainLinks.indexOf(link) + 1 > clock.link);
  clock.link = next ? chainLinks.indexOf(next.link) + 1 : chainLinks.length;
  if (!next) return;
  const { kind: about, round, number, turn, step, dueAt } = clock;
  const kind = step === 1 ? 'PROMISE_AT_RISK' : 'PROMISE_BROKEN';
  const key = `clock:${ticket.id}:${about}:${round}:${number}:${turn}:${step}`;
  await tell(tx, next.staff, messageOf(ticket, { kind, about, link: next.link, dueAt, key }));
}

/** The state of the promises on the ticket and in its history, without a new version: nobody's work is made stale. */
async function showState(tx: Tx, ticket: Ticket, clocks: readonly Clock[], action: string): Promise<void> {
  const { promiseState, nextDueAt } = promiseOf(clocks, tx.now);
  const due = { field: 'nextDueAt', from: ticket.nextDueAt, to: nextDueAt };
  await runInside(tx.em, 'update ticket set promise_state = $2, next_due_at = $3 where id = $1', [
    ticket.id,
    promiseState,
    nextDueAt,
  ]);
  const state = { field: 'promiseState', from: ticket.promiseState, to: promiseState };
  const moved = due.from?.getTime() !== due.to?.getTime();
  observe(tx, ticket, action, moved ? [state, due] : [state]);
}
