import type { Department } from '@desk/schema/tickets/enums';
import { request } from '../platform/client.ts';

/** Somebody who may be given a ticket, with what is on hand already. */
export interface Person {
  id: string;
  name: string;
  open: number;
  onDuty: boolean;
  absent: boolean;
}

/** A department with its load, and who of it can act where the tickets are. */
export interface Candidate {
  department: Department;
  open: number;
  people: Person[];
}

/** Departments and people that all of these tickets can be dispatched to (handbook T-04), by load. */
export async function dispatchCandidates(
  tickets: readonly string[],
  signal: AbortSignal,
): Promise<Candidate[]> {
  const asked = tickets.map(
    (id, index) =>
      `t${index}: ticketDispatchCandidates(ticket: ${JSON.stringify(id)}) { department open people { id name open onDuty absent } }`,
  );
  const answer = await request<Record<string, Candidate[]>>(
    `query dispatchCandidates { ${asked.join(' ')} }`,
    {},
    { signal },
  );
  const [first = [], ...others] = Object.values(answer);
  return others.reduce(together, first);
}

/** What both have, with the load of both. */
const together = (some: readonly Candidate[], more: readonly Candidate[]): Candidate[] =>
  some.flatMap(({ department, open, people }) => {
    const other = more.find((one) => one.department === department);
    if (!other) return [];
    const shared = people.flatMap((person) => {
      const same = other.people.find(({ id }) => id === person.id);
      return same ? [{ ...person, open: person.open + same.open }] : [];
    });
    return [{ department, open: open + other.open, people: shared }];
  });
