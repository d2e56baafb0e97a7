import { isEmptyScope } from '@desk/schema';
import type { FieldNode, GraphQLObjectType } from 'graphql';
import { refuse } from '../errors.ts';
import { encodeId } from '../ids.ts';
import { type ColumnField, type Model, modelOf, type ReferenceField } from '../model.ts';
import type { Viewer } from '../viewer.ts';
import { Params } from './params.ts';
import { type Info, selectedFields } from './selection.ts';

/** A row as field resolvers see it: `uuid` is the bare one, the rest are the fields that were asked for. */
export interface Row {
  __typename: string;
  uuid: string;
  id: string;
  [field: string]: unknown;
}

/** One flat SELECT under construction: columns, joins and how a result row becomes nested objects. */
export class Plan {
  readonly params: Params;
  readonly columns: string[] = [];
  readonly joins: string[] = [];
  /** Columns that a range of values is asked of. */
  readonly ranged = new Set<string>();
  #aliases = 0;

  constructor(
    readonly viewer: Viewer,
    readonly info: Info,
    params = new Params(),
  ) {
    this.params = params;
  }

  /** Position of an SQL expression in the result row. */
  column(sql: string): number {
    const at = this.columns.indexOf(sql);
    return at >= 0 ? at : this.columns.push(sql) - 1;
  }

  alias(): string {
    return `t${this.#aliases++}`;
  }

  /**
   * Plans what `nodes` select on a model; to-one relations are joined. Returns the reader of a result row, null where an
   * outer join found nothing. Refuses, before any SQL, a type or field that the viewer may not see.
   */
  object(model: Model, nodes: readonly FieldNode[], alias: string): (values: unknown[]) => Row | null {
    const { descriptor } = model;
    if (isEmptyScope(this.viewer.scope(descriptor, 'read'))) refuse('FORBIDDEN');
    const hidden = this.viewer.hidden(descriptor);
    const type = this.info.schema.getType(descriptor.type) as GraphQLObjectType;
    const keyAt = this.column(`${alias}.id`);
    const names: string[] = [];
    const readers: ((values: unknown[]) => unknown)[] = [];
    for (const [name, children] of withNeeds(type, selectedFields(this.info, type, nodes))) {
      if (hidden.has(name)) refuse('FORBIDDEN', { field: [name] });
      const column = model.columns.get(name);
      const reference = model.references.get(name);
      if (column && column.kind !== 'uuid') readers.push(this.#value(column, alias));
      else if (reference && children.length === 0) readers.push(this.#key(reference, alias));
      else if (reference) readers.push(this.#joined(reference, children, alias));
      else continue;
      names.push(name);
    }
    return (values) => {
      const uuid = values[keyAt] as string | null;
      if (uuid === null) return null;
      const row: Row = { __typename: descriptor.type, uuid, id: encodeId(descriptor.idPrefix, uuid) };
      // By index: this loop runs for each field of each row.
      for (let at = 0; at < readers.length; at += 1) row[names[at] as string] = readers[at]?.(values);
      return row;
    };
  }

  #value(column: ColumnField, alias: string): (values: unknown[]) => unknown {
    const at = this.column(`${alias}.${column.column}`);
    const decode = decoder(column);
    return decode ? (values) => decode(values[at]) : (values) => values[at];
  }

  /** Which record it is, for who computes with it: no join, and no right to read that record is asked for. */
  #key(reference: ReferenceField, alias: string): (values: unknown[]) => unknown {
    const { type, idPrefix } = modelOf(reference.target()).descriptor;
    const at = this.column(`${alias}.${reference.column}`);
    return (values) => {
      const uuid = values[at] as string | null;
      return uuid === null ? null : { __typename: type, uuid, id: encodeId(idPrefix, uuid) };
    };
  }

  #joined(
    reference: ReferenceField,
    nodes: readonly FieldNode[],
    alias: string,
  ): (values: unknown[]) => unknown {
    const target = modelOf(reference.target());
    const joined = this.alias();
    this.joins.push(
      `left join ${target.table} ${joined} on ${joined}.id = ${alias}.${reference.column} and ${this.scope(target, joined)}`,
    );
    return this.object(target, nodes, joined);
  }

  /** SQL condition for the rows of `alias` that the viewer may read; the organisation itself is row-level security's. */
  scope(model: Model, alias: string, action = 'read'): string {
    const { visible } = model;
    const places = this.#places(model, alias, action);
    if (!visible) return places;
    const own = visible(alias, this.viewer, (value, type) => this.params.add(value, type));
    return `(${places} and ${own})`;
  }

  #places(model: Model, alias: string, action: string): string {
    const scope = this.viewer.scope(model.descriptor, action);
    if (scope.all) return 'true';
    const parts: string[] = [];
    if (model.scope.community && scope.communityIds.length > 0)
      parts.push(`${alias}.${model.scope.community} = any(${this.params.add(scope.communityIds, 'uuid[]')})`);
    if (model.scope.building && scope.buildingIds.length > 0)
      parts.push(`${alias}.${model.scope.building} = any(${this.params.add(scope.buildingIds, 'uuid[]')})`);
    return parts.length > 0 ? `(${parts.join(' or ')})` : 'false';
  }

  /** The finished statement. */
  sql(model: Pick<Model, 'table'>, alias: string, tail: string): string {
    // Named, so that drivers that answer rows as objects keep columns of the same name apart.
    const columns = this.columns.map((column, index) => `${column} as c${index}`).join(', ');
    return `select ${columns} from ${model.table} ${alias} ${this.joins.join(' ')} ${tail}`;
  }
}

/** The selection with the fields that computed fields look at (their resolver's `needs` extension); of references the key. */
function withNeeds(type: GraphQLObjectType, selected: Map<string, FieldNode[]>): Map<string, FieldNode[]> {
  for (const name of selected.keys()) {
    const needs = type.getFields()[name]?.extensions.needs as readonly string[] | undefined;
    for (const need of needs ?? []) if (!selected.has(need)) selected.set(need, []);
  }
  return selected;
}

const instant = (text: string): string => {
  const [, millis = ''] = /\.(\d{1,3})/.exec(text) ?? [];
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${millis.padEnd(3, '0')}Z`;
};

/**
 * How a stored value becomes what the API shows; drivers answer instants, dates and numbers beyond a double as text.
 * Undefined: as it is. */
function decoder(column: ColumnField): ((value: unknown) => unknown) | undefined {
  const { mask } = column;
  if (mask) return (value) => (value === null ? null : mask(String(value)));
  switch (column.kind) {
    case 'dateTime':
      return (value) => (value === null ? null : instant(String(value)));
    case 'money':
      return (value) => (value === null ? null : Number(value));
    default:
      return undefined;
  }
}
