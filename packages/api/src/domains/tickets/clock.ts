import { chainLinks } from '@desk/schema/policies/enums';
import type { PolicyNumbers } from '@desk/schema/policies/numbers';
import { type DurationUnit, deadline, msOf, workingTime } from '@desk/schema/policies/working-time';
import type {
  ClockKind,
  ClockStatus,
  PromiseState,
  StoredClockStatus,
  Wanted,
} from '@desk/schema/tickets/promises';
import type { CountingCalendar } from '../policies/index.ts';

/** One promise with the time that it takes, as stored. Changed only while its ticket is locked. */
export interface Clock {
  kind: ClockKind;
  round: number;
  /** Counts clocks of the same kind in a round: matters that are parked are followed up again and again. */
  number: number;
  status: StoredClockStatus;
  rule: string;
  startedAt: Date;
  countedFrom: Date;
  unit: DurationUnit | null;
  amount: number | null;
  /** The appointment, for a promise that is one. */
  promisedAt: Date | null;
  /** As first promised; `dueAt` is where it stands now. */
  firstDueAt: Date;
  dueAt: Date;
  warnAt: Date;
  endedAt: Date | null;
  /** When it was broken; never taken back. */
  breachedAt: Date | null;
  pausedAt: Date | null;
  pausedBy: 'CONSENT' | 'PARKED' | null;
  /** Until when the resident agreed to wait: it goes on then by itself; null while it runs or is parked. */
  pausedUntil: Date | null;
  /** Time of its unit that it stood still so far, in milliseconds. */
  pausedMs: number;
  postponed: number;
  /** Counts new due times: each is warned of and escalated once. */
  turn: number;
  /** How far escalation has come: 0 nothing, 1 warned, 2 broken, then one for each further link. */
  step: number;
  /** Position in the chain of who was told last, from 1; 0 for nobody. */
  link: number;
  /** When the timer looks at it next: to escalate it, or to let it go on; null when it is parked or the chain has ended. */
  nextCheckAt: Date | null;
  calendarId: string | null;
  calendarVersion: number | null;
  provisional: boolean;
}

/** What promises are counted with. */
export interface Terms {
  policy: PolicyNumbers;
  calendar: CountingCalendar;
  now: Date;
}

const shortestStepMs = 600_000;
const later = (a: Date, b: Date): Date => (a > b ? a : b);
const plus = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

export const isOpen = ({ status }: Clock): boolean => status === 'RUNNING' || status === 'PAUSED';

type Length = Pick<Clock, 'countedFrom' | 'unit' | 'amount' | 'promisedAt' | 'pausedMs'>;

/** When a promise is due and warned of, as its length says. */
export function dueTimes(
  { countedFrom, unit, amount, promisedAt, pausedMs }: Length,
  { policy, calendar }: Pick<Terms, 'policy' | 'calendar'>,
): Pick<Clock, 'dueAt' | 'warnAt' | 'provisional'> {
  const part = policy.warnPercent / 100;
  if (unit === null || amount === null) {
    const dueAt = plus(promisedAt ?? countedFrom, pausedMs);
    return { dueAt, warnAt: partly(countedFrom, dueAt, part), provisional: false };
  }
  const stood = pausedMs / msOf(calendar.working, unit);
  const { at, provisional } = deadline(calendar.working, countedFrom, { unit, amount: amount + stood });
  const { at: warnAt } = deadline(calendar.working, countedFrom, { unit, amount: amount * part + stood });
  return { dueAt: at, warnAt, provisional };
}

/** A part of the way between two instants. */
export const partly = (from: Date, to: Date, part: number): Date =>
  plus(from, Math.round(Math.max(0, to.getTime() - from.getTime()) * part));

/** A new clock for a promise. */
export function startClock(wanted: Wanted, terms: Terms, at: { round: number; number: number }): Clock {
  const { kind, rule, start, countedFrom, unit, amount, until } = wanted;
  const times = dueTimes({ countedFrom, unit, amount, promisedAt: until, pausedMs: 0 }, terms);
  const counted = unit === 'WORKING_DAYS' ? terms.calendar : null;
  return {
    ...{ kind, rule, ...at, status: 'RUNNING', startedAt: start, countedFrom, unit, amount },
    ...{ promisedAt: until, ...times, firstDueAt: times.dueAt, nextCheckAt: times.warnAt },
    ...{ endedAt: null, breachedAt: null, pausedAt: null, pausedBy: null, pausedUntil: null },
    ...{ pausedMs: 0, postponed: 0, turn: 0, step: 0, link: 0 },
    ...{ calendarId: counted?.id ?? null, calendarVersion: counted?.version ?? null },
  };
}

/**
 * When the timer looks at a clock next. A running one (handbook T-16): at its warning, when it is due, then a link at a time;
 * one that stands: when the consent to wait ends.
 */
export function nextCheck(clock: Clock, { climbPercent }: Pick<PolicyNumbers, 'climbPercent'>): Date | null {
  const { status, step, link, warnAt, dueAt, startedAt, pausedUntil } = clock;
  if (status === 'PAUSED') return pausedUntil;
  if (status !== 'RUNNING' || link >= chainLinks.length) return null;
  if (step === 0) return warnAt;
  if (step === 1) return dueAt;
  const length = dueAt.getTime() - startedAt.getTime();
  return plus(dueAt, (step - 1) * Math.max(shortestStepMs, Math.round((length * climbPercent) / 100)));
}

/** A broken promise is broken from its due time on, whoever notices first; nothing heals it. */
export function noteBreach(clock: Clock, now: Date): void {
  if (clock.status === 'RUNNING' && clock.breachedAt === null && now >= clock.dueAt)
    clock.breachedAt = clock.dueAt;
}

/** Ends an open clock: kept in time, or too late. A clock of the machine that was set back cannot end it before it began. */
export function end(clock: Clock, metAt: Date): void {
  const endedAt = later(metAt, clock.startedAt);
  const late = clock.status === 'RUNNING' && endedAt > clock.dueAt;
  if (late) clock.breachedAt ??= clock.dueAt;
  close(clock, endedAt, clock.breachedAt === null ? 'MET' : 'MISSED');
}

export const cancel = (clock: Clock, now: Date): void =>
  close(clock, later(now, clock.startedAt), 'CANCELLED');

function close(clock: Clock, endedAt: Date, status: StoredClockStatus): void {
  Object.assign(clock, { status, endedAt, ...goesOn, nextCheckAt: null });
}

/** What a clock no longer has once it does not stand. */
export const goesOn = { pausedAt: null, pausedBy: null, pausedUntil: null } as const;

/** Stops it: until the matter is no longer parked, or until the time that the resident agreed to. */
export function pause(clock: Clock, now: Date, until: Date | 'PARKED'): void {
  noteBreach(clock, now);
  const by = until === 'PARKED' ? ({ pausedBy: 'PARKED', pausedUntil: null } as const) : agreedUntil(until);
  Object.assign(clock, { status: 'PAUSED', pausedAt: now, ...by, nextCheckAt: by.pausedUntil });
}

const agreedUntil = (pausedUntil: Date) => ({ pausedBy: 'CONSENT', pausedUntil }) as const;

/** The consent to wait has ended while the matter is parked: it stands on, with the matter (handbook T-06). */
export function standParked(clock: Clock): void {
  Object.assign(clock, { pausedBy: 'PARKED', pausedUntil: null, nextCheckAt: null });
}

/**
 * Lets clocks go on whose agreed wait is over, from the very instant that was agreed, whoever looks first and however late.
 * Answers them with their due times before. `parkedAt`: since when the matter is parked.
 */
export function endWaits(
  clocks: readonly Clock[],
  parkedAt: Date | null,
  terms: Terms,
): { clock: Clock; from: Date; at: Date }[] {
  return clocks.flatMap((clock) => {
    const { pausedUntil: at, dueAt: from } = clock;
    if (!at || at > terms.now) return [];
    if (parkedAt && parkedAt <= at && clock.kind !== 'TRACK') standParked(clock);
    else resume(clock, { ...terms, now: at });
    return [{ clock, from, at }];
  });
}

/** Goes on with what was left when it was paused; what was due before stays so. */
export function resume(clock: Clock, terms: Terms): void {
  const { pausedAt } = clock;
  if (!pausedAt) return;
  const now = later(terms.now, pausedAt);
  const { working } = terms.calendar;
  const counts = clock.unit === 'WORKING_DAYS';
  const shift = (at: Date): Date => {
    if (at <= pausedAt) return at;
    if (!counts) return plus(at, now.getTime() - pausedAt.getTime());
    const amount = workingTime(working, pausedAt, at) / working.workingDay;
    return deadline(working, now, { unit: 'WORKING_DAYS', amount }).at;
  };
  clock.pausedMs += counts ? workingTime(working, pausedAt, now) : now.getTime() - pausedAt.getTime();
  Object.assign(clock, { dueAt: shift(clock.dueAt), warnAt: shift(clock.warnAt) });
  Object.assign(clock, { status: 'RUNNING', ...goesOn });
  clock.nextCheckAt = nextCheck(clock, terms.policy);
}

/** A new due time: warned of and escalated anew, from the bottom of the chain. */
export function setDue(clock: Clock, times: Partial<Clock>, { policy, now }: Terms): void {
  noteBreach(clock, now);
  Object.assign(clock, times, { turn: clock.turn + 1, step: 0, link: 0 });
  clock.nextCheckAt = nextCheck(clock, policy);
}

/** Over its time and still not kept; also where the machine's clock was set back since escalation saw it. */
const isBroken = ({ status, dueAt, step }: Clock, now: Date): boolean =>
  status === 'RUNNING' && (now >= dueAt || step >= 2);

/** Where a clock stands at a time, the same as `promiseOf` says of them all. */
export const statusAt = (clock: Clock, now: Date): ClockStatus =>
  isBroken(clock, now) ? 'BREACHED' : clock.status;

/** All clocks of a ticket in one word, and the earliest due time of the running ones. */
export function promiseOf(
  clocks: readonly Clock[],
  now: Date,
): { promiseState: PromiseState; nextDueAt: Date | null } {
  const running = clocks.filter(({ status }) => status === 'RUNNING');
  const due = running.map(({ dueAt }) => dueAt.getTime());
  const nextDueAt = due.length > 0 ? new Date(Math.min(...due)) : null;
  const state = (): PromiseState => {
    if (running.some((clock) => isBroken(clock, now))) return 'BREACHED';
    if (running.some(({ warnAt, step }) => now >= warnAt || step >= 1)) return 'AT_RISK';
    if (running.length > 0) return 'ON_TRACK';
    return clocks.some(({ status }) => status === 'PAUSED') ? 'PAUSED' : 'NONE';
  };
  return { promiseState: state(), nextDueAt };
}
