import type { FieldNode, GraphQLObjectType } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Rows, RunStatement } from '../db/database.ts';
import type { Model } from '../model.ts';
import type { Viewer } from '../viewer.ts';
import { type Filter, filterSql, searchedWords, searchInRowSql, searchRowsSql } from './filter.ts';
import { Order, type OrderBy } from './order.ts';
import { Plan, type Row } from './plan.ts';
import { type Info, selectedFields, selectedUnder } from './selection.ts';

export interface PageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  filter?: Filter | null;
  /** Either part may be left out. */
  orderBy?: { [K in keyof OrderBy]?: OrderBy[K] | null } | null;
}

export interface Connection {
  edges: { cursor: string; node: Row }[];
  nodes: Row[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount?: number;
  totalCountPrecision?: 'EXACT' | 'AT_LEAST';
}

/** Exact up to here; beyond it the count says AT_LEAST (an exact count reads every row). */
export const countCap = 10_000;
export const defaultPage = 20;
export const largestPage = 100;

/** A connection ready to run: for one root list, or for the same list below many parents at once. */
export interface ConnectionPlan {
  size: number;
  /** The page of rows; undefined when only the count is asked for. Below parents, the last column is the parent's UUID. */
  page?: Parameters<RunStatement>;
  /** The capped count. */
  count?: Parameters<RunStatement>;
  /** Rows of one list, in the order of the statement, as the connection. */
  build(rows: Rows, count: number | undefined): Connection;
}

interface Parents {
  /** Column of the child that points to the parent. */
  column: string;
  keys: readonly string[];
}

/** A fixed condition on the alias. */
export type ExtraCondition = (plan: Plan, alias: string) => string;

const refuseArgument = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

function pageSize({ first, last }: PageArgs): { size: number; backward: boolean } {
  if (first != null && last != null) refuseArgument('first and last cannot be used together');
  const size = first ?? last ?? defaultPage;
  if (size < 1 || size > largestPage)
    refuseArgument(`${last != null ? 'last' : 'first'} must be between 1 and ${largestPage}`);
  return { size, backward: last != null };
}

/** Rows that a search looks at without the index at most, however large its page: some milliseconds. */
const longestWalk = 4_000;

/**
 * Plans a list: selection, filter, order, keyset page and capped count. With `walk` a search looks
 * only at so many of the first rows of the order for each one wanted, which is quicker than any index when its words are in many.
 */
export function planConnection(
  model: Model,
  args: PageArgs,
  info: Info,
  viewer: Viewer,
  type: GraphQLObjectType,
  { parents, extra, walk }: { parents?: Parents; extra?: ExtraCondition; walk?: number } = {},
): ConnectionPlan {
  const { size, backward } = pageSize(args);
  const asked = selectedFields(info, type, info.fieldNodes);
  const { descriptor } = model;
  const { field = null, direction = null } = args.orderBy ?? descriptor.defaultSort;
  const by: OrderBy = { field: field ?? descriptor.defaultSort.field, direction: direction ?? 'ASC' };
  if (viewer.hidden(descriptor).has(by.field)) refuseArgument(`orderBy: ${by.field} is not visible to you`);

  // The index of a search answers in the order of the list, so that no more than the page is fetched.
  const words = walk || parents ? [] : searchedWords(model, args.filter);
  const unsearched = { ...args.filter, search: null };
  const where = (plan: Plan, alias: string, filter = args.filter): string =>
    [plan.scope(model, alias), filterSql(plan, model, alias, filter), extra?.(plan, alias)]
      .filter((part) => part && part !== 'true')
      .join(' and ') || 'true';
  const inRow = (plan: Plan, alias: string) => searchInRowSql(plan, model, alias, args.filter);

  const nodes: FieldNode[] = [
    ...selectedUnder(info, type, info.fieldNodes, ['edges', 'node']),
    ...selectedUnder(info, type, info.fieldNodes, ['nodes']),
  ];
  const plan = new Plan(viewer, info);
  const alias = plan.alias();
  const order = new Order(model, alias, by);
  const read = plan.object(model, nodes, alias);
  const keyAt = plan.column(`${alias}.id`);
  // Cursors cost as much as the rows: only those that are asked for are made.
  const placed = asked.has('edges') || asked.has('pageInfo');
  const sortAt = placed ? plan.column(order.sortSql) : -1;

  const build = (rows: Rows, count: number | undefined): Connection => {
    const more = rows.length > size;
    const page = more ? rows.slice(0, size) : rows;
    const ordered = backward ? page.reverse() : page;
    const nodes = ordered.map((row) => read(row) as Row);
    const cursor = (row: unknown[] | undefined) =>
      row && placed ? order.cursor(row[sortAt], row[keyAt] as string) : null;
    const found: Connection = {
      edges: asked.has('edges') ? nodes.map((node, at) => ({ cursor: cursor(ordered[at]) ?? '', node })) : [],
      nodes,
      pageInfo: {
        hasNextPage: backward ? args.before != null : more,
        hasPreviousPage: backward ? more : args.after != null,
        startCursor: cursor(ordered[0]),
        endCursor: cursor(ordered.at(-1)),
      },
    };
    if (count === undefined) return found;
    return {
      ...found,
      totalCount: Math.min(count, countCap),
      totalCountPrecision: count > countCap ? 'AT_LEAST' : 'EXACT',
    };
  };

  const result: ConnectionPlan = { size, build };
  if (walk || asked.has('edges') || asked.has('nodes') || asked.has('pageInfo')) {
    const searching = walk || words.length > 0;
    const fixed = where(plan, alias, searching ? unsearched : args.filter);
    const beyond = [
      ...(args.after != null ? [order.beyondSql(plan, args.after, false)] : []),
      ...(args.before != null ? [order.beyondSql(plan, args.before, true)] : []),
    ];
    const all = [fixed, ...beyond.map(either)].join(' and ');
    // The size stands in the text: as a parameter the planner guesses it, and plans every execution anew.
    const ending = (count: number) => `${order.orderSql(backward)} limit ${count}`;
    /** The first rows behind the cursor, from each place of the index where they lie. */
    const first = (count: number): string => {
      const [places = []] = beyond.length === 1 ? beyond : [[]];
      const rows = (condition: string) =>
        `(select * from ${model.table} ${alias} where ${condition} ${ending(count)})`;
      if (places.length < 2) return rows(all);
      const apart = places.map((place) => rows(`${fixed} and ${place}`)).join(' union all ');
      return `(select * from (${apart}) ${alias} ${ending(count)})`;
    };
    const text = () => {
      if (parents)
        return belowParents(plan, model, alias, parents, (join) => `where ${join}${all} ${ending(size + 1)}`);
      if (walk) {
        const seen = first(Math.min(walk * (size + 1), longestWalk));
        return plan.sql({ table: seen }, alias, `where ${inRow(plan, alias)} ${ending(size + 1)}`);
      }
      if (words.length > 0) {
        // Where nothing else is asked, what it finds is the page.
        const most = all === 'true' ? size + 1 : 'null';
        const found = searchRowsSql(plan, model, words, `${order.searchedSql(backward)}, ${most}`);
        plan.joins.unshift(`join ${found} with ordinality found(id, place) on found.id = ${alias}.id`);
        return plan.sql(model, alias, `where ${all} order by found.place limit ${size + 1}`);
      }
      if (beyond.some((places) => places.length > 1))
        return plan.sql({ table: first(size + 1) }, alias, ending(size + 1));
      return plan.sql(model, alias, `where ${all} ${ending(size + 1)}`);
    };
    // The order's own index serves its range; of another one the values decide whether few rows have it, or all.
    const byValues = !parents && [...plan.ranged].some((column) => column !== order.sortSql);
    result.page = [text(), plan.params.values, byValues];
  }
  if (asked.has('totalCount') || asked.has('totalCountPrecision')) {
    const counting = new Plan(viewer, info);
    const one = counting.alias();
    const condition = walk
      ? `${where(counting, one, unsearched)} and ${inRow(counting, one)}`
      : where(counting, one);
    const limit = counting.params.add(countCap + 1, 'int');
    const text = parents
      ? `select p.id, x.n from unnest(${counting.params.add(parents.keys, 'uuid[]')}) p(id), lateral (select count(*)::int n from (select 1 from ${model.table} ${one} where ${one}.${parents.column} = p.id and ${condition} limit ${limit}) c) x`
      : `select count(*)::int from (select 1 from ${model.table} ${one} where ${condition} limit ${limit}) c`;
    result.count = [text, counting.params.values, !parents && counting.ranged.size > 0];
  }
  return result;
}

const either = (conditions: readonly string[]): string =>
  conditions.length === 1 ? `${conditions[0]}` : `(${conditions.map((one) => `(${one})`).join(' or ')})`;

/** The same page below each of many parents, in one statement. */
function belowParents(
  plan: Plan,
  model: Model,
  alias: string,
  parents: Parents,
  tail: (join: string) => string,
): string {
  const keys = plan.params.add(parents.keys, 'uuid[]');
  const named = plan.columns.map((sql, index) => `${sql} as c${index}`).join(', ');
  const inner = `select ${named} from ${model.table} ${alias} ${plan.joins.join(' ')} ${tail(`${alias}.${parents.column} = p.id and `)}`;
  return `select x.*, p.id as parent from unnest(${keys}) with ordinality p(id, n) cross join lateral (${inner}) x order by p.n`;
}
