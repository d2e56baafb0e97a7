/**
 * The life of a ticket as the handbook tells it (T-02 to T-16), written down a second time by hand: who may do what when, and
 * which promises run. It imports nothing of the product, so that the two can be held against each other.
 */

/** Those who meet the ticket. Dispatch names the plumber; mate is another engineer, guard is of security. */
export const people = ['clerk', 'plumber', 'mate', 'guard', 'cashier', 'supervisor', 'manager'] as const;
export type Person = (typeof people)[number];
export const kinds = ['REPAIR_UNIT', 'COMPLAINT', 'INQUIRY', 'PAID_SERVICE', 'HELP'] as const;
export type Kind = (typeof kinds)[number];
export const promises = ['DISPATCH', 'ARRIVAL', 'ANSWER', 'SETTLE', 'TRACK', 'REVISIT'] as const;
export type PromiseKind = (typeof promises)[number];
export const severities = ['MINOR', 'IMPORTANT', 'MAJOR'] as const;

export const early = 'RECEIVED CONFIRMED DISPATCHED ACCEPTED ON_SITE REWORK PARKED';
export const open = `${early} DONE SIGNED_OFF REVISITED`;
export const states = `${open} CLOSED OUT_OF_SCOPE CANCELLED INVALID MERGED`.split(' ');
export const heads = 'supervisor manager';
export const desk = `clerk ${heads}`;
export const engineers = 'plumber mate';
export const anybody = people.join(' ');
const crews: Record<string, string> = {
  ENGINEERING: engineers,
  CUSTOMER_SERVICE: 'clerk',
  SECURITY: 'guard',
  FINANCE: 'cashier',
};
export const among = (list: string, word: string): boolean => list.split(' ').includes(word);

/** What the world looks like that the handbook leaves open: exact instants, and whom the rule chose. */
export interface Seen {
  now: number;
  /** Due times of the open promises. */
  due: Partial<Record<PromiseKind, number>>;
  /** The appointment that stands, and the time of the order that is offered or agreed. */
  appointmentAt: number | null;
  visitAt: number | null;
  /** Whether the promise of an arrival is an appointment by now. */
  appointed: boolean;
}

export interface Running {
  stands: 'CONSENT' | 'PARKED' | null;
  /** Until when the resident agreed to wait (T-04). */
  until?: number;
  /** How often it was put off (T-08). */
  putOff: number;
}

export interface Life {
  kind: Kind;
  status: string;
  version: number;
  rounds: number;
  urgent: boolean;
  department: string | null;
  assignee: Person | null;
  severity: (typeof severities)[number] | null;
  appointment: boolean;
  answered: boolean;
  /** Somebody is there, of whom the department has it now. */
  arrived: boolean;
  quote: 'OFFERED' | 'ACCEPTED' | null;
  charged: boolean;
  form: 'DRAFT' | 'SIGNED' | 'ACCEPTED' | null;
  apologised: boolean;
  covered: boolean;
  open: Map<PromiseKind, Running>;
  /** Of this round: what was kept does not run again, what fell away goes on with what it had used up. */
  kept: Set<PromiseKind>;
  fell: Map<PromiseKind, Running>;
}

export function received(kind: Kind): Life {
  const life: Life = {
    ...{ kind, status: 'RECEIVED', version: 1, rounds: 0, urgent: false, department: null, assignee: null },
    ...{
      severity: null,
      appointment: false,
      answered: false,
      arrived: false,
      quote: null,
      charged: false,
      form: null,
    },
    ...{ apologised: false, covered: false, open: new Map(), kept: new Set(), fell: new Map() },
  };
  return settle(life);
}

/** Which promises hold now (T-04 to T-08, T-12). */
function holds(life: Life, promise: PromiseKind): boolean {
  const { kind, status, kept } = life;
  const over = among('DONE SIGNED_OFF REVISITED', status);
  if (!among(open, status) || kept.has(promise)) return false;
  switch (promise) {
    case 'DISPATCH':
      return !over;
    case 'ARRIVAL':
      return (
        !over &&
        !life.arrived &&
        (kind === 'REPAIR_UNIT' || (kind === 'PAID_SERVICE' && (life.urgent || life.appointment)))
      );
    case 'ANSWER':
      return !over && (kind === 'COMPLAINT' || kind === 'INQUIRY');
    case 'SETTLE':
      return !over && kind !== 'INQUIRY';
    case 'TRACK':
      return status === 'PARKED';
    case 'REVISIT':
      if (kind === 'INQUIRY') return status === 'DONE' || status === 'SIGNED_OFF';
      return status === 'SIGNED_OFF' && (kind === 'REPAIR_UNIT' || kind === 'COMPLAINT');
  }
}

export function settle(life: Life): Life {
  // Who is there already keeps a promise of coming as it is given.
  if (life.arrived && holds({ ...life, arrived: false }, 'ARRIVAL')) life.kept.add('ARRIVAL');
  for (const promise of promises) {
    const running = life.open.get(promise);
    if (!holds(life, promise)) {
      if (running && !life.kept.has(promise)) life.fell.set(promise, running);
      life.open.delete(promise);
    } else if (!running) {
      const putOff = promise === 'TRACK' ? 0 : (life.fell.get(promise)?.putOff ?? 0);
      life.open.set(promise, { stands: null, putOff });
    }
  }
  // Nothing but the daily look runs while the matter is parked (T-06).
  for (const [promise, running] of life.open)
    if (life.status === 'PARKED' && promise !== 'TRACK') running.stands ??= 'PARKED';
    else if (running.stands === 'PARKED') running.stands = null;
  return life;
}

/** What the resident agreed to wait for is over: it runs, or stands with the matter (T-04, T-06). */
export function pass(life: Life, now: number): void {
  for (const [promise, running] of life.open)
    if (running.stands === 'CONSENT' && (running.until ?? 0) <= now)
      running.stands = life.status === 'PARKED' && promise !== 'TRACK' ? 'PARKED' : null;
}

/** Who works on it (T-09): the one named, nobody named: the crew; heads always; the desk writes down what it was told. */
export function handles(life: Life, who: Person, { personal = false } = {}): boolean {
  if (life.assignee === who || among(heads, who)) return true;
  if (who === 'clerk' && !personal) return true;
  return life.assignee === null && life.department !== null && among(crews[life.department] ?? '', who);
}

/** A price, where there is one or has to be, was accepted (T-15). */
export const agreed = ({ kind, quote }: Life): boolean =>
  quote === 'ACCEPTED' || (quote === null && kind !== 'PAID_SERVICE');
export const complaint = ({ kind }: Life): boolean => kind === 'COMPLAINT';

/** What has to be done before the end (T-06, T-07, T-11, T-12). */
export const mayClose = (life: Life): boolean => {
  const { kind, status, severity, form, apologised } = life;
  if (among('REPAIR_UNIT COMPLAINT INQUIRY', kind) && status !== 'REVISITED') return false;
  if (!complaint(life) || severity === 'MINOR') return true;
  return severity !== null && form === 'ACCEPTED' && (severity !== 'MAJOR' || apologised);
};

/** One row of the reference: who may do what from where, and what follows. */
export interface Act {
  from: string;
  by: string;
  /** The product's name of the action, when several of these are one there. */
  offered?: string;
  /** What else has to be so. What `offers` sees, before anything was typed in. */
  when?: (life: Life, who: Person) => boolean;
  /** Besides: what depends on what was typed in. */
  also?: (life: Life, who: Person, seen: Seen) => boolean;
  to?: string;
  keeps?: string;
  does?: (life: Life, who: Person, seen: Seen) => void;
  /** Line in the ticket's history; null when the ticket itself does not change. */
  told?: (life: Life) => string | null;
  /** Not one of the buttons that the ticket offers. */
  hidden?: true;
  /** Done to something beside the ticket, whose version does not matter then. */
  beside?: true;
}
