/** What may be done to a ticket, by whom and with what effect, as the handbook tells it; see `reference-life.ts`. */
import {
  type Act,
  agreed,
  among,
  anybody,
  complaint,
  desk,
  early,
  engineers,
  handles,
  heads,
  type Life,
  mayClose,
  open,
  type Person,
  type PromiseKind,
  promises,
  type Running,
  type Seen,
  settle,
  severities,
} from './reference-life.ts';
import { appointed, appointmentIn, mayAppoint, putOffTo, waitFor, week } from './reference-times.ts';

const priceable = early.replace(' PARKED', '');

const handled = (life: Life, who: Person): boolean => handles(life, who);
const managerSees = ({ severity }: Life, who: Person): boolean => severity !== 'MAJOR' || who === 'manager';

const anew = (life: Life): void => {
  const { kind, answered } = life;
  life.rounds += 1;
  Object.assign(life, { appointment: false, arrived: false });
  life.open.clear();
  life.fell.clear();
  life.kept.clear();
  // A complaint was answered once and for all; an inquiry whose answer was no good has not been answered.
  if (kind === 'COMPLAINT' && answered) life.kept.add('ANSWER');
};
const again = { to: 'REWORK', does: anew, told: () => 'rework' };
const charge = (life: Life): void => {
  if (life.quote === 'ACCEPTED') life.charged = true;
};
const answer = (life: Life): void => {
  life.answered = true;
};

const signOff = (also: (life: Life) => boolean = () => true): Act => ({
  ...{ from: 'DONE', by: anybody, offered: 'signOff', when: handled, also, to: 'SIGNED_OFF', does: charge },
  told: () => 'signOff',
});
/** Content and price accepted, and a time, unless it is done again (T-15). */
const ordered = (life: Life): boolean => agreed(life) && (life.appointment || life.rounds > 0);

const moves: Record<string, Act> = {
  confirm: { from: 'RECEIVED', by: desk, to: 'CONFIRMED' },
  dispatch: {
    ...{ from: 'CONFIRMED DISPATCHED ACCEPTED REWORK', by: desk, to: 'DISPATCHED', keeps: 'DISPATCH' },
    does: (life) => {
      Object.assign(life, { department: 'ENGINEERING', assignee: 'plumber' });
    },
  },
  // Whom the rule chooses is looked up afterwards.
  dispatchByRule: {
    ...{ from: 'CONFIRMED DISPATCHED REWORK', by: desk, to: 'DISPATCHED', keeps: 'DISPATCH' },
  },
  transfer: {
    ...{ from: 'DISPATCHED ACCEPTED ON_SITE', by: anybody, when: handled, to: 'DISPATCHED' },
    does: (life) => {
      Object.assign(life, { department: 'SECURITY', assignee: null, arrived: false });
    },
  },
  accept: {
    ...{ from: 'DISPATCHED REWORK', by: anybody, to: 'ACCEPTED', keeps: 'DISPATCH' },
    when: (life, who) => life.department !== null && handles(life, who, { personal: true }),
    does: (life, who) => {
      life.assignee ??= who;
    },
  },
  arrive: {
    ...{ from: 'ACCEPTED', by: anybody, to: 'ON_SITE' },
    does: (life) => {
      life.arrived = true;
    },
    when: (life, who) => handled(life, who) && (life.kind !== 'PAID_SERVICE' || ordered(life)),
  },
  finish: {
    ...{ from: 'ACCEPTED ON_SITE', by: anybody, to: 'DONE', keeps: 'ANSWER SETTLE' },
    when: (life, who) =>
      handled(life, who) &&
      agreed(life) &&
      (life.status === 'ON_SITE' || !among('REPAIR_UNIT PAID_SERVICE', life.kind)),
  },
  signOff: signOff(),
  'signOff:away': signOff(),
  // Nobody signed, nobody says why: not for what is done where somebody lives (T-10).
  'signOff:bare': signOff(({ kind }) => !among('REPAIR_UNIT PAID_SERVICE', kind)),
  refuse: { from: 'DONE', by: anybody, offered: 'signOff', when: handled, ...again },
  refusePayment: {
    ...{ from: 'DONE', by: anybody, to: 'SIGNED_OFF', does: charge },
    when: (life, who) => handled(life, who) && life.quote === 'ACCEPTED',
  },
  revisit: { from: 'SIGNED_OFF', by: desk, when: managerSees, to: 'REVISITED', keeps: 'REVISIT' },
  complain: { from: 'SIGNED_OFF', by: desk, offered: 'revisit', when: managerSees, ...again },
  rework: { from: 'DONE SIGNED_OFF REVISITED', by: desk, ...again },
  close: { from: 'SIGNED_OFF REVISITED', by: desk, when: mayClose, to: 'CLOSED' },
  judgeOutOfScope: { from: early, by: `mate ${heads}`, to: 'OUT_OF_SCOPE' },
  judgeInvalid: { from: early, by: heads, when: complaint, to: 'INVALID' },
  cancel: { from: early, by: desk, to: 'CANCELLED' },
  merge: { from: early, by: desk, to: 'MERGED' },
  park: { from: 'CONFIRMED DISPATCHED ACCEPTED ON_SITE REWORK', by: heads, to: 'PARKED' },
  resume: {
    ...{ from: 'PARKED', by: desk, to: 'CONFIRMED' },
    does: (life) => {
      life.arrived = false;
    },
  },
};

const acts: Record<string, Act> = {
  attach: { from: open, by: anybody },
  classify: { from: early, by: anybody },
  setUrgent: {
    ...{ from: early, by: desk },
    does: (life) => {
      life.urgent = !life.urgent;
      // The appointment holds again, as it was agreed: the wait was for the urgent visit.
      const arrival = life.open.get('ARRIVAL');
      if (arrival && !life.urgent && life.appointment) arrival.stands = null;
    },
  },
  appoint: {
    ...{ from: 'CONFIRMED DISPATCHED ACCEPTED REWORK', by: anybody, when: handled },
    also: (life, _who, seen) => mayAppoint(life, seen, seen.now + appointmentIn),
    does: (life, _who, seen) => appointed(life, seen, seen.now + appointmentIn),
  },
  answer: { from: early, by: anybody, when: handled, keeps: 'ANSWER', does: answer },
  track: { from: open, by: anybody, does: (life) => life.open.delete('TRACK') },
  split: { from: early, by: desk },
  linkIncident: {
    ...{ from: open, by: desk },
    does: (life) => {
      life.covered = true;
    },
  },
  unlinkIncident: {
    ...{ from: open, by: desk },
    when: ({ covered }) => covered,
    does: (life) => {
      life.covered = false;
    },
  },
  answerCovered: {
    ...{ from: early, by: `${desk} ${engineers}`, hidden: true, beside: true, to: 'DONE', keeps: 'ANSWER' },
    told: () => 'answerByIncident',
    when: ({ covered }) => covered,
    does: answer,
  },
  update: { from: open, by: `${desk} ${engineers}`, hidden: true, told: () => 'updated' },
};

const judging = Object.fromEntries(
  severities.map((severity): [string, Act] => [
    `assess:${severity}`,
    {
      ...{ from: `${early} DONE SIGNED_OFF`, by: desk, offered: 'assess', when: complaint },
      also: (life, who) =>
        among(heads, who) || severities.indexOf(severity) >= severities.indexOf(life.severity ?? 'MINOR'),
      does: (life) => {
        life.severity = severity;
      },
      told: () => 'assess',
    },
  ]),
);

const clocks = Object.fromEntries(
  promises.flatMap((promise): [string, Act][] => {
    const shared = { from: open, by: desk, hidden: true } as const;
    const of = (life: Life): Running | undefined => life.open.get(promise);
    const pause: Act = {
      ...{ ...shared, told: () => 'pauseClock' },
      when: (life) => of(life)?.stands === null,
      does: (life, _who, { now }) =>
        Object.assign(of(life) ?? {}, { stands: 'CONSENT', until: now + waitFor }),
    };
    const resume: Act = {
      ...{ ...shared, told: () => 'resumeClock' },
      when: (life) => of(life)?.stands === 'CONSENT',
      does: (life) => Object.assign(of(life) ?? {}, { stands: null }),
    };
    const postpone: Act = {
      ...{ ...shared, told: () => 'postpone' },
      when: (life) => of(life)?.stands === null && of(life)?.putOff === 0,
      also: (_life, who, seen) => who === 'manager' || putOffTo(seen, promise) - seen.now <= week,
      does: (life) => Object.assign(of(life) ?? {}, { putOff: 1 }),
    };
    return [
      [`pauseClock:${promise}`, pause],
      [`resumeClock:${promise}`, resume],
      [`postpone:${promise}`, postpone],
    ];
  }),
);

const quote = (name: string | null, from: Life['quote'][], to: Life['quote'], told: string): Act => ({
  ...{ from: priceable, by: anybody, hidden: true, beside: true, told: () => told },
  when: (life, who) => handled(life, who) && !life.charged && (name === null || from.includes(life.quote)),
  does: (life) => {
    life.quote = to;
  },
});
const papers: Record<string, Act> = {
  quote: quote(null, [], 'OFFERED', 'quote'),
  // Without a time: an order of a paid service has one, or somebody is there (T-15).
  'quote:bare': {
    ...quote(null, [], 'OFFERED', 'quote'),
    also: ({ kind, status }, _who, { appointmentAt, now }) =>
      kind !== 'PAID_SERVICE' || status === 'ON_SITE' || (appointmentAt ?? 0) > now,
  },
  quoteAccept: {
    ...quote('accept', ['OFFERED'], 'ACCEPTED', 'agreePrice'),
    also: (life, _who, seen) => seen.visitAt === null || mayAppoint(life, seen, seen.visitAt),
    does: (life, _who, seen) => {
      life.quote = 'ACCEPTED';
      if (seen.visitAt !== null) appointed(life, seen, seen.visitAt);
    },
  },
  quoteDecline: quote('decline', ['OFFERED'], null, 'declinePrice'),
  quoteWithdraw: quote('withdraw', ['OFFERED', 'ACCEPTED'], null, 'withdrawPrice'),
  form: {
    ...{ from: open, by: desk, hidden: true, beside: true, told: () => null },
    when: (life) => complaint(life) && life.form === null,
    does: (life) => {
      life.form = 'DRAFT';
    },
  },
  formSign: {
    ...{ from: open, by: heads, hidden: true, beside: true, told: () => null },
    when: ({ form }) => form === 'DRAFT',
    does: (life) => {
      life.form = 'SIGNED';
    },
  },
  formAccept: {
    ...{ from: open, by: desk, hidden: true, beside: true, told: () => 'acceptForm' },
    when: ({ form }) => form === 'SIGNED',
    does: (life) => {
      life.form = 'ACCEPTED';
    },
  },
  apologise: {
    ...{ from: open, by: 'manager', hidden: true, beside: true },
    when: ({ form }) => form !== null,
    told: ({ apologised }) => (apologised ? null : 'apologise'),
    does: (life) => {
      life.apologised = true;
    },
  },
};

export const book: Readonly<Record<string, Act>> = { ...moves, ...acts, ...judging, ...clocks, ...papers };
export const names = Object.keys(book);

/** Whether the person may do it now, as the buttons of the ticket say. */
export function offers(life: Life, who: Person, name: string): boolean {
  const act = book[name];
  return !!act && among(act.from, life.status) && among(act.by, who) && (act.when?.(life, who) ?? true);
}

/** Whether doing it works. */
export const allows = (life: Life, who: Person, name: string, seen: Seen): boolean =>
  offers(life, who, name) && (book[name]?.also?.(life, who, seen) ?? true);

/** Does it; answers the line that the ticket's history gets, or null. */
export function perform(life: Life, who: Person, name: string, seen: Seen): string | null {
  const act = book[name];
  if (!act) throw new Error(name);
  const told = act.told ? act.told(life) : name;
  for (const promise of act.keeps?.split(' ') ?? []) life.kept.add(promise as PromiseKind);
  life.status = act.to ?? life.status;
  act.does?.(life, who, seen);
  if (told !== null) life.version += 1;
  settle(life);
  return told;
}
