import type { Model } from '../model.ts';
import { searchRowsSql } from './filter.ts';
import type { Order } from './order.ts';
import type { Plan } from './plan.ts';

/** What the statement of a page is made of; `plan` has its columns and joins already. */
export interface Page {
  plan: Plan;
  model: Model;
  alias: string;
  order: Order;
  backward: boolean;
  /** Rows to fetch: those of the page, and one that tells whether more follow. */
  rows: number;
  /** Scope and filter. */
  condition: string;
  /** For each cursor, the places of the order's index where the rows beyond it lie. */
  beyond: readonly (readonly string[])[];
}

export interface Parents {
  /** Column of the child that points to the parent. */
  column: string;
  keys: readonly string[];
}

/** Rows that a search looks at without the index at most, however large its page: some milliseconds. */
const longestWalk = 4_000;

const either = (conditions: readonly string[]): string =>
  conditions.length === 1 ? `${conditions[0]}` : `(${conditions.map((one) => `(${one})`).join(' or ')})`;

const whole = ({ condition, beyond }: Page): string => [condition, ...beyond.map(either)].join(' and ');

/** The size stands in the text: as a parameter the planner guesses it, and plans every execution anew. */
const ending = ({ order, backward }: Page, rows: number): string =>
  `${order.orderSql(backward)} limit ${rows}`;

/** The first rows of the order, as a table: from each place of the index where they lie. */
function firstRows(page: Page, rows: number): string {
  const { model, alias, condition, beyond } = page;
  const from = (where: string) =>
    `(select * from ${model.table} ${alias} where ${where} ${ending(page, rows)})`;
  const [places = []] = beyond.length === 1 ? beyond : [];
  if (places.length < 2) return from(whole(page));
  const apart = places.map((place) => from(`${condition} and ${place}`)).join(' union all ');
  return `(select * from (${apart}) ${alias} ${ending(page, rows)})`;
}

/** A page as the order's index yields it. */
export function pageSql(page: Page): string {
  const { plan, model, alias, rows, beyond } = page;
  if (beyond.some((places) => places.length > 1))
    return plan.sql({ table: firstRows(page, rows) }, alias, ending(page, rows));
  return plan.sql(model, alias, `where ${whole(page)} ${ending(page, rows)}`);
}

/** A page of those among the first rows of the order that meet a condition: `walk` are looked at for each that is wanted. */
export function walkedPageSql(page: Page, walk: number, met: string): string {
  const { plan, alias, rows } = page;
  const seen = firstRows(page, Math.min(walk * rows, longestWalk));
  return plan.sql({ table: seen }, alias, `where ${met} ${ending(page, rows)}`);
}

/** A page of those that the index of the search finds; it answers in the order of the list, so that no more than the page is fetched. */
export function searchedPageSql(page: Page, words: readonly string[]): string {
  const { plan, model, alias, order, backward, rows } = page;
  const condition = whole(page);
  // Where nothing else is asked, what it finds is the page.
  const most = condition === 'true' ? rows : 'null';
  const found = searchRowsSql(plan, model, words, `${order.searchedSql(backward)}, ${most}`);
  plan.joins.unshift(`join ${found} with ordinality found(id, place) on found.id = ${alias}.id`);
  return plan.sql(model, alias, `where ${condition} order by found.place limit ${rows}`);
}

/** The same page below each of many parents, in one statement; the last column is the parent's place among the keys. */
export function pageBelowSql(page: Page, { column, keys }: Parents): string {
  const { plan, model, alias, rows } = page;
  const parents = plan.params.add(keys, 'uuid[]');
  const below = plan.sql(
    model,
    alias,
    `where ${alias}.${column} = p.id and ${whole(page)} ${ending(page, rows)}`,
  );
  return `select x.*, p.n::int as parent from unnest(${parents}) with ordinality p(id, n) cross join lateral (${below}) x order by p.n`;
}
