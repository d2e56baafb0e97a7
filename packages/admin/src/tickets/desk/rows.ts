import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { request } from '../../platform/client.ts';
import { learnServerTime } from '../../platform/clock.ts';
import { has } from '../../platform/model.ts';
import type { Promised } from './promise.ts';

/** One line of the list. */
export interface TicketRow extends Promised {
  id: string;
  version: number;
  number: string;
  status: string;
  kind: string;
  urgent: boolean;
  title: string;
  location: string | null;
  department: string | null;
  receivedAt: string;
  unit: { id: string; fullName: string } | null;
  assignee: { id: string; name: string } | null;
  community: { id: string };
}

export interface RowQuery {
  filter: Record<string, unknown>;
  orderBy: { field: string; direction: 'ASC' | 'DESC' };
}

interface RowPage {
  nodes: TicketRow[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
  totalCountPrecision: 'EXACT' | 'AT_LEAST';
}

export const pageSize = 50;
/** What the clock alone moves, and what a lost message missed, comes with this. */
const refetchMs = 60_000;

/** The fields of a line; the same text for all clerks, so that the server works once for all of them. */
export function rowSelection(): string {
  const promised = ['promiseState', 'nextDueAt'].filter((field) => has('Ticket', field)).join(' ');
  return `id version number status kind urgent title location department receivedAt ${promised} unit { id fullName } assignee { id name } community { id }`;
}

const document = () =>
  `query deskRows($first: Int!, $after: String, $filter: TicketFilter, $orderBy: TicketOrder) { serverTime page: tickets(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { nodes { ${rowSelection()} } pageInfo { hasNextPage endCursor } totalCount totalCountPrecision } }`;

/** All lists of the desk in the query cache. Not under `tickets`: each event would make everybody read their list again. */
export const rowsKey = ['desk rows'] as const;

async function readPage(query: RowQuery, after: string | null, signal: AbortSignal): Promise<RowPage> {
  const sentAt = Date.now();
  const { page, serverTime } = await request<{ page: RowPage; serverTime: string }>(
    document(),
    { first: pageSize, after, ...query },
    { signal },
  );
  learnServerTime(serverTime, sentAt);
  return page;
}

/** Puts what the server told of a ticket into every list that shows it. */
export function patchRow(queries: QueryClient, row: TicketRow): void {
  queries.setQueriesData<RowPage>({ queryKey: rowsKey }, (page) =>
    page?.nodes.some(({ id }) => id === row.id)
      ? { ...page, nodes: page.nodes.map((node) => (node.id === row.id ? row : node)) }
      : page,
  );
}

export interface Rows {
  rows: readonly TicketRow[];
  /** Of all that match; undefined until the first page is there. */
  total: number | undefined;
  precision: 'EXACT' | 'AT_LEAST';
  more: boolean;
  pending: boolean;
  error: Error | null;
  retry(): void;
  /** Which lines are on screen: only their pages are kept fresh, and the next one is fetched in time. */
  look(first: number, last: number): void;
}

/** Lines near the end of what is loaded make the next page come. */
const ahead = 15;

/** The tickets of a query, page by page behind cursors; ten thousand of them cost as much as the pages looked at. */
export function useRows(query: RowQuery): Rows {
  const queries = useQueryClient();
  const list = JSON.stringify(query);
  /** Where each known page starts. The start of a page is the end of the one before it, as it was last read. */
  const [starts, setStarts] = useState<{ list: string; cursors: (string | null)[] }>({
    list,
    cursors: [null],
  });
  const [seen, setSeen] = useState({ from: 0, to: 0 });
  const cursors = starts.list === list ? starts.cursors : [null];
  const from = Math.min(seen.from, cursors.length - 1);
  const shown = cursors.slice(from, Math.min(seen.to, cursors.length - 1) + 1);
  const key = (after: string | null) => [...rowsKey, list, after];
  const read = useQueries({
    queries: shown.map((after) => ({
      queryKey: key(after),
      queryFn: ({ signal }: { signal: AbortSignal }) => readPage(query, after, signal),
      refetchInterval: refetchMs,
      retry: false,
    })),
  });
  /** What each page showed last: a page that begins elsewhere now keeps its lines until the new ones are there. */
  const last = useRef<{ list: string; pages: (RowPage | undefined)[] }>({ list, pages: [] });
  if (last.current.list !== list) last.current = { list, pages: [] };
  const pages = cursors.map(
    (after, index) =>
      read[index - from]?.data ?? queries.getQueryData<RowPage>(key(after)) ?? last.current.pages[index],
  );
  last.current.pages = pages;
  const ends = pages.map((page) => (page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null)).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ends say when the pages have moved
  useEffect(() => {
    const next: (string | null)[] = [null];
    for (const page of pages.slice(0, -1)) {
      const end = page?.pageInfo.endCursor;
      if (!page?.pageInfo.hasNextPage || !end) break;
      next.push(end);
    }
    if (next.join(' ') !== cursors.join(' ')) setStarts({ list, cursors: next });
  }, [ends, list]);
  const rows = useFlat(pages);
  const first = pages[0];
  const final = pages.at(-1);
  return {
    rows,
    total: first?.totalCount,
    precision: first?.totalCountPrecision ?? 'EXACT',
    more: Boolean(final?.pageInfo.hasNextPage),
    pending: first === undefined && read.some(({ isPending }) => isPending),
    error: read.find(({ error }) => error)?.error ?? null,
    retry: () => void queries.invalidateQueries({ queryKey: rowsKey }),
    look: (top, bottom) => {
      const wanted = { from: Math.floor(top / pageSize), to: Math.floor((bottom + ahead) / pageSize) };
      if (wanted.from !== seen.from || wanted.to !== seen.to) setSeen(wanted);
      const end = final?.pageInfo.endCursor;
      if (final?.pageInfo.hasNextPage && end && wanted.to >= cursors.length)
        setStarts({ list, cursors: [...cursors, end] });
    },
  };
}

/** The lines of all pages, made anew only when a page has changed. */
function useFlat(pages: readonly (RowPage | undefined)[]): readonly TicketRow[] {
  const made = useRef<{ pages: readonly (RowPage | undefined)[]; rows: TicketRow[] }>({
    pages: [],
    rows: [],
  });
  const { pages: before } = made.current;
  if (before.length !== pages.length || pages.some((page, index) => page !== before[index])) {
    const known = new Map<string, TicketRow>();
    // A ticket that has moved may stand in two pages until both are read again: the first place counts.
    for (const page of pages)
      for (const row of page?.nodes ?? []) if (!known.has(row.id)) known.set(row.id, row);
    made.current = { pages, rows: [...known.values()] };
  }
  return made.current.rows;
}
