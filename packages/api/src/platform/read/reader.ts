import type { Locale } from '@desk/schema';
import DataLoader from 'dataloader';
import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import type { Rows, Run } from '../db/database.ts';
import { Refusal } from '../errors.ts';
import { decodeId, splitId } from '../ids.ts';
import { type Model, type ModelClass, modelOf, modelOfPrefix } from '../model.ts';
import type { Viewer } from '../viewer.ts';
import { type Connection, type ExtraCondition, type PageArgs, planConnection } from './connection.ts';
import { searchedWords } from './filter.ts';
import { Plan, type Row } from './plan.ts';
import { type Info, selectedUnder } from './selection.ts';

/**
 * Rows that a search looks at in the order of the list, for each that is wanted, before it asks the index. It looks further only
 * if the first look found something: a surname is in every fiftieth row, a telephone number in one.
 */
const glances = [20, 200];

/** Records named by their keys that are found in less time than a trip to the database takes. */
const mostKeys = 10;

/**
 * The only way to read: lists, single records and nested fields of every domain come through here. It looks at what
 * the document selects, joins to-one relations into one flat statement and batches to-many relations over all parents,
 * so that the number of statements does not depend on the number of rows.
 */
export class Reader {
  readonly #loaders = new Map<unknown, Map<string, DataLoader<string, unknown>>>();

  constructor(
    readonly viewer: Viewer | null,
    readonly locale: Locale,
    readonly run: Run,
  ) {}

  /** A root connection. */
  async connection(
    entity: ModelClass,
    args: PageArgs,
    info: GraphQLResolveInfo,
    extra?: ExtraCondition,
  ): Promise<Connection> {
    return this.#guard(async (viewer) => {
      const model = modelOf(entity);
      const planned = (walk?: number) =>
        planConnection(model, args, info, viewer, returnType(info), {
          ...(extra && { extra }),
          ...(walk && { walk }),
        });
      // What is in many rows is on the first page soon; else few rows have it, and the index knows which.
      for (const glance of searchedWords(model, args.filter).length > 0 ? glances : []) {
        const { page, count, size, build } = planned(glance);
        const rows = page ? await this.run(...page) : [];
        if (rows.length > size) {
          const counted = count && (await this.run(...count));
          return build(rows, counted && Number(counted[0]?.[0]));
        }
        if (rows.length === 0) break;
      }
      const plan = planned();
      const [rows, count] = await Promise.all([
        plan.page ? this.run(...plan.page) : [],
        plan.count ? this.run(...plan.count) : undefined,
      ]);
      return plan.build(rows, count && Number(count[0]?.[0]));
    });
  }

  /** The connection of one parent's children: all parents of one occurrence in the document share its statements. */
  children(
    entity: ModelClass,
    reference: string,
    parent: Row,
    args: PageArgs,
    info: GraphQLResolveInfo,
  ): Promise<Connection> {
    const model = modelOf(entity);
    const column = model.references.get(reference)?.column;
    if (!column) throw new Error(`${model.descriptor.type} has no reference ${reference}`);
    return this.below(model, column, parent, args, info);
  }

  /** The same for any column that holds the parent's UUID. */
  below(
    model: Model,
    column: string,
    parent: Row,
    args: PageArgs,
    info: GraphQLResolveInfo,
  ): Promise<Connection> {
    // The arguments of one occurrence are the same for all parents: they stand in the document or its variables.
    return this.occurrence(info, `${model.table}.${column}`, (keys) =>
      this.#guard(async (viewer) => {
        const parents = { column, keys };
        const plan = planConnection(model, args, info, viewer, returnType(info), { parents });
        const [rows, counts] = await Promise.all([
          plan.page ? this.run(...plan.page) : [],
          plan.count ? this.run(...plan.count) : undefined,
        ]);
        const pages = keys.map((): Rows => []);
        for (const row of rows) pages[(row.at(-1) as number) - 1]?.push(row);
        const totals = counts && new Map(counts.map(([key, count]) => [key as string, Number(count)]));
        return pages.map((page, at) => plan.build(page, totals && (totals.get(keys[at] as string) ?? 0)));
      }),
    )(parent.uuid);
  }

  /** One record by public id, null when there is none that the viewer may read. */
  async one(entity: ModelClass, id: string, info: GraphQLResolveInfo): Promise<Row | null> {
    const model = modelOf(entity);
    const uuid = decodeId(model.descriptor.idPrefix, id);
    return uuid ? this.byKey(model, uuid, info, info.fieldNodes) : this.#guard(async () => null);
  }

  /** One record by UUID, with what `nodes` select on it. */
  async byKey(model: Model, uuid: string, info: Info, nodes: readonly FieldNode[]): Promise<Row | null> {
    const [row] = await this.byKeys(model, [uuid], info, nodes);
    return row ?? null;
  }

  /** What a payload selects below `field`, for the record that the command wrote. */
  payload(entity: ModelClass, uuid: string, info: GraphQLResolveInfo, field: string): Promise<Row | null> {
    return this.byKey(
      modelOf(entity),
      uuid,
      info,
      selectedUnder(info, returnType(info), info.fieldNodes, [field]),
    );
  }

  /** Records by UUID in the order asked; null for those that are missing or hidden. */
  byKeys(
    model: Model,
    uuids: readonly string[],
    info: Info,
    nodes: readonly FieldNode[],
  ): Promise<(Row | null)[]> {
    return this.#guard(async (viewer) => {
      const plan = new Plan(viewer, info);
      const alias = plan.alias();
      const read = plan.object(model, nodes, alias);
      const tail = `where ${alias}.id = any(${plan.params.add(uuids, 'uuid[]')}) and ${plan.scope(model, alias)}`;
      const found = new Map<string, Row>();
      const kind = uuids.length > mostKeys ? 'lists' : 'keys';
      for (const values of await this.run(plan.sql(model, alias, tail), plan.params.values, kind)) {
        const row = read(values);
        if (row) found.set(row.uuid, row);
      }
      return uuids.map((uuid) => found.get(uuid) ?? null);
    });
  }

  /** Relay's `node`/`nodes`: one statement for each kind of record asked for. */
  async nodes(ids: readonly string[], info: GraphQLResolveInfo): Promise<(Row | null)[]> {
    const wanted = ids.map((id) => splitId(id));
    const prefixes = new Set(wanted.flatMap((id) => (id ? [id.prefix] : [])));
    const found = new Map<string, Row>();
    await this.#guard(async () => undefined);
    for (const prefix of prefixes) {
      const model = modelOfPrefix(prefix);
      if (!model) continue;
      const uuids = wanted.flatMap((id) => (id?.prefix === prefix ? [id.uuid] : []));
      for (const row of await this.byKeys(model, [...new Set(uuids)], info, info.fieldNodes))
        if (row) found.set(row.id, row);
    }
    return ids.map((id) => found.get(id) ?? null);
  }

  /** Batches what one occurrence of a field in the document selects, over all its parents. */
  occurrence<V>(
    info: Info,
    key: string,
    batch: (keys: readonly string[]) => Promise<V[]>,
  ): (key: string) => Promise<V> {
    const [first, ...others] = info.fieldNodes;
    return this.loader(first, others.length > 0 ? `${key} ${others.map(numberOf).join()}` : key, batch);
  }

  /** Batches computed fields (balances, counts): one call of `batch` for all parents of an occurrence. */
  loader<V>(
    owner: unknown,
    key: string,
    batch: (keys: readonly string[]) => Promise<V[]>,
  ): (key: string) => Promise<V> {
    let byKey = this.#loaders.get(owner);
    if (!byKey) this.#loaders.set(owner, (byKey = new Map()));
    let loader = byKey.get(key);
    if (!loader) byKey.set(key, (loader = new DataLoader(batch, { cache: true, maxBatchSize: 10_000 })));
    return (one) => loader.load(one) as Promise<V>;
  }

  /** Needs a viewer, and answers refusals in the caller's language. */
  async #guard<T>(work: (viewer: Viewer) => Promise<T>): Promise<T> {
    try {
      if (!this.viewer) throw new Refusal('UNAUTHENTICATED');
      return await work(this.viewer);
    } catch (error) {
      throw error instanceof Refusal ? error.toGraphQL(this.locale) : error;
    }
  }
}

const numbers = new WeakMap<FieldNode, number>();
let lastNumber = 0;

/**
 * Tells nodes of documents apart. An occurrence is all nodes that are merged into it: a field of a fragment stands alone
 * where the fragment is spread alone, and together with others elsewhere, with more selected.
 */
function numberOf(node: FieldNode): number {
  let number = numbers.get(node);
  if (number === undefined) numbers.set(node, (number = ++lastNumber));
  return number;
}

function returnType(info: GraphQLResolveInfo): GraphQLObjectType {
  let type: unknown = info.returnType;
  while (type && typeof type === 'object' && 'ofType' in type) type = type.ofType;
  return type as GraphQLObjectType;
}
