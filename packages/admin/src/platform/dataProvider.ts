import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed } from '@desk/schema';
import {
  type DataProvider,
  type GetListResult,
  HttpError,
  type PaginationPayload,
  type SortPayload,
} from 'ra-core';
import { request } from './client.ts';
import { Cursors, type PageInfo } from './cursors.ts';
import { sayNow } from './i18n/index.ts';
import { type DeskRecord, runAction, type Values } from './mutations.ts';
import {
  accepts,
  orderName,
  type PageVariables,
  type Parent,
  pageDocument,
  recordDocument,
  recordsDocument,
  selectionOf,
  type View,
  withoutEmpty,
} from './query.ts';
import { hiddenFrom } from './viewer.ts';

interface Connection {
  nodes?: DeskRecord[];
  pageInfo: PageInfo;
  totalCount?: number;
  totalCountPrecision?: 'EXACT' | 'AT_LEAST';
}
type PageAnswer = { page?: Connection; parent?: { page: Connection } | null };

interface PageParams {
  pagination?: PaginationPayload;
  sort?: SortPayload;
  filter?: Values;
  meta?: { view?: View };
  signal?: AbortSignal;
}

const cursors = new Cursors();

function ownerOf(name: string): ResourceDescriptor {
  const owner = resourceNamed(name);
  if (!owner) throw new HttpError(`unknown resource ${name}`, 404);
  return owner;
}

const select = (owner: ResourceDescriptor, view: View = 'full') =>
  selectionOf(owner, view, hiddenFrom(owner));

function variablesOf(
  owner: ResourceDescriptor,
  params: PageParams,
  parent?: Parent,
): Omit<PageVariables, 'first' | 'after'> {
  const filter = withoutEmpty(params.filter ?? {});
  const { field, order } = params.sort ?? {
    field: owner.defaultSort.field,
    order: owner.defaultSort.direction,
  };
  return {
    ...(Object.keys(filter).length && accepts(owner, parent, 'filter') && { filter }),
    ...(field !== 'id' &&
      accepts(owner, parent, 'orderBy') && { orderBy: { field: orderName(field), direction: order } }),
  };
}

/** One page of a connection, at the root or on a parent record. Filters are GraphQL filters as they are. */
async function getPage(
  resource: string,
  params: PageParams,
  parent?: Parent,
): Promise<GetListResult<DeskRecord>> {
  const owner = ownerOf(resource);
  const { page = 1, perPage = 25 } = params.pagination ?? {};
  const variables = variablesOf(owner, params, parent);
  const list = JSON.stringify([resource, parent?.resource.name, parent?.id, parent?.field, variables]);
  const offset = (page - 1) * perPage;
  const run = async (document: string, first: number, after: string | null) => {
    const answer = await request<PageAnswer>(
      document,
      { ...variables, first, after, id: parent?.id },
      { signal: params.signal },
    );
    const found = parent ? answer.parent?.page : answer.page;
    if (!found) throw new HttpError(sayNow('notFound'), 404);
    return found;
  };
  const bare = pageDocument(owner, '', { ...(parent && { parent }), count: false });
  const after = await cursors.find(
    list,
    offset,
    async (first, from) => (await run(bare, first, from)).pageInfo,
  );
  // The list has become shorter than the page that was asked for: its last page is shown empty, with a way back.
  if (after === undefined) return { data: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } };
  const document = pageDocument(owner, `nodes { ${select(owner, params.meta?.view)} }`, parent && { parent });
  const found = await run(document, perPage, after);
  cursors.learn(list, offset + perPage, found.pageInfo.endCursor);
  return {
    data: found.nodes ?? [],
    ...(found.totalCount !== undefined && { total: found.totalCount }),
    pageInfo: { hasNextPage: found.pageInfo.hasNextPage, hasPreviousPage: page > 1 },
    meta: { precision: found.totalCountPrecision ?? 'EXACT' },
  };
}

const unsupported = async (): Promise<never> => {
  throw new HttpError('records are never deleted or changed in bulk', 400);
};

/**
 * react-admin's data provider over the API. `meta.view` chooses how much of a record is read (`full` by default).
 * For `getManyReference`, `target` is either a filter field (`unit`) or a connection of the parent (`units.tickets`).
 */
export const dataProvider = {
  supportAbortSignal: true,
  getList: (resource: string, params: PageParams) => getPage(resource, params),

  getManyReference: (resource: string, params: PageParams & { target: string; id: string }) => {
    const [parentName = '', field] = params.target.split('.');
    if (!field)
      return getPage(resource, {
        ...params,
        filter: { ...params.filter, [params.target]: { eq: params.id } },
      });
    return getPage(resource, params, { resource: ownerOf(parentName), id: params.id, field });
  },

  getOne: async (resource: string, params: { id: string; meta?: { view?: View }; signal?: AbortSignal }) => {
    const owner = ownerOf(resource);
    const document = recordDocument(owner, select(owner, params.meta?.view));
    const { record } = await request<{ record: DeskRecord | null }>(
      document,
      { id: params.id },
      { signal: params.signal },
    );
    if (!record) throw new HttpError(sayNow('notFound'), 404);
    return { data: record };
  },

  getMany: async (
    resource: string,
    params: { ids: string[]; meta?: { view?: View }; signal?: AbortSignal },
  ) => {
    const owner = ownerOf(resource);
    const document = recordsDocument(owner, select(owner, params.meta?.view));
    const { records } = await request<{ records: (DeskRecord | null)[] }>(
      document,
      { ids: params.ids },
      { signal: params.signal },
    );
    return { data: records.filter((record) => record?.id !== undefined) as DeskRecord[] };
  },

  create: async (resource: string, { data }: { data: Values }) => {
    const owner = ownerOf(resource);
    return { data: (await runAction(owner, owner.create ?? '', data)).record };
  },

  update: async (resource: string, { id, data }: { id: string; data: Values }) => {
    const owner = ownerOf(resource);
    return { data: (await runAction(owner, owner.update ?? '', { ...data, id })).record };
  },

  updateMany: unsupported,
  delete: unsupported,
  deleteMany: unsupported,
} as unknown as DataProvider; // react-admin's methods are generic per call; here every record is a DeskRecord.
