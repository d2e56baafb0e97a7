import { type Assignment, inScope, moveFrom, type Role, rolesFor, say, scopeOf } from '@desk/schema';
import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import {
  complaintManagers,
  type Department,
  departmentRoles,
  kindsOnSite,
  kindsRevisited,
  type Severity,
  type TicketKind,
  ticketHeads,
} from '@desk/schema/tickets/enums';
import { type TicketAction, type TicketStatus, ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import type { Run } from '../../platform/db/database.ts';
import { Refusal } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { headedBy } from '../policies/index.ts';

/** What the rules of a move look at. Ids are UUIDs. */
export interface Facts {
  status: TicketStatus;
  kind: TicketKind;
  department: Department | null;
  assigneeId: string | null;
  communityId: string;
  buildingId: string | null;
  severity: Severity | null;
  /** A price was offered; the resident accepted it. */
  priced: boolean;
  agreed: boolean;
  /** A time was agreed for this round, or it is rework, which nobody orders. */
  timed: boolean;
  /** The complaint form was accepted by the resident; the written apology was handed over. */
  formAccepted: boolean;
  apologised: boolean;
  /** Linked to an incident. */
  covered: boolean;
  /** Drawn for a call-back that is still to be made. */
  callBack: boolean;
}
type Place = Pick<Facts, 'communityId' | 'buildingId'>;

/** Roles that may write down what the worker phoned in or brought back on paper; the history shows who entered it. */
const recorders: readonly Role[] = ['FRONT_DESK', 'STEWARD'];
const handled: ReadonlySet<string> = new Set<TicketAction>([
  ...(['accept', 'arrive', 'finish', 'signOff', 'transfer', 'refusePayment', 'appoint', 'answer'] as const),
]);
const complaintsOnly: ReadonlySet<string> = new Set<TicketAction>(['assess', 'judgeInvalid']);

const holds = (assignments: readonly Assignment[], roles: Iterable<Role>, place: Place): boolean =>
  inScope(scopeOf(assignments, new Set(roles), ticketDescriptor.scope), place);

/** Whether somebody with these roles can be given a ticket of this place: he must be able to accept it. */
export const canTake = (assignments: readonly Assignment[], place: Place): boolean =>
  holds(assignments, rolesFor(ticketDescriptor, 'accept'), place);

/** Whether somebody with these roles takes the tickets of a department here while nobody is named. */
export const belongsTo = (
  assignments: readonly Assignment[],
  department: Department,
  place: Place,
): boolean => holds(assignments, departmentRoles[department], place);

export const isHead = ({ assignments }: Viewer, place: Place): boolean =>
  holds(assignments, ticketHeads, place);

/** What stands in the way of a move besides state and role; undefined when nothing does. `headed`: see `headedAt`. */
export function obstacleTo(
  viewer: Viewer,
  action: string,
  facts: Facts,
  headed: readonly Place[] = [],
): Refusal | undefined {
  if (complaintsOnly.has(action) && facts.kind !== 'COMPLAINT') return named('COMPLAINT_ONLY', action);
  // Sent back to rework after its incident was answered, a ticket may never have been with a department.
  if (action === 'accept' && facts.department === null) return new Refusal('DISPATCH_REQUIRED');
  if (handled.has(action) && !mayHandle(viewer, action, facts)) return named('NOT_YOUR_TICKET', action);
  if (action === 'judgeOutOfScope' && !isHead(viewer, facts) && !isIn(headed, facts))
    return new Refusal('ENGINEERING_HEAD');
  if (action === 'finish' && facts.status !== 'ON_SITE' && kindsOnSite.includes(facts.kind))
    return new Refusal('ARRIVAL_REQUIRED');
  if (needsPrice(action, facts)) return new Refusal('QUOTE_REQUIRED');
  if (action === 'arrive' && facts.kind === 'PAID_SERVICE' && !facts.timed)
    return new Refusal('TIME_REQUIRED');
  if (
    action === 'revisit' &&
    facts.severity === 'MAJOR' &&
    !holds(viewer.assignments, complaintManagers, facts)
  )
    return new Refusal('MANAGER_REVISIT');
  if (action === 'unlinkIncident' && !facts.covered) return new Refusal('NOT_COVERED');
  return action === 'close' ? obstacleToClosing(facts) : undefined;
}

/** Where the viewer heads engineering at a time: the engineering supervisor of handbook T-09. */
export const headedAt = async (run: Run, { actor, assignments }: Viewer, at: Date): Promise<Place[]> =>
  assignments.some(({ role }) => role === 'ENGINEERING') ? headedBy(run, actor.id, 'ENGINEERING', at) : [];

/** A duty is for a building of a community, or for all of it. */
const isIn = (places: readonly Place[], { communityId, buildingId }: Place): boolean =>
  places.some(
    (place) =>
      place.communityId === communityId && (place.buildingId === null || place.buildingId === buildingId),
  );

/** A paid service is priced before somebody goes; other work that has a price is finished only when it was accepted. */
function needsPrice(action: string, { kind, priced, agreed }: Facts): boolean {
  if (agreed) return false;
  if (action === 'refusePayment') return true;
  return (
    (action === 'arrive' && kind === 'PAID_SERVICE') ||
    (action === 'finish' && (priced || kind === 'PAID_SERVICE'))
  );
}

function obstacleToClosing(facts: Facts): Refusal | undefined {
  const { status, kind, severity, formAccepted, apologised, callBack } = facts;
  if (callBack) return new Refusal('CALL_BACK_REQUIRED');
  if (status !== 'REVISITED' && kindsRevisited.includes(kind)) return new Refusal('REVISIT_REQUIRED');
  if (kind !== 'COMPLAINT') return undefined;
  if (severity === null) return new Refusal('SEVERITY_REQUIRED');
  if (severity === 'MINOR') return undefined;
  if (!formAccepted) return new Refusal('FORM_REQUIRED');
  return severity === 'MAJOR' && !apologised ? new Refusal('APOLOGY_REQUIRED') : undefined;
}

/**
 * A ticket is worked on by the person it was given to; while nobody is named, by whoever of the department takes it;
 * always by a supervisor and above. Accepting is personal, the later steps may be written down by the desk.
 */
export function mayHandle(viewer: Viewer, action: string, facts: Facts): boolean {
  const { actor, assignments } = viewer;
  const { assigneeId, department } = facts;
  if (assigneeId !== null && assigneeId === actor.id) return true;
  if (isHead(viewer, facts)) return true;
  if (action !== 'accept' && holds(assignments, recorders, facts)) return true;
  return assigneeId === null && department !== null && belongsTo(assignments, department, facts);
}

/** A refusal whose text names the move. */
export function named(code: 'NOT_YOUR_TICKET' | 'COMPLAINT_ONLY', action: string): Refusal {
  const label = ticketLifecycle.moves.find((move) => move.action === action)?.label;
  return new Refusal(code, {
    values: (locale) => ({ action: label ? say(label, locale) : action }),
  });
}

/** Whether the table has the move at all. */
export const isLegal = (status: TicketStatus, action: TicketAction): boolean =>
  moveFrom(ticketLifecycle, status, action) !== undefined;
