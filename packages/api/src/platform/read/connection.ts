import type { FieldNode, GraphQLObjectType } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Rows, Run } from '../db/database.ts';
import type { Model } from '../model.ts';
import type { Viewer } from '../viewer.ts';
import { type Filter, filterSql, searchedWords, searchInRowSql } from './filter.ts';
import { Order, type OrderBy } from './order.ts';
import { type Page, type Parents, pageBelowSql, pageSql, searchedPageSql, walkedPageSql } from './page.ts';
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
  /** The page of rows; undefined when only the count is asked for. Below parents, the last column is the parent's place among the keys, from 1 on. */
  page?: Parameters<Run>;
  /** The capped count. */
  count?: Parameters<Run>;
  /** Rows of one list, in the order of the statement, as the connection. */
  build(rows: Rows, count: number | undefined): Connection;
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

  // A search is asked of its index or of the rows that are looked at; below parents, like any other condition.
  const words = parents ? [] : searchedWords(model, args.filter);
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
    const page: Page = {
      plan,
      model,
      alias,
      order,
      backward,
      rows: size + 1,
      condition: where(plan, alias, words.length > 0 ? unsearched : args.filter),
      beyond: [
        ...(args.after != null ? [order.beyondSql(plan, args.after, false)] : []),
        ...(args.before != null ? [order.beyondSql(plan, args.before, true)] : []),
      ],
    };
    const text = () => {
      if (parents) return pageBelowSql(page, parents);
      if (walk) return walkedPageSql(page, walk, inRow(plan, alias));
      return words.length > 0 ? searchedPageSql(page, words) : pageSql(page);
    };
    // The order's own index serves its range; of another one the values decide whether few rows have it, or all.
    const ranges = !parents && [...plan.ranged].some((column) => column !== order.sortSql);
    result.page = [text(), plan.params.values, ranges ? 'ranges' : 'lists'];
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
    const ranges = !parents && counting.ranged.size > 0;
    result.count = [text, counting.params.values, ranges ? 'ranges' : 'lists'];
  }
  return result;
}
