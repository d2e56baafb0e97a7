import { type Assignment, hiddenFields } from '@desk/schema';
import {
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  parse,
} from 'graphql';
import { encodeId, splitId } from '../../../src/platform/ids.ts';
import type { Model } from '../../../src/platform/model.ts';
import { matches } from './filter.ts';
import {
  camel,
  instant,
  mayRead,
  mayReadSome,
  placeOf,
  type Raw,
  shown,
  snake,
  type Tables,
} from './tables.ts';

/** A record on its way through graphql-js; fields are looked up one by one. */
interface Record_ {
  __typename: string;
  raw: Raw;
}

interface Page {
  rows: { node: unknown; cursor: string }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  total?: number;
}

interface Args {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
  filter?: Record<string, unknown> | null;
  orderBy?: { field?: string | null; direction?: string | null } | null;
}

/** Answers one computed field of one record. */
export type Compute = (type: string, field: string, id: string) => Promise<unknown>;

export interface Reference {
  schema: GraphQLSchema;
  tables: Tables;
  assignments: readonly Assignment[];
  compute: Compute;
}

/** A cursor without its encoding: the order that it belongs to, and the row. */
export const cursorText = (order: string, id: string): string => `⟨${order} ${id}⟩`;
export function plainCursor(cursor: string): { order: string; id: string } {
  const [order, , id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, unknown, string];
  return { order, id };
}

const refused = (): never => {
  throw new GraphQLError('refused', { extensions: { code: 'FORBIDDEN' } });
};

/** The plain, slow way: graphql-js over the bare SDL, each field of each record resolved by itself from tables in memory. */
export async function answer(reference: Reference, source: string, variableValues: Record<string, unknown>) {
  const { schema } = reference;
  const fieldResolver: GraphQLFieldResolver<unknown, unknown, Args & { id?: string; ids?: string[] }> = (
    source_,
    args,
    _context,
    info,
  ) => {
    if (info.parentType.name === 'Query') return root(reference, args, info);
    if (isRecord(source_)) return field(reference, source_, args, info);
    return (source_ as Record<string, unknown>)[info.fieldName];
  };
  return execute({
    schema,
    document: parse(source),
    variableValues,
    fieldResolver,
    typeResolver: (value) => (value as Record_).__typename,
  });
}

const isRecord = (value: unknown): value is Record_ =>
  typeof value === 'object' && value !== null && 'raw' in value;

function root(
  reference: Reference,
  args: Args & { id?: string; ids?: string[] },
  info: GraphQLResolveInfo,
): unknown {
  const { tables } = reference;
  if (args.ids) return args.ids.map((id) => byId(reference, id));
  if (info.fieldName === 'node') return byId(reference, args.id ?? '');
  const one = tables.byResource.get(info.fieldName);
  if (one) {
    const parts = splitId(args.id ?? '');
    return parts?.prefix === one.descriptor.idPrefix ? record(reference, one, parts.uuid) : null;
  }
  const many = tables.byName.get(info.fieldName);
  if (!many) throw new Error(`the reference does not know Query.${info.fieldName}`);
  return list(reference, many, () => true, args);
}

function readable({ assignments }: Reference, { descriptor }: Model): void {
  if (!mayReadSome(assignments, descriptor)) refused();
}

function byId(reference: Reference, id: string): Record_ | null {
  const parts = splitId(id);
  const model = [...reference.tables.models.values()].find(
    ({ descriptor }) => descriptor.idPrefix === parts?.prefix,
  );
  return model && parts ? record(reference, model, parts.uuid) : null;
}

function record(reference: Reference, model: Model, uuid: string | null): Record_ | null {
  readable(reference, model);
  const raw = reference.tables.row(model.descriptor.type, uuid);
  return raw && mayRead(reference.assignments, model.descriptor, placeOf(model, raw))
    ? { __typename: model.descriptor.type, raw }
    : null;
}

function field(
  reference: Reference,
  { __typename, raw }: Record_,
  args: Args,
  info: GraphQLResolveInfo,
): unknown {
  const { tables, assignments, compute } = reference;
  const model = tables.models.get(__typename);
  if (!model) throw new Error(`no model for ${__typename}`);
  const name = info.fieldName;
  if (hiddenFields(model.descriptor, assignments).has(name)) refused();
  if (model.columns.has(name)) return shown(model, name, raw);
  const type = namedType(info.returnType);
  if (name === 'history') return history(reference, model, raw, args);
  if (type.name.endsWith('Connection')) {
    const child = tables.models.get(type.name.replace(/Connection$/, ''));
    if (!child) throw new Error(`no model for ${type.name}`);
    const column = keyColumns[`${__typename}.${name}`] ?? columnTo(reference, child, __typename);
    return list(reference, child, (row) => row[column] === raw.id, args);
  }
  const target = tables.models.get(type.name);
  if (target && !String(info.returnType).startsWith('['))
    return record(reference, target, raw[`${snake(name)}_id`] ?? null);
  return compute(__typename, name, encodeId(model.descriptor.idPrefix, raw.id ?? ''));
}

/** Lists whose column the types do not tell: of several references to the parent, or a key of many kinds. */
const keyColumns: Record<string, string> = {
  'Resident.calls': 'resident_id',
  'Ticket.coveredTickets': 'incident_id',
  'Ticket.escalations': 'subject_key',
  'Ticket.mergedTickets': 'merged_into_id',
  'Ticket.splitTickets': 'split_from_id',
};

/** The one column of the child that points to the parent's type. */
function columnTo({ schema, tables }: Reference, child: Model, parent: string): string {
  const type = schema.getType(child.descriptor.type) as GraphQLObjectType;
  const pointing = Object.values(type.getFields()).filter(
    (one) =>
      namedType(one.type).name === parent && isObjectType(namedType(one.type)) && tables.models.has(parent),
  );
  const [first, ...others] = pointing;
  if (!first || others.length > 0)
    throw new Error(
      `${child.descriptor.type} points to ${parent} ${pointing.length} times: name the one that is meant`,
    );
  return `${snake(first.name)}_id`;
}

const namedType = (type: unknown): { name: string } => {
  let inner = type;
  while (inner && typeof inner === 'object' && 'ofType' in inner) inner = inner.ofType;
  return inner as { name: string };
};

function list(reference: Reference, model: Model, below: (row: Raw) => boolean, args: Args): unknown {
  const { tables, assignments } = reference;
  readable(reference, model);
  const { type } = model.descriptor;
  const usual = model.descriptor.defaultSort;
  const by = args.orderBy
    ? {
        field: args.orderBy.field ? camel(args.orderBy.field) : usual.field,
        direction: args.orderBy.direction ?? 'ASC',
      }
    : usual;
  if (hiddenFields(model.descriptor, assignments).has(by.field)) refused();
  const order = `${by.field}:${by.direction}`;
  const rank = tables.rank(type, order);
  const found = tables
    .rows(type)
    .filter(
      (row) =>
        below(row) &&
        mayRead(assignments, model.descriptor, placeOf(model, row)) &&
        matches(model, row, args.filter ?? null),
    )
    .sort((a, b) => (rank.get(a.id ?? '') ?? 0) - (rank.get(b.id ?? '') ?? 0));
  const rows = found.map((raw) => ({
    node: { __typename: type, raw },
    cursor: cursorText(order, raw.id ?? ''),
    at: rank.get(raw.id ?? '') ?? 0,
  }));
  const at = (cursor: string) => rank.get(plainCursor(cursor).id) ?? Number.NaN;
  return connection(page(rows, args, at), found.length);
}

function history(reference: Reference, model: Model, raw: Raw, args: Args): unknown {
  const { tables, assignments } = reference;
  const subject = { resource: 'history', scope: model.descriptor.scope };
  readable(reference, { ...model, descriptor: { ...model.descriptor, ...subject } });
  const hidden = hiddenFields(model.descriptor, assignments);
  const rows = tables.history.flatMap((entry, at) => {
    const place = {
      community: model.scope.community ? (entry.community_id ?? null) : null,
      building: model.scope.building ? (entry.building_id ?? null) : null,
    };
    if (entry.subject_id !== raw.id || !mayRead(assignments, subject, place)) return [];
    const changes = JSON.parse(entry.changes ?? '[]') as { field: string; from: unknown; to: unknown }[];
    const node = {
      id: encodeId('history', entry.id ?? ''),
      type: entry.type,
      at: instant(entry.at ?? ''),
      reason: entry.reason,
      actor: {
        id: encodeId(String(entry.actor_kind).toLowerCase(), entry.actor_id ?? ''),
        kind: entry.actor_kind,
        name: entry.actor_name,
      },
      changes: changes
        .filter((change) => !hidden.has(change.field))
        .map((change) => ({ field: change.field, from: asText(change.from), to: asText(change.to) })),
    };
    return [{ node, cursor: cursorText('id:DESC', entry.id ?? ''), at }];
  });
  const at = (cursor: string) => tables.history.findIndex((entry) => entry.id === plainCursor(cursor).id);
  return connection(page(rows, args, at));
}

const asText = (value: unknown): string | null =>
  value === null || typeof value === 'string' ? value : JSON.stringify(value);

/** The Relay specification's own words: cut by the cursors first, then by `first` or `last`. */
function page(
  rows: { node: unknown; cursor: string; at: number }[],
  { first, last, after, before }: Args,
  at: (cursor: string) => number,
): Page {
  const between = rows.filter(
    (row) => (after == null || row.at > at(after)) && (before == null || row.at < at(before)),
  );
  if (last != null)
    return {
      rows: between.slice(-last),
      hasPreviousPage: between.length > last,
      hasNextPage: before != null,
    };
  const size = first ?? 20;
  return { rows: between.slice(0, size), hasNextPage: between.length > size, hasPreviousPage: after != null };
}

function connection({ rows, hasNextPage, hasPreviousPage }: Page, total?: number): unknown {
  return {
    edges: rows,
    nodes: rows.map((row) => row.node),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: rows[0]?.cursor ?? null,
      endCursor: rows.at(-1)?.cursor ?? null,
    },
    ...(total !== undefined && {
      totalCount: Math.min(total, 10_000),
      totalCountPrecision: total > 10_000 ? 'AT_LEAST' : 'EXACT',
    }),
  };
}
