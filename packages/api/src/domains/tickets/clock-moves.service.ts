import { say } from '@desk/schema';
import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { pauseInput, postponeInput, resumeInput } from '@desk/schema/tickets/promise-limits';
import { type ClockKind, clockKinds, type PromiseConsentWay } from '@desk/schema/tickets/promises';
import { DateTime } from 'luxon';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import {
  type Clock,
  isOpen,
  partly,
  pause,
  promiseOf,
  resume,
  setDue,
  standParked,
  type Terms,
} from './clock.ts';
import { type Moved, mayPostpone, notTooLong, overWaits } from './clock-keeping.ts';
import { type Consent, readClocks, recordMoves, writeClocks } from './clock-store.ts';
import type { TicketPauseClockInput, TicketPostponeInput, TicketResumeClockInput } from './clocks.inputs.ts';
import { placeOfTicket } from './moving.ts';
import { termsOf } from './terms.ts';
import { Ticket } from './ticket.entity.ts';

interface Open {
  ticket: Ticket;
  clocks: Clock[];
  clock: Clock;
  terms: Terms;
  /** Waits that were over before. */
  over: Moved[];
}

const named = (kind: ClockKind) => ({
  values: (locale: Tx['locale']) => ({ promise: say(clockKinds[kind], locale) }),
});

/** The ticket, locked, with its open clock of that kind. */
async function openClock(
  tx: Tx,
  input: { id: string; version: number; clock: ClockKind },
  action: string,
): Promise<Open> {
  const ticket = await tx.change(Ticket, input, action);
  if (ticketLifecycle.final.includes(ticket.status)) refuse('TICKET_ENDED');
  const clocks = await readClocks(tx.em, ticket.id);
  const terms = await termsOf(tx, ticket);
  const over = overWaits(clocks, ticket.parkedAt ?? null, terms);
  const clock = clocks.find((one) => one.kind === input.clock && isOpen(one));
  if (!clock) throw new Refusal('PROMISE_NOT_OPEN', { field: ['clock'], ...named(input.clock) });
  return { ticket, clocks, clock, terms, over };
}

/** Writes what moved, on the clock, on the ticket and in the record (handbook P-6). */
async function save(
  tx: Tx,
  { ticket, clocks, clock, over }: Open,
  moved: Moved,
  { action, told, ...more }: { action: string; told: string | null; consent?: Consent; approved?: boolean },
): Promise<Ticket> {
  tx.assign(ticket, promiseOf(clocks, tx.now));
  // The promise is the ticket's: moving it is a change of the ticket, also where its next due time stays.
  ticket.updatedAt = new Date(ticket.updatedAt.getTime() + 1);
  tx.journal.label(ticket, { action, reason: told });
  const written = new Set([clock, ...over.map((one) => one.clock)]);
  writeClocks(tx.em, tx.viewer.organisationId, ticket.id, [...written]);
  recordMoves(tx, ticket.id, over);
  recordMoves(tx, ticket.id, [moved], more);
  return ticket;
}

/** Who agreed, how, and to what: without it nothing moves (handbook T-04, T-08). */
function consented(
  given: { consentBy?: string | null; consentWay?: PromiseConsentWay | null; told?: string | null },
  rule: string,
): Consent {
  const { consentBy, consentWay, told } = given;
  const missing = Object.entries({ consentBy, consentWay, told }).find(([, value]) => !value)?.[0];
  if (!consentBy || !consentWay || !told)
    throw new Refusal('RESIDENT_NOT_TOLD', { ...(missing && { field: [missing] }), rule });
  return { consentBy, consentWay, told };
}

/** An empty answer is none: the refusal is the rule's, not the text field's. */
const blanksOut = <T extends object>(input: T): T =>
  Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      typeof value === 'string' && value.trim() === '' ? null : value,
    ]),
  ) as T;

/** Whether the actor may give promises of more than a week (handbook T-08). */
const approves = (tx: Tx, ticket: Ticket): boolean =>
  tx.viewer.may(ticketDescriptor, 'approvePromise', placeOfTicket(ticket));

/** Puts a promise off, once (handbook T-08). */
export async function postpone(tx: Tx, input: TicketPostponeInput): Promise<Ticket> {
  const open = await openClock(tx, input, 'postpone');
  const { ticket, clock, terms } = open;
  const { dueAt, ...given } = tx.check(postponeInput, blanksOut(input));
  if (clock.status === 'PAUSED') throw new Refusal('CLOCK_STANDS', named(clock.kind));
  mayPostpone(clock, terms);
  const consent = consented(given, 'T-08');
  const due = new Date(dueAt);
  if (due <= tx.now || due <= clock.dueAt)
    throw new Refusal('PROMISE_NOT_LATER', {
      field: ['dueAt'],
      values: { due: shown(clock.dueAt, terms.calendar.timeZone) },
    });
  const mayApprove = approves(tx, ticket);
  const { longestDays, warnPercent } = terms.policy;
  notTooLong(due, tx.now, longestDays, mayApprove);
  const from = clock.dueAt;
  const times = { dueAt: due, warnAt: partly(tx.now, due, warnPercent / 100), provisional: false };
  setDue(clock, { ...times, postponed: clock.postponed + 1, calendarId: null, calendarVersion: null }, terms);
  const approved = mayApprove && due.getTime() - tx.now.getTime() > longestDays * 86_400_000;
  const moved: Moved = { clock, change: 'POSTPONED', from };
  return save(tx, open, moved, { action: 'postpone', told: consent.told, consent, approved });
}

/** Stops a clock while the resident agrees to wait, until an agreed time (handbook T-04); not for longer than a promise (T-08). */
export async function pauseClock(tx: Tx, input: TicketPauseClockInput): Promise<Ticket> {
  const open = await openClock(tx, input, 'pauseClock');
  const { ticket, clock, terms } = open;
  const { until: agreed, ...given } = tx.check(pauseInput, blanksOut(input));
  if (clock.status === 'PAUSED') throw new Refusal('CLOCK_STANDS', named(clock.kind));
  const consent = consented(given, 'T-04');
  const until = agreed ? new Date(agreed) : null;
  if (!until || until <= tx.now) throw new Refusal('PAUSE_END', { field: ['until'] });
  notTooLong(until, tx.now, terms.policy.longestDays, approves(tx, ticket));
  const from = clock.dueAt;
  pause(clock, tx.now, until);
  return save(
    tx,
    open,
    { clock, change: 'PAUSED', from },
    { action: 'pauseClock', told: consent.told, consent },
  );
}

/** Goes on with the time that was left. */
export async function resumeClock(tx: Tx, input: TicketResumeClockInput): Promise<Ticket> {
  const open = await openClock(tx, input, 'resumeClock');
  const { clock, terms } = open;
  const { reason } = tx.check(resumeInput, blanksOut(input));
  if (clock.pausedBy !== 'CONSENT') throw new Refusal('CLOCK_RUNS', named(clock.kind));
  const from = clock.dueAt;
  // Parked meanwhile: it goes on with the matter, not before (handbook T-06).
  if (open.ticket.status === 'PARKED' && clock.kind !== 'TRACK') standParked(clock);
  else resume(clock, terms);
  const moved: Moved = { clock, change: 'RESUMED', from };
  return save(tx, open, moved, { action: 'resumeClock', told: reason ?? null });
}

const shown = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm');
