import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from '../../platform/client.ts';
import { inputsOf } from '../../platform/model.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { orderName } from '../../platform/query.ts';
import { currentViewer, may } from '../../platform/viewer.ts';
import type { RecordAction } from '../../ui/actions.ts';
import type { RowQuery } from './rows.ts';
import { deskTexts } from './texts.ts';
import type { DeskView } from './views.ts';

interface SavedView extends DeskRecord {
  version: number;
  name: string;
  filter: string;
  sort: string | null;
  descending: boolean;
  sharedWith: string[];
  owner: { id: string };
}

/** A view that somebody saved, as the desk offers it. */
export interface OfferedView extends DeskView {
  record: SavedView;
  mine: boolean;
}

const document = `query deskViews { savedViews(first: 100, filter: { resource: { eq: "tickets" } }, orderBy: { field: NAME }) { nodes { id version name filter sort descending sharedWith owner { id } } } }`;
const none: never[] = [];

/** One's own views, and those that are shared with one's roles. */
export function useSavedViews(): readonly OfferedView[] {
  const owner = resourceNamed('savedViews');
  const { data } = useQuery({
    // The first word makes live events of views refresh it.
    queryKey: ['savedViews', 'desk'],
    enabled: owner !== undefined && may(owner, 'read'),
    queryFn: ({ signal }) => request<{ savedViews: { nodes: SavedView[] } }>(document, {}, { signal }),
  });
  const nodes = data?.savedViews.nodes;
  return useMemo(() => nodes?.map(offered) ?? none, [nodes]);
}

function offered(record: SavedView): OfferedView {
  const { id, name, sort, descending } = record;
  return {
    id,
    // A name is what its owner called it, in any language.
    label: { zh: name, en: name },
    filter: parsed(record.filter),
    ...(sort && { orderBy: { field: orderName(sort), direction: descending ? 'DESC' : 'ASC' } }),
    record,
    mine: record.owner.id === currentViewer()?.id,
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** What a saved view keeps of the desk: `RECEIVED_AT` is `receivedAt` in the descriptor. */
export function keptOf({ filter, orderBy }: RowQuery) {
  const sort = orderBy.field.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return {
    resource: 'tickets',
    filter: JSON.stringify(filter),
    sort,
    descending: orderBy.direction === 'DESC',
  };
}

/** Asked when a view is saved: its name, who else sees it, and where. */
export function saveAction(owner: ResourceDescriptor): RecordAction {
  const asked = new Set(['name', 'community', ...(may(owner, 'share') ? ['sharedWith'] : [])]);
  return {
    name: 'create',
    mutation: 'savedViewCreate',
    label: deskTexts.saveView,
    danger: false,
    allowed: true,
    inputs: inputsOf(owner, 'savedViewCreate').filter(({ name }) => asked.has(name)),
  };
}

export const removeAction: RecordAction = {
  name: 'remove',
  mutation: 'savedViewRemove',
  label: deskTexts.removeView,
  danger: true,
  allowed: true,
  inputs: [],
};
