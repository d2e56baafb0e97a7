import { resourceNamed } from '@desk/schema';
import { request } from '../../platform/client.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { rowSelection, type TicketRow } from '../desk/rows.ts';

/** A ticket that another one may be joined to. */
export interface Candidate extends TicketRow {
  /** How many tickets it covers already. */
  coveredTickets: { totalCount: number };
}

/** What another ticket is looked for: the one that says the same, or the matter that covers many. */
export type Search = 'DUPLICATE' | 'INCIDENT';

type Filter = Record<string, unknown>;
interface Page {
  nodes: Candidate[];
}

const idOf = (value: unknown): string | undefined => (value as { id?: string } | null | undefined)?.id;

/** Tickets of the same community that have not ended; an incident is covered by none itself. */
function possible(record: DeskRecord, search: Search): Filter {
  const ended = resourceNamed('tickets')?.lifecycle?.final ?? [];
  return {
    community: { eq: idOf(record.community) },
    status: { notIn: ended },
    id: { notIn: [record.id] },
    ...(search === 'INCIDENT' && { incident: { isNull: true } }),
  };
}

/** Where one looks before typing anything: duplicates in the same unit, incidents in the building or outside of any. */
function nearby(record: DeskRecord, search: Search): Filter {
  const unit = idOf(record.unit);
  const building = idOf(record.building);
  if (search === 'DUPLICATE' && unit) return { unit: { eq: unit } };
  return building ? { or: [{ building: { eq: building } }, { building: { isNull: true } }] } : {};
}

const nodes = () => `nodes { ${rowSelection()} coveredTickets(first: 1) { totalCount } }`;

/** The tickets that come to mind first. */
export async function nearCandidates(
  record: DeskRecord,
  search: Search,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const filter = { ...possible(record, search), ...nearby(record, search) };
  const { page } = await request<{ page: Page }>(
    `query nearCandidates($filter: TicketFilter) { page: tickets(first: 20, filter: $filter, orderBy: { field: RECEIVED_AT, direction: DESC }) { ${nodes()} } }`,
    { filter },
    { signal },
  );
  const many = (one: Candidate) => one.coveredTickets.totalCount;
  return search === 'DUPLICATE' ? page.nodes : page.nodes.sort((one, other) => many(other) - many(one));
}

/** By number, words, reporter; or by the unit that the words name. */
export async function findCandidates(
  record: DeskRecord,
  search: Search,
  text: string,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const filter = possible(record, search);
  const { byText, units } = await request<{ byText: Page; units: { nodes: { tickets: Page }[] } }>(
    `query findCandidates($text: String!, $found: TicketFilter, $open: TicketFilter) {
      byText: tickets(first: 15, filter: $found, orderBy: { field: RECEIVED_AT, direction: DESC }) { ${nodes()} }
      units(first: 3, filter: { search: $text }) { nodes { tickets(first: 8, filter: $open) { ${nodes()} } } } }`,
    { text, found: { ...filter, search: text }, open: filter },
    { signal },
  );
  const all = [...byText.nodes, ...units.nodes.flatMap(({ tickets }) => tickets.nodes)];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
