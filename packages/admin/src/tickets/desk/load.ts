import { type Assignment, inScope, resourceNamed, scopeFor } from '@desk/schema';
import { request } from '../../platform/client.ts';

/** Somebody who may be given a ticket, with what is on their desk already. */
export interface Worker {
  id: string;
  name: string;
  open: number;
}

interface StaffAnswer {
  staffMembers: { nodes: { id: string; name: string; active: boolean; assignments: Assignment[] }[] };
}

/** Aliases of one request; the API refuses much longer documents. */
const perRequest = 25;

const open = () => JSON.stringify(resourceNamed('tickets')?.lifecycle?.final ?? []).replaceAll('"', '');

/** Counts open tickets for several values of a filter field at once. */
async function counts(field: 'assignee' | 'department', values: readonly string[], signal: AbortSignal) {
  const found = new Map<string, number>();
  for (let at = 0; at < values.length; at += perRequest) {
    const part = values.slice(at, at + perRequest);
    const spelled = (value: string) => (field === 'department' ? value : JSON.stringify(value));
    const asked = part.map(
      (value, index) =>
        `n${index}: tickets(first: 1, filter: { ${field}: { eq: ${spelled(value)} }, status: { notIn: ${open()} } }) { totalCount }`,
    );
    const answer = await request<Record<string, { totalCount: number }>>(
      `query load { ${asked.join(' ')} }`,
      {},
      { signal },
    );
    for (const [index, value] of part.entries()) found.set(value, answer[`n${index}`]?.totalCount ?? 0);
  }
  return found;
}

/** People who may work on tickets of these communities, those with the least on their desk first. */
export async function workers(communities: readonly string[], signal: AbortSignal): Promise<Worker[]> {
  const owner = resourceNamed('tickets');
  const { staffMembers } = await request<StaffAnswer>(
    'query workers { staffMembers(first: 100, filter: { active: { eq: true } }) { nodes { id name active assignments { role communityId buildingIds } } } }',
    {},
    { signal },
  );
  const able = staffMembers.nodes.filter(({ assignments }) => {
    if (!owner) return false;
    const scope = scopeFor(assignments, owner, 'accept');
    return communities.every(
      (communityId) => inScope(scope, { communityId }) || scope.buildingIds.length > 0,
    );
  });
  const loads = await counts(
    'assignee',
    able.map(({ id }) => id),
    signal,
  );
  return able
    .map(({ id, name }) => ({ id, name, open: loads.get(id) ?? 0 }))
    .sort((one, other) => one.open - other.open);
}

export const departmentLoads = (departments: readonly string[], signal: AbortSignal) =>
  counts('department', departments, signal);
