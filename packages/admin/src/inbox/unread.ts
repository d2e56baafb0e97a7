import { resourceNamed } from '@desk/schema';
import type { NotificationKind } from '@desk/schema/notifications/enums';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onChange } from '../platform/changes.ts';
import { request } from '../platform/client.ts';
import { runAction } from '../platform/mutations.ts';
import { currentViewer, may } from '../platform/viewer.ts';

/** Somebody was told something, and has not looked at it yet. */
export interface Unread {
  id: string;
  version: number;
  kind: NotificationKind;
  title: string;
  about: string | null;
  dueAt: string | null;
  createdAt: string;
  /** Public id of what it is about. */
  subject: string;
  community: { id: string };
}

export interface Inbox {
  count: number;
  newest: Unread[];
}

/** Lines of the menu. */
const shown = 10;
/** However many escalations come in a second, a desk asks for its own at most this often. */
const calmMs = 4_000;
/** What a lost message missed comes with this. */
const lookMs = 60_000;
const key = ['inbox'] as const;

const document = `query inbox($filter: NotificationFilter, $first: Int) { page: notifications(first: $first, filter: $filter, orderBy: { field: CREATED_AT, direction: DESC }) { totalCount nodes { id version kind title about dueAt createdAt subject community { id } } } }`;

interface Answer {
  page: { totalCount: number; nodes: Unread[] };
}

async function read(viewer: string, signal: AbortSignal): Promise<Inbox> {
  const filter = { recipient: { eq: viewer }, seenAt: { isNull: true } };
  const { page } = await request<Answer>(document, { filter, first: shown }, { signal, renew: false });
  return { count: page.totalCount, newest: page.nodes };
}

/** What the viewer was told and has not seen, live. */
export function useInbox(): Inbox | undefined {
  const queries = useQueryClient();
  const viewer = currentViewer()?.id;
  const owner = resourceNamed('notifications');
  useEffect(() => calmly(queries), [queries]);
  const { data } = useQuery({
    queryKey: [...key, viewer],
    enabled: viewer !== undefined && owner !== undefined && may(owner, 'read'),
    queryFn: ({ signal }) => read(viewer ?? '', signal),
    refetchInterval: lookMs,
  });
  return data;
}

/** Asks again after a change of any notification, not more often than `calmMs`, and not all desks at the same moment. */
function calmly(queries: QueryClient): () => void {
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unlisten = onChange('notifications', () => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        asked = Date.now();
        void queries.invalidateQueries({ queryKey: key });
      },
      Math.max(0, asked + calmMs - Date.now()) + Math.random() * 300,
    );
  });
  return () => {
    clearTimeout(timer);
    unlisten();
  };
}

/** Marks what was told as seen; it leaves the badge at once. What is refused comes back with the next look. */
export async function see(queries: QueryClient, entries: readonly Unread[]): Promise<void> {
  const owner = resourceNamed('notifications');
  if (!owner) return;
  const ids = new Set(entries.map(({ id }) => id));
  queries.setQueriesData<Inbox>({ queryKey: key }, (inbox) =>
    inbox
      ? {
          ...inbox,
          count: Math.max(0, inbox.count - ids.size),
          newest: inbox.newest.filter(({ id }) => !ids.has(id)),
        }
      : inbox,
  );
  await Promise.allSettled(
    entries.map(({ id, version }) => runAction(owner, 'notificationSee', { id, version })),
  );
  await queries.invalidateQueries({ queryKey: key });
}
