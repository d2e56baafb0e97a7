import type { ResourceDescriptor } from '@desk/schema';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { withoutEmpty } from '../../platform/query.ts';
import type { RowQuery } from './rows.ts';
import { builtInViews, type DeskView, orders } from './views.ts';

/** What the address says: which tickets, in which order, which one is open. A reload or a link shows the same desk. */
export function useDeskState(owner: ResourceDescriptor, saved: readonly DeskView[], usual: string) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const views = useMemo(() => [...builtInViews(owner), ...saved], [owner, saved]);
  const text = params.get('filter');
  const custom = useMemo(() => parsed(text), [text]);
  const view = views.find(({ id }) => id === (params.get('view') ?? usual)) ?? views[0];
  const order = orders.find(({ id }) => id === params.get('order'));
  const search = params.get('search') ?? '';
  const filter = custom ?? view?.filter ?? {};
  const query: RowQuery = useMemo(
    () => ({
      filter: withoutEmpty({ ...filter, search: search || filter.search }),
      orderBy: order?.orderBy ?? view?.orderBy ?? (orders[0] as (typeof orders)[number]).orderBy,
    }),
    [filter, search, order, view],
  );
  const set = (changes: Record<string, string | undefined>, push = false) => {
    const next = new URLSearchParams([...params].filter(([name]) => kept.has(name)));
    for (const [name, value] of Object.entries(changes))
      if (value) next.set(name, value);
      else next.delete(name);
    // Also from the address of a new ticket: once something is opened, that page is left.
    navigate({ pathname: `/${owner.name}`, search: next.toString() }, { replace: !push });
  };
  return {
    views,
    view: custom ? undefined : view,
    filter,
    order: order?.id ?? '',
    search,
    query,
    opened: params.get('ticket') ?? undefined,
    set,
  };
}

/** What stays in the address; who rings belongs to the one new ticket. */
const kept = new Set(['view', 'filter', 'order', 'search', 'ticket']);

function parsed(text: string | null): Record<string, unknown> | undefined {
  try {
    const value: unknown = text ? JSON.parse(text) : undefined;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
