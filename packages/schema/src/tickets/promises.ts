import type { PolicyNumbers } from '../policies/numbers.ts';
import type { DurationUnit } from '../policies/working-time.ts';
import type { Text } from '../text.ts';
import { kindsOnSite, kindsRevisited, type TicketKind } from './enums.ts';
import { type TicketStatus, ticketLifecycle } from './lifecycle.ts';

/** What a resident was promised, each on a clock of its own (handbook T-04 to T-08, T-12). */
export const clockKinds = {
  DISPATCH: { zh: '派单', en: 'Dispatch' },
  ARRIVAL: { zh: '到场', en: 'Arrival' },
  ANSWER: { zh: '答复', en: 'Answer' },
  SETTLE: { zh: '处理完毕', en: 'Settled' },
  TRACK: { zh: '跟踪', en: 'Follow-up while parked' },
  REVISIT: { zh: '回访', en: 'Revisit' },
} as const satisfies Record<string, Text>;
export type ClockKind = keyof typeof clockKinds;
export const clockKindNames = Object.keys(clockKinds) as ClockKind[];

export const clockStatuses = {
  RUNNING: { zh: '计时中', en: 'Running, in time' },
  BREACHED: { zh: '已超时，未完成', en: 'Broken, still not kept' },
  PAUSED: { zh: '已暂停', en: 'Paused' },
  MET: { zh: '按时完成', en: 'Kept in time' },
  MISSED: { zh: '超时完成', en: 'Kept too late' },
  CANCELLED: { zh: '已取消', en: 'Fell away' },
} as const satisfies Record<string, Text>;
export type ClockStatus = keyof typeof clockStatuses;
/** What is stored: that a running clock is over its time follows from the time, and needs nobody to note it. */
export type StoredClockStatus = Exclude<ClockStatus, 'BREACHED'>;

/** All clocks of a ticket in one word, for lists and colours. */
export const promiseStates = {
  NONE: { zh: '无承诺', en: 'No promise' },
  ON_TRACK: { zh: '正常', en: 'On track' },
  AT_RISK: { zh: '即将超时', en: 'At risk' },
  BREACHED: { zh: '已超时', en: 'Broken' },
  PAUSED: { zh: '已暂停', en: 'Paused' },
} as const satisfies Record<string, Text>;
export type PromiseState = keyof typeof promiseStates;

/** How a resident was told and agreed (handbook T-04, T-08). */
export const consentWays = {
  PHONE: { zh: '电话', en: 'By telephone' },
  IN_PERSON: { zh: '当面', en: 'In person' },
  MESSAGE: { zh: '微信或短信', en: 'By message' },
  WRITING: { zh: '书面', en: 'In writing' },
} as const satisfies Record<string, Text>;
export type PromiseConsentWay = keyof typeof consentWays;

/** What moved a promise. */
export const promiseChanges = {
  PAUSED: { zh: '经同意暂停', en: 'Paused with consent' },
  RESUMED: { zh: '恢复计时', en: 'Resumed' },
  POSTPONED: { zh: '延期', en: 'Postponed' },
  AGREED: { zh: '预约或重新定级', en: 'Appointment or new classification' },
  CALENDAR: { zh: '工作日历调整', en: 'The calendar changed' },
} as const satisfies Record<string, Text>;
export type PromiseChange = keyof typeof promiseChanges;

export type ComplaintSeverity = 'MINOR' | 'IMPORTANT' | 'MAJOR';

/** What promises are derived from. */
export interface PromiseFacts {
  id: string;
  kind: TicketKind;
  status: TicketStatus;
  urgent: boolean;
  severity: ComplaintSeverity | null;
  /** When this round began: the call, or the resident's refusal of the work. */
  roundStartedAt: Date;
  dispatchedAt: Date | null;
  acceptedAt: Date | null;
  appointmentAt: Date | null;
  arrivedAt: Date | null;
  /** When the resident got a clear answer, if that came before the work was done. */
  answeredAt: Date | null;
  doneAt: Date | null;
  signedOffAt: Date | null;
  revisitedAt: Date | null;
  /** When it was parked, and last followed up since; null while it is not parked. */
  parkedAt: Date | null;
  trackedAt: Date | null;
}

/** One promise as it follows from a ticket. */
export interface Wanted {
  kind: ClockKind;
  rule: string;
  /** When it was given. */
  start: Date;
  /** When its time begins to count: usually at once, for work by appointment then. */
  countedFrom: Date;
  /** So long from there, or until an appointment. */
  unit: DurationUnit | null;
  amount: number | null;
  until: Date | null;
  /** When it was kept; null while it is open. */
  metAt: Date | null;
  /** Stands still while the matter is parked (handbook T-06). */
  parked: boolean;
}

/** Complaints nobody has classified yet are held to the strictest promise. */
const complaintPromises: Record<
  ComplaintSeverity,
  Record<'ANSWER' | 'SETTLE', [DurationUnit, keyof PolicyNumbers]>
> = {
  MINOR: { ANSWER: ['HOURS', 'minorHours'], SETTLE: ['HOURS', 'minorHours'] },
  IMPORTANT: {
    ANSWER: ['WORKING_DAYS', 'importantWorkingDays'],
    SETTLE: ['WORKING_DAYS', 'importantWorkingDays'],
  },
  MAJOR: {
    ANSWER: ['WORKING_DAYS', 'majorAnswerWorkingDays'],
    SETTLE: ['WORKING_DAYS', 'majorSettleWorkingDays'],
  },
};

/** The clocks that a ticket should carry in its current round, whatever it carries now (handbook T-04 to T-08, T-12). */
export function promisesOf(facts: PromiseFacts, policy: PolicyNumbers): Wanted[] {
  if (ticketLifecycle.final.includes(facts.status)) return kept(facts, policy);
  // Nobody is sent to what is done: an incident's answer covers matters that were never dispatched.
  const going = work(facts, policy).filter(({ metAt }) => facts.doneAt === null || metAt !== null);
  return [...going, ...words(facts, policy), ...tracking(facts, policy), ...after(facts, policy)];
}

/** Of an ended ticket only what was kept stays; the rest falls away. */
const kept = (facts: PromiseFacts, policy: PolicyNumbers): Wanted[] =>
  [...work(facts, policy), ...words(facts, policy), ...after(facts, policy)].filter(
    (promise) => promise.metAt !== null,
  );

function work(facts: PromiseFacts, policy: PolicyNumbers): Wanted[] {
  const { roundStartedAt: start, urgent, kind, appointmentAt, arrivedAt, parkedAt } = facts;
  const parked = parkedAt !== null;
  const minutes = (amount: number) => ({ unit: 'MINUTES' as const, amount, until: null });
  const found: Wanted[] = [
    {
      ...{ kind: 'DISPATCH', rule: 'T-04', start, countedFrom: start, parked },
      ...minutes(policy.dispatchMinutes),
      metAt: facts.dispatchedAt ?? facts.acceptedAt,
    },
  ];
  const arrival = { kind: 'ARRIVAL', start, countedFrom: start, metAt: arrivedAt, parked } as const;
  if (!kindsOnSite.includes(kind)) return found;
  if (urgent) found.push({ ...arrival, rule: 'T-05', ...minutes(policy.urgentArrivalMinutes) });
  else if (appointmentAt)
    found.push({ ...arrival, rule: 'T-05', unit: null, amount: null, until: appointmentAt });
  else if (kind === 'REPAIR_UNIT')
    found.push({ ...arrival, rule: 'T-04', ...minutes(policy.arrivalMinutes) });
  return found;
}

function words(facts: PromiseFacts, policy: PolicyNumbers): Wanted[] {
  const { kind, roundStartedAt: start, severity, answeredAt, doneAt, appointmentAt, parkedAt } = facts;
  const parked = parkedAt !== null;
  const answered = answeredAt ?? doneAt;
  const shared = { start, countedFrom: start, until: null, parked };
  if (kind === 'INQUIRY')
    return [
      {
        ...shared,
        kind: 'ANSWER',
        rule: 'T-07',
        unit: 'HOURS',
        amount: policy.inquiryHours,
        metAt: answered,
      },
    ];
  if (kind !== 'COMPLAINT') {
    const countedFrom = appointmentAt && appointmentAt > start ? appointmentAt : start;
    const unit = 'WORKING_DAYS';
    const amount = policy.usualWorkingDays;
    return [{ ...shared, countedFrom, kind: 'SETTLE', rule: 'T-08', unit, amount, metAt: doneAt }];
  }
  const promised = complaintPromises[severity ?? 'MINOR'];
  const clock = (which: 'ANSWER' | 'SETTLE', metAt: Date | null): Wanted => {
    const [unit, amount] = promised[which];
    return { ...shared, kind: which, rule: 'T-06', unit, amount: policy[amount], metAt };
  };
  return [clock('ANSWER', answered), clock('SETTLE', doneAt)];
}

/** What is parked is looked at every day (handbook T-06). */
function tracking({ parkedAt, trackedAt }: PromiseFacts, policy: PolicyNumbers): Wanted[] {
  if (!parkedAt) return [];
  const start = trackedAt && trackedAt > parkedAt ? trackedAt : parkedAt;
  const unit = 'HOURS';
  const amount = policy.parkedHours;
  const shared = { start, countedFrom: start, until: null, metAt: null, parked: false };
  return [{ ...shared, kind: 'TRACK', rule: 'T-06', unit, amount }];
}

function after(facts: PromiseFacts, policy: PolicyNumbers): Wanted[] {
  const { kind, signedOffAt, doneAt, revisitedAt: metAt } = facts;
  const clock = (rule: string, start: Date, amount: number): Wanted => ({
    ...{ kind: 'REVISIT', rule, start, countedFrom: start, unit: 'HOURS', amount },
    ...{ until: null, metAt, parked: false },
  });
  if (kindsRevisited.includes(kind) && signedOffAt) return [clock('T-12', signedOffAt, policy.revisitHours)];
  if (kind === 'INQUIRY' && doneAt && isSampled(facts.id, policy.callBackPercent))
    return [clock('T-07', doneAt, policy.callBackHours)];
  return [];
}

/** The same answer for the same ticket for ever: nobody chooses who is called back (handbook T-07). */
export function isSampled(id: string, percent: number): boolean {
  let hash = 2_166_136_261;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash % 100 < percent;
}
