import { afterAll, beforeAll, expect, test } from 'vitest';
import { domains } from '../../src/domains.ts';
import { orderFields } from '../../src/platform/graphql/filters.ts';
import { schemaOf } from '../../src/platform/graphql/schema.ts';
import { allModels, type ColumnField, type Model } from '../../src/platform/model.ts';
import { createTestDatabase, type TestDatabase, withClient } from '../harness/postgres.ts';

schemaOf(domains); // collects the models

interface Index {
  table: string;
  columns: string[];
  /** Of each column: bit 1 descending, bit 2 nulls first. */
  options: number[];
  /** Rows that it holds, when not all. */
  only: string | null;
}

let database: TestDatabase;
let indexes: Index[] = [];
let views: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  await withClient(database.url, async (client) => {
    const found = await client.query<Index>(`
      select i.indrelid::regclass::text as table, i.indoption::int2[]::int[] as options, pg_get_expr(i.indpred, i.indrelid) as only,
        array(select coalesce(a.attname::text, '') from unnest(i.indkey::int2[]) with ordinality k(at, n)
          left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.at order by k.n) as columns
      from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
      where m.amname = 'btree' and i.indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`);
    indexes = found.rows;
    const { rows } = await client.query<{ name: string }>(
      "select relname::text as name from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace",
    );
    views = rows.map(({ name }) => name);
  });
});
afterAll(() => database.drop());

/** Tables that hold some hundreds of rows in an organisation: sorting them costs less than an index. */
const few = [
  'organisation',
  'community',
  'building',
  'staff',
  'api_token',
  'charge_standard',
  'fee_run',
  'import_run',
  'notice',
  'saved_view',
  'ticket_problem',
  'policy',
  'calendar',
  'calendar_day',
  'duty',
  'absence',
];

/** A view has no index of its own: the benchmark looks at its plans. */
const large = (): Model[] =>
  allModels().filter(({ table }) => !views.includes(table) && !few.includes(table));

/** Whether an index, walked in either direction, yields the column in this order with the id as tie-break, as lists ask for it. */
function serves(index: Index, { column, kind, nullable }: ColumnField, descending: boolean): boolean {
  const [organisation, first, second] = index.columns;
  const [, ofFirst = 0, ofSecond = 0] = index.options;
  if (index.only || organisation !== 'organisation_id' || first !== (kind === 'uuid' ? 'id' : column))
    return false;
  if (kind === 'uuid') return true;
  const isDescending = (option: number) => (option & 1) === 1;
  if (second !== 'id' || isDescending(ofFirst) !== isDescending(ofSecond)) return false;
  if (!nullable) return true;
  // Nulls come last either way, so one index cannot serve both directions.
  const backward = isDescending(ofFirst) !== descending;
  const nullsFirst = (ofFirst & 2) === 2;
  return nullsFirst === backward;
}

function missing(model: Model): string[] {
  const own = indexes.filter(({ table }) => table === model.table);
  return orderFields(model).flatMap((name) => {
    const field = model.columns.get(name) as ColumnField;
    return [false, true].flatMap((descending) => {
      if (own.some((index) => serves(index, field, descending))) return [];
      const order =
        descending && field.nullable ? `${field.column} desc nulls last, id desc` : `${field.column}, id`;
      return [
        `create index ${model.table}_order_${field.column}${field.nullable && descending ? '_down' : ''} on ${model.table} (organisation_id, ${order})`,
      ];
    });
  });
}

/** References, choices and flags that a list can be filtered by without an index that also has the usual order. */
function unfiltered(model: Model): string[] {
  const { descriptor, table } = model;
  const own = indexes.filter((index) => index.table === table);
  const sort = model.columns.get(descriptor.defaultSort.field) as ColumnField;
  return Object.entries(descriptor.fields).flatMap(([name, { filter }]) => {
    const field = model.references.get(name) ?? model.columns.get(name);
    if (!filter || !field) return [];
    if ('kind' in field && field.kind === 'boolean') {
      const usual = ['organisation_id', sort.column, 'id'];
      const found = own.some(
        ({ columns, only }) => only === field.column && usual.every((column, at) => columns[at] === column),
      );
      if (found) return [];
      return [
        `create index ${table}_if_${field.column} on ${table} (${usual.join(', ')}) where ${field.column}`,
      ];
    }
    if ('kind' in field && field.kind !== 'enum') return [];
    const wanted = ['organisation_id', field.column, sort.column, 'id'];
    const found = own.some(
      ({ columns, only }) =>
        wanted.every((column, at) => columns[at] === column) &&
        (only === null || only === `(${field.column} IS NOT NULL)`),
    );
    return found ? [] : [`create index ${table}_of_${field.column} on ${table} (${wanted.join(', ')})`];
  });
}

test('every reference, choice and flag that a list can be filtered by has an index with its usual order', () => {
  expect(large().flatMap(unfiltered)).toEqual([]);
});

test('every order that a list offers is read from an index, in both directions, however large the table', () => {
  // Each line is what a migration has to say; or take `sort` from the descriptor when nobody needs the order, or add
  // the table to `few` when it stays small.
  expect([...new Set(large().flatMap(missing))]).toEqual([]);
});
