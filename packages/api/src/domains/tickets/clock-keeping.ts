import type { PromiseChange, Wanted } from '@desk/schema/tickets/promises';
import { Refusal } from '../../platform/errors.ts';
import {
  type Clock,
  cancel,
  dueTimes,
  end,
  endWaits,
  goesOn,
  isOpen,
  noteBreach,
  pause,
  resume,
  setDue,
  startClock,
  type Terms,
} from './clock.ts';

/** A promise that moved, for the ticket's record. */
export interface Moved {
  clock: Clock;
  change: PromiseChange;
  from: Date;
  /** The instant at which it moved by itself; absent when somebody moved it now. */
  at?: Date;
}

export interface Keeping extends Terms {
  round: number;
  /** When the ticket was entered here: what began before was promised elsewhere, if at all. */
  enteredAt: Date;
  /** Whether the actor may give promises of more than a week (handbook T-08). */
  mayApprove: boolean;
  /** Since when the matter is parked. */
  parkedAt: Date | null;
}

/**
 * Brings the clocks of a ticket in line with the promises that follow from it. Changes the given clocks, answers new
 * ones added and what moved; doing it again changes nothing. Refuses an appointment that breaks handbook T-08.
 */
export function keepClocks(
  known: readonly Clock[],
  wanted: readonly Wanted[],
  keeping: Keeping,
): { clocks: Clock[]; moved: Moved[] } {
  const { round, now, enteredAt } = keeping;
  const clocks = [...known];
  const moved: Moved[] = overWaits(clocks, keeping.parkedAt, keeping);
  const of = (kind: Clock['kind']) =>
    clocks.filter((clock) => clock.kind === kind && clock.round === round).at(-1);
  for (const clock of clocks.filter(isOpen)) {
    noteBreach(clock, now);
    // What the resident said of the work ended the round, and was a revisit of a kind.
    if (clock.round < round) clock.kind === 'REVISIT' ? end(clock, now) : cancel(clock, now);
    else if (!wanted.some(({ kind }) => kind === clock.kind)) cancel(clock, now);
  }
  for (const promise of wanted) {
    let clock = of(promise.kind);
    if (clock && promise.kind === 'TRACK' && promise.start > clock.startedAt && isOpen(clock)) {
      end(clock, promise.start);
      noteBreach(clock, now);
    }
    if (!clock || reopens(clock, promise)) {
      if (!clock && promise.start.getTime() < enteredAt.getTime() - 60_000) continue;
      const fresh = startClock(promise, keeping, { round, number: (clock?.number ?? 0) + 1 });
      // The same matter still: falling away in between wins no second postponement (handbook T-08).
      if (clock && promise.kind !== 'TRACK') fresh.postponed = clock.postponed;
      clock = fresh;
      clocks.push(clock);
      noteBreach(clock, now);
    }
    if (!isOpen(clock)) continue;
    if (differs(clock, promise)) moved.push(agree(clock, promise, keeping));
    if (promise.metAt) end(clock, promise.metAt);
    else if (promise.parked && clock.status === 'RUNNING') pause(clock, now, 'PARKED');
    else if (!promise.parked && clock.pausedBy === 'PARKED') resume(clock, keeping);
  }
  return { clocks, moved };
}

/** Waits that are over, for the ticket's record. */
export const overWaits = (clocks: readonly Clock[], parkedAt: Date | null, terms: Terms): Moved[] =>
  endWaits(clocks, parkedAt, terms).map((ended) => ({ ...ended, change: 'RESUMED' }));

/** A promise that fell away and holds again; a follow-up that was made and is due once more. */
const reopens = (clock: Clock, { kind, start, metAt }: Wanted): boolean =>
  !isOpen(clock) &&
  metAt === null &&
  (clock.status === 'CANCELLED' || (kind === 'TRACK' && start > clock.startedAt));

const differs = (clock: Clock, { unit, amount, countedFrom, until }: Wanted): boolean =>
  clock.unit !== unit ||
  clock.amount !== amount ||
  clock.countedFrom.getTime() !== countedFrom.getTime() ||
  clock.promisedAt?.getTime() !== until?.getTime();

/** An appointment, a new one, or another classification. A later appointment is a postponement (handbook T-08). */
function agree(clock: Clock, wanted: Wanted, keeping: Keeping): Moved {
  const { unit, amount, countedFrom, until, rule } = wanted;
  const { policy, now, mayApprove } = keeping;
  const from = clock.dueAt;
  const putOff = until !== null && clock.promisedAt !== null && until > clock.dueAt;
  if (putOff) mayPostpone(clock, keeping);
  if (until) {
    notTooLong(until, now, policy.longestDays, mayApprove);
    // A time agreed now stands as agreed: the waiting until here is part of it, and over.
    if (clock.pausedBy === 'CONSENT') Object.assign(clock, { status: 'RUNNING', ...goesOn });
    clock.pausedMs = 0;
  }
  const counted = unit === 'WORKING_DAYS' ? keeping.calendar : null;
  const length = { unit, amount, countedFrom, promisedAt: until, rule };
  const times = dueTimes({ ...length, pausedMs: clock.pausedMs }, keeping);
  // A promise that was put off with the resident's consent is not called in by a new classification.
  const kept = clock.postponed > 0 && until === null && clock.dueAt > times.dueAt;
  setDue(
    clock,
    {
      ...length,
      ...(kept ? {} : times),
      postponed: clock.postponed + (putOff ? 1 : 0),
      calendarId: counted?.id ?? null,
      calendarVersion: counted?.version ?? null,
    },
    keeping,
  );
  return { clock, change: putOff ? 'POSTPONED' : 'AGREED', from };
}

/** Once, and never twice for the same matter (handbook T-08). */
export function mayPostpone(clock: Clock, { policy }: Pick<Terms, 'policy'>): void {
  const times = policy.postponements;
  if (clock.postponed >= times) throw new Refusal('PROMISE_POSTPONED', { values: { times } });
}

const farthestDays = 400;

/** At most a week, save with approval (handbook T-08); never a date that nobody will live to see. */
export function notTooLong(due: Date, now: Date, days: number, mayApprove: boolean): void {
  const away = (due.getTime() - now.getTime()) / 86_400_000;
  if (away > (mayApprove ? farthestDays : days))
    throw new Refusal('PROMISE_TOO_LONG', { values: { days: mayApprove ? farthestDays : days } });
}
