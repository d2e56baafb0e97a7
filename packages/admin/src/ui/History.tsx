import { type ResourceDescriptor, say } from '@desk/schema';
import { Box, Button, Card, CardContent, Stack, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../platform/client.ts';
import { formatDateTime } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { deedLabels, humanise } from '../platform/labels.ts';
import { fieldsOf, has } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { selectAll } from '../platform/query.ts';
import { sdl } from '../platform/sdl.ts';
import { communityOf } from '../platform/viewer.ts';
import { Failure } from './Failure.tsx';
import { HistoryValue } from './HistoryValue.tsx';

interface Entry {
  id?: string;
  at: string;
  type: string;
  actor?: { name?: string | null; kind?: string } | null;
  reason?: string | null;
  changes?: { field: string; from?: unknown; to?: unknown }[] | null;
}
interface HistoryPage {
  nodes: Entry[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const perPage = 20;
/** Entries before the first "show more": the latest matter, and the page stays short. */
const shownFirst = 4;

function documentFor(owner: ResourceDescriptor): string {
  const connection = sdl.types[owner.type]?.history?.type ?? '';
  const entry = selectAll(sdl.types[connection]?.nodes?.type ?? '');
  return `query ${owner.resource}History($id: ID!, $first: Int, $after: String) { record: ${owner.resource}(id: $id) { history(first: $first, after: $after) { nodes { ${entry} } pageInfo { hasNextPage endCursor } } } }`;
}

/** Who did what to the record, when and why, the latest first (handbook P-6). */
export function History({ owner, record }: { owner: ResourceDescriptor; record: DeskRecord }) {
  const { t } = useSay();
  const [all, setAll] = useState(false);
  const { data, fetchNextPage, hasNextPage, isPending, error, refetch } = useInfiniteQuery({
    queryKey: [owner.name, 'history', { id: record.id }],
    enabled: has(owner.type, 'history'),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const answer = await request<{ record: { history: HistoryPage } | null }>(
        documentFor(owner),
        { id: record.id, first: perPage, after: pageParam },
        { signal },
      );
      return answer.record?.history ?? { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
    },
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
  });
  if (!has(owner.type, 'history')) return null;
  const known = data?.pages.flatMap(({ nodes }) => nodes) ?? [];
  const entries = all ? known : known.slice(0, shownFirst);
  return (
    <Card variant="outlined" component="section">
      <CardContent>
        <Typography variant="h6" component="h2" gutterBottom>
          {t('history')}
        </Typography>
        <Failure error={error} retry={refetch} />
        {!isPending && !error && entries.length === 0 && (
          <Typography color="textSecondary">{t('noHistory')}</Typography>
        )}
        <Stack component="ol" sx={{ m: 0, p: 0, gap: 2, listStyle: 'none' }}>
          {entries.map((entry) => (
            <Line key={entry.id ?? `${entry.at}${entry.type}`} owner={owner} record={record} entry={entry} />
          ))}
        </Stack>
        {(hasNextPage || entries.length < known.length) && (
          <Button onClick={() => (all ? void fetchNextPage() : setAll(true))}>{t('more')}</Button>
        )}
      </CardContent>
    </Card>
  );
}

function Line({ owner, record, entry }: { owner: ResourceDescriptor; record: DeskRecord; entry: Entry }) {
  const { t, tell, locale } = useSay();
  const fields = new Map(fieldsOf(owner).map((field) => [field.name, field]));
  const action = entry.type.split('.').at(-1) ?? entry.type;
  const label =
    owner.lifecycle?.moves.find((move) => move.action === action)?.label ??
    owner.actions?.[action]?.label ??
    deedLabels[action];
  // What a job did has the job's name for a reason, which tells a reader nothing.
  const byItself = entry.actor?.kind === 'SYSTEM';
  // A new record's lines repeat what the page shows: only changes are told one by one.
  const changes = (action === 'created' ? [] : (entry.changes ?? [])).filter(
    ({ from, to }) => JSON.stringify(from) !== JSON.stringify(to),
  );
  return (
    <Box component="li" sx={{ borderLeft: 2, borderColor: 'divider', pl: 1.5 }}>
      <Typography variant="body2">
        <strong>{label ? tell(label) : humanise(action)}</strong> ·{' '}
        {byItself ? t('system') : (entry.actor?.name ?? t('system'))}
      </Typography>
      <Typography variant="caption" color="textSecondary" component="time" dateTime={entry.at}>
        {formatDateTime(entry.at, communityOf(record).timeZone)}
      </Typography>
      {changes.map(({ field: name, from, to }) => {
        const field = fields.get(name);
        return (
          // A state is drawn as a chip, which no paragraph may hold.
          <Typography variant="body2" component="div" key={name} sx={{ overflowWrap: 'anywhere' }}>
            {field ? tell(field.label) : say({ zh: name, en: name }, locale)}:{' '}
            <HistoryValue field={field} value={from} record={record} owner={owner} /> →{' '}
            <HistoryValue field={field} value={to} record={record} owner={owner} />
          </Typography>
        );
      })}
      {entry.reason && !byItself && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {t('reason')}: {entry.reason}
        </Typography>
      )}
    </Box>
  );
}
