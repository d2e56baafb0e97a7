import type { Assignment } from '@desk/schema';
import { type Department, departmentNames, kindDepartments } from '@desk/schema/tickets/enums';
import type { Run } from '../../platform/db/database.ts';
import { Reader } from '../../platform/read/reader.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { absentAmong, onDutyAmong } from '../policies/index.ts';
import { assignmentsOf, Staff } from '../staff/index.ts';
import { belongsTo, canTake } from './handling.ts';
import { placeOfTicket } from './moving.ts';
import type { Ticket } from './ticket.entity.ts';
import { TicketProblem } from './ticket-problem.entity.ts';

export interface Candidate {
  /** UUID. */
  id: string;
  name: string;
  /** Tickets of the community that were given to this person and are not done. */
  open: number;
  onDuty: boolean;
  absent: boolean;
}

export interface Load {
  department: Department;
  /** Tickets of the community that the department has and has not done. */
  open: number;
  people: Candidate[];
}

interface Place {
  communityId: string;
  buildingId: string | null;
}

/** The departments with those who can act at a place, and what each has on hand: what a dispatcher looks at (handbook T-04). */
export async function loadsAt(run: Run, viewer: Viewer, place: Place, at: Date): Promise<Load[]> {
  const staff = await run(
    `select distinct s.id, s.name from staff s join role_assignment a on a.staff_id = s.id
     where s.active and (a.community_id is null or a.community_id = $1) order by s.name, s.id`,
    [place.communityId],
  );
  const ids = staff.map(([id]) => String(id));
  const reader = new Reader(viewer, 'en', run);
  const roles = await assignmentsOf(reader, ids);
  const onHand = await onHandAt(run, place.communityId);
  const onDuty = await onDutyAmong(run, ids, { ...place, at });
  const absent = await absentAmong(run, ids, at);
  const people = staff.map(([id, name], index) => ({
    assignments: roles[index] ?? [],
    candidate: {
      id: String(id),
      name: String(name),
      open: onHand.byPerson.get(String(id)) ?? 0,
      onDuty: onDuty.has(String(id)),
      absent: absent.has(String(id)),
    },
  }));
  const takes = (assignments: readonly Assignment[], department: Department) =>
    canTake(assignments, place) && belongsTo(assignments, department, place);
  return departmentNames.map((department) => ({
    department,
    open: onHand.byDepartment.get(department) ?? 0,
    people: people
      .filter(({ assignments }) => takes(assignments, department))
      .map(({ candidate }) => candidate)
      .sort(byPreference),
  }));
}

/** Who is there comes first, then who has least on hand; the name makes it certain. */
const byPreference = (one: Candidate, other: Candidate): number =>
  Number(one.absent) - Number(other.absent) ||
  Number(other.onDuty) - Number(one.onDuty) ||
  one.open - other.open ||
  (one.id < other.id ? -1 : 1);

async function onHandAt(run: Run, communityId: string) {
  const rows = await run(
    `select department, assignee_id, count(*)::int from ticket
     where community_id = $1 and status in ('DISPATCHED', 'ACCEPTED', 'ON_SITE', 'REWORK') group by 1, 2`,
    [communityId],
  );
  const [byDepartment, byPerson] = [new Map<string, number>(), new Map<string, number>()];
  const add = (map: Map<string, number>, key: unknown, count: unknown) =>
    key === null ? map : map.set(String(key), (map.get(String(key)) ?? 0) + Number(count));
  for (const [department, person, count] of rows) {
    add(byDepartment, department, count);
    add(byPerson, person, count);
  }
  return { byDepartment, byPerson };
}

/**
 * Dispatch by rule (handbook T-04): the department of the catalogue's entry, else the kind's; in it whoever is on duty
 * and has least on hand. Nobody there: the department alone, whoever of it accepts first.
 */
export async function ruleFor(
  tx: Tx,
  ticket: Ticket,
): Promise<{ department: Department; assignee: Staff | null }> {
  const { problem, kind } = ticket;
  const entry = problem ? await tx.em.findOne(TicketProblem, { id: problem.id }) : null;
  const department = entry?.department ?? kindDepartments[kind];
  const run: Run = (text, values) => runInside(tx.em, text, values);
  const loads = await loadsAt(run, tx.viewer, placeOfTicket(ticket), tx.now);
  const [first] = loads.find((load) => load.department === department)?.people ?? [];
  const person = first && !first.absent ? tx.em.getReference(Staff, first.id) : null;
  return { department, assignee: person };
}
