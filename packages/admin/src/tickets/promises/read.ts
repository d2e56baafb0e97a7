import { notificationDescriptor } from '@desk/schema/notifications/descriptor';
import type { NotificationKind } from '@desk/schema/notifications/enums';
import type { ChainLink } from '@desk/schema/policies/enums';
import type { ClockKind, ClockStatus, PromiseChange, PromiseConsentWay } from '@desk/schema/tickets/promises';
import { request } from '../../platform/client.ts';
import { learnServerTime } from '../../platform/clock.ts';
import { may } from '../../platform/viewer.ts';

/** One promise of a ticket, on a clock of its own (handbook T-04 to T-08, T-12). */
export interface Clock {
  kind: ClockKind;
  rule: string;
  round: number;
  status: ClockStatus;
  startedAt: string;
  firstDueAt: string;
  dueAt: string;
  warnAt: string;
  pausedAt: string | null;
  /** Until when the resident agreed to wait. */
  pausedUntil: string | null;
  metAt: string | null;
  breachedAt: string | null;
  postponed: number;
  provisional: boolean;
}

/** A promise that was moved, with what the resident was told (handbook T-08). */
export interface Move {
  kind: ClockKind;
  change: PromiseChange;
  at: string;
  actorName: string;
  fromDueAt: string;
  toDueAt: string | null;
  told: string | null;
  consentBy: string | null;
  consentWay: PromiseConsentWay | null;
  approved: boolean;
  pausedUntil: string | null;
}

/** Somebody of the staff who was told (handbook P-5, T-16). */
export interface Escalation {
  id: string;
  kind: NotificationKind;
  about: ClockKind | null;
  link: ChainLink | null;
  createdAt: string;
  seenAt: string | null;
  recipient: { name: string };
}

export interface Promises {
  clocks: Clock[];
  moves: Move[];
  escalations: Escalation[];
}

/** More than a ticket ever needs: each link of the chain is told once for each promise. */
const most = 100;

const documentFor = (escalations: boolean) => `query ticketPromises($id: ID!) { serverTime ticket(id: $id) {
  clocks { kind rule round status startedAt firstDueAt dueAt warnAt pausedAt pausedUntil metAt breachedAt postponed provisional }
  promiseChanges { kind change at actorName fromDueAt toDueAt told consentBy consentWay approved pausedUntil }
  ${escalations ? `escalations(first: ${most}) { nodes { id kind about link createdAt seenAt recipient { name } } }` : ''} } }`;

interface Answer {
  serverTime: string;
  ticket: { clocks: Clock[]; promiseChanges: Move[]; escalations?: { nodes: Escalation[] } } | null;
}

/** The query of a ticket's promises: the panel and the dialogs share its answer. */
export const promisesOf = (id: string) => ({
  queryKey: ['tickets', 'promises', { id }],
  queryFn: ({ signal }: { signal: AbortSignal }) => readPromises(id, signal),
});

async function readPromises(id: string, signal: AbortSignal): Promise<Promises> {
  const sentAt = Date.now();
  const document = documentFor(may(notificationDescriptor, 'read'));
  const { serverTime, ticket } = await request<Answer>(document, { id }, { signal });
  learnServerTime(serverTime, sentAt);
  const { clocks = [], promiseChanges: moves = [], escalations } = ticket ?? {};
  return { clocks: clocks.toSorted(byUrgency), moves, escalations: escalations?.nodes ?? [] };
}

const open: ReadonlySet<ClockStatus> = new Set(['RUNNING', 'BREACHED', 'PAUSED']);

/** What is open first, in the order in which it is due; then what has ended, the latest first. */
function byUrgency(one: Clock, other: Clock): number {
  const [first, second] = [open.has(one.status), open.has(other.status)];
  if (first !== second) return first ? -1 : 1;
  return first ? one.dueAt.localeCompare(other.dueAt) : other.startedAt.localeCompare(one.startedAt);
}
