import { type Assignment, inScope, moveFrom, type Role, rolesFor, say, scopeOf } from '@desk/schema';
import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import {
  type Department,
  departmentRoles,
  kindsOnSite,
  kindsRevisited,
  type TicketKind,
  ticketHeads,
} from '@desk/schema/tickets/enums';
import { type TicketAction, type TicketStatus, ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { Refusal } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';

/** What the rules of a move look at. Ids are UUIDs. */
export interface Facts {
  status: TicketStatus;
  kind: TicketKind;
  department: Department | null;
  assigneeId: string | null;
  communityId: string;
  buildingId: string | null;
}

/** Roles that may write down what the worker phoned in or brought back on paper; the history shows who entered it. */
const recorders: readonly Role[] = ['FRONT_DESK', 'STEWARD'];
const handled: ReadonlySet<string> = new Set<TicketAction>(['accept', 'arrive', 'finish', 'signOff']);

const holds = (
  assignments: readonly Assignment[],
  roles: Iterable<Role>,
  place: Pick<Facts, 'communityId' | 'buildingId'>,
): boolean => inScope(scopeOf(assignments, new Set(roles), ticketDescriptor.scope), place);

/** Whether somebody with these roles can be given a ticket of this place: he must be able to accept it. */
export const canTake = (
  assignments: readonly Assignment[],
  place: Pick<Facts, 'communityId' | 'buildingId'>,
): boolean => holds(assignments, rolesFor(ticketDescriptor, 'accept'), place);

/** What stands in the way of a move besides state and role; undefined when nothing does. */
export function obstacleTo(viewer: Viewer, action: string, facts: Facts): Refusal | undefined {
  if (handled.has(action) && !mayHandle(viewer, action, facts)) return notYours(action);
  if (action === 'finish' && facts.status !== 'ON_SITE' && kindsOnSite.includes(facts.kind))
    return new Refusal('ARRIVAL_REQUIRED');
  if (action === 'close' && facts.status !== 'REVISITED' && kindsRevisited.includes(facts.kind))
    return new Refusal('REVISIT_REQUIRED');
  return undefined;
}

/**
 * A ticket is worked on by the person it was given to; while nobody is named, by whoever of the department takes it;
 * always by a supervisor and above. Accepting is personal, the later steps may be written down by the desk.
 */
function mayHandle({ actor, assignments }: Viewer, action: string, facts: Facts): boolean {
  const { assigneeId, department } = facts;
  if (assigneeId !== null && assigneeId === actor.id) return true;
  if (holds(assignments, ticketHeads, facts)) return true;
  if (action !== 'accept' && holds(assignments, recorders, facts)) return true;
  return assigneeId === null && department !== null && holds(assignments, departmentRoles[department], facts);
}

function notYours(action: string): Refusal {
  const label = ticketLifecycle.moves.find((move) => move.action === action)?.label;
  return new Refusal('NOT_YOUR_TICKET', {
    values: (locale) => ({ action: label ? say(label, locale) : action }),
  });
}

/** Whether the table has the move at all. */
export const isLegal = (status: TicketStatus, action: TicketAction): boolean =>
  moveFrom(ticketLifecycle, status, action) !== undefined;
