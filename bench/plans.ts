/**
 * Runs every list that the schema offers, in each order and by each reference, choice and key, and looks at how many rows
 * the database read for a page of 50: none may read or sort a whole large table, whatever the values.
 */
import type { GraphQLEnumType, GraphQLInputObjectType, GraphQLSchema } from 'graphql';
import pg from 'pg';
import { domains } from '../packages/api/src/domains.ts';
import { systemViewer } from '../packages/api/src/platform/auth/system.ts';
import type { Context } from '../packages/api/src/platform/context.ts';
import { Engine } from '../packages/api/src/platform/graphql/engine.ts';
import { schemaOf } from '../packages/api/src/platform/graphql/schema.ts';
import { encodeId, newUuid } from '../packages/api/src/platform/ids.ts';
import { allModels, type Model } from '../packages/api/src/platform/model.ts';
import { Reader } from '../packages/api/src/platform/read/reader.ts';

/** Rows that a page of 50 may read or sort; tables with fewer may be read as a whole. */
const most = 5_000;
/**
 * Allocations are a view over the ledger, which joins and counts postings in bulk; they are read below a fee, a payment or
 * a unit, which is checked. Nobody pages through all of them. Areas are exact decimals, whose comparison PostgreSQL does not
 * count among those that may look at a row before its policy has: no index finds the place of a cursor among them.
 */
const accepted = /^(paymentAllocations (by |where kind|since )|units by AREA (ASC|DESC) (far|back))/;
/** As many rows lie before the page that is far behind. */
const far = 50_000;
/** The capped count stops here. */
const mostCounted = 10_001;
/** Where it looks at each row: for a word that every twentieth has at least, or for those without a flag that few have. */
const mostCountedInRows = 20 * mostCounted;
const patience = '20s';

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Node[];
}

interface Statement {
  text: string;
  values: unknown[];
  ranges: boolean;
}

/** Lists whose plan reads or sorts a whole large table, a line each. */
export async function indexFaults(url: string, organisation: string): Promise<string[]> {
  const schema = schemaOf(domains);
  const engine = new Engine(schema, { error: () => undefined } as unknown as Engine['log']);
  // As the application reads: its role, its tenant.
  const client = new pg.Client({
    connectionString: url,
    options: `-c role=desk_app -c timezone=UTC -c app.org=${organisation} -c statement_timeout=${patience}`,
  });
  await client.connect();
  try {
    const faults: string[] = [];
    for (const model of allModels()) {
      const { descriptor } = model;
      const lists = [
        ...listsOf(schema, descriptor),
        ...(await farBehind(client, schema, model)),
        ...(await ranges(client, schema, model)),
      ];
      for (const [what, args] of lists) {
        const source = `{ ${descriptor.name}(${args}) { nodes { id } totalCount } }`;
        for (const statement of await statementsOf(client, engine, organisation, source)) {
          if (accepted.test(`${descriptor.name} ${what}`)) continue;
          const fault = await faultOf(client, statement);
          if (fault) faults.push(`${descriptor.name} ${what}: ${fault}`);
        }
      }
    }
    return [...new Set(faults)];
  } finally {
    await client.end();
  }
}

async function faultOf(client: pg.Client, { text, values, ranges }: Statement): Promise<string | undefined> {
  const counting = /search_text like| \(not /.test(text) ? mostCountedInRows : mostCounted;
  const limit = text.startsWith('select count(') ? counting : most;
  try {
    await client.query(`set plan_cache_mode = force_${ranges ? 'custom' : 'generic'}_plan`);
    await client.query(`prepare asked as ${text}`);
    const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : '';
    const { rows } = await client.query(
      `explain (analyze, costs off, timing off, format json) execute asked${given}`,
    );
    return nodesOf(rows[0]['QUERY PLAN'][0].Plan).flatMap((node) => excess(node, limit))[0];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '57014')
      return `takes more than ${patience}`;
    throw error;
  } finally {
    await client.query('deallocate all');
  }
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

function excess(node: Node, limit: number): string[] {
  const table = node['Relation Name'];
  const each =
    node['Actual Rows'] +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0);
  const read = Math.round(each * node['Actual Loops']);
  if (table && read > limit) return [`reads ${read.toLocaleString('en')} rows of ${table}`];
  const [below] = node.Plans ?? [];
  if (node['Node Type'] === 'Sort' && below && below['Actual Rows'] > limit)
    return [`sorts ${Math.round(below['Actual Rows']).toLocaleString('en')} rows`];
  return [];
}

/** As text that the parameter's own type reads. */
function literal(value: unknown): string {
  if (value === null) return 'null';
  return pg.escapeLiteral(
    Array.isArray(value) ? `{${value.map((one) => JSON.stringify(one)).join()}}` : String(value),
  );
}

function inputOf(schema: GraphQLSchema, list: string, arg: string): GraphQLInputObjectType | undefined {
  const args = schema.getQueryType()?.getFields()[list]?.args ?? [];
  return named(args.find((one) => one.name === arg)?.type) as GraphQLInputObjectType | undefined;
}

/** Arguments of every list of a resource, with words for them. */
function listsOf(schema: GraphQLSchema, { name, type }: Model['descriptor']): [string, string][] {
  const filters = inputOf(schema, name, 'filter')?.getFields() ?? {};
  const lists: [string, string][] = ordersOf(schema, name).map(({ what, order }) => [
    what,
    `first: 50, ${order}`,
  ]);
  for (const [field, { type: wrapped }] of Object.entries(filters)) {
    const filter = named(wrapped) as GraphQLInputObjectType;
    const compared = 'getFields' in filter ? named(filter.getFields().eq?.type) : undefined;
    const where = (value: string) =>
      lists.push([`where ${field}`, `first: 50, filter: { ${field}: { eq: ${value} } }`]);
    if (filter.name === 'IDFilter') where(`"${encodeId(prefixOf(type, field), newUuid())}"`);
    else if (filter.name === 'BooleanFilter') for (const flag of ['true', 'false']) where(flag);
    else if (/[nN]umber$|[kK]ey$/.test(field) && filter.name === 'StringFilter') where('"nothing"');
    // Each value: common ones are found anywhere, for rare ones a wrong plan reads everything.
    else if (isEnum(compared)) for (const { name: value } of compared.getValues()) where(value);
  }
  // Words of every row and of none.
  if (filters.search)
    for (const word of ['1', '没有的', 'qx'])
      lists.push([`search ${word}`, `first: 50, filter: { search: "${word}" }`]);
  return lists;
}

interface OfferedOrder {
  what: string;
  /** As a cursor and a column name it. */
  field: string;
  direction: string;
  order: string;
}

/** The orders of a list, each in both directions. */
function ordersOf(schema: GraphQLSchema, name: string): OfferedOrder[] {
  const fields = named(inputOf(schema, name, 'orderBy')?.getFields().field?.type);
  if (!isEnum(fields)) return [];
  return fields.getValues().flatMap(({ name: constant, value }) =>
    ['ASC', 'DESC'].map((direction) => ({
      what: `by ${constant} ${direction}`,
      field: String(value),
      direction,
      order: `orderBy: { field: ${constant}, direction: ${direction} }`,
    })),
  );
}

/** The pages behind and before a place far behind in each order of a large table: they must not read what lies before them. */
async function farBehind(
  client: pg.Client,
  schema: GraphQLSchema,
  { descriptor, table, columns }: Model,
): Promise<[string, string][]> {
  const rows = await sizeOf(client, table);
  if (rows < 2 * most) return [];
  const place = Math.min(far, Math.floor(rows * 0.9));
  const lists: [string, string][] = [];
  for (const { what, field, direction, order } of ordersOf(schema, descriptor.name)) {
    const { column, nullable } = columns.get(field) ?? {};
    const sorted = `${column} ${direction}${nullable ? ' nulls last' : ''}, id ${direction}`;
    const found = await client.query(
      `select ${column}::text as value, id from ${table} order by ${sorted} offset ${place} limit 1`,
    );
    const [{ value, id }] = found.rows;
    const cursor = Buffer.from(JSON.stringify([`${field}:${direction}`, value, id])).toString('base64url');
    lists.push([`${what} far behind`, `first: 50, after: "${cursor}", ${order}`]);
    lists.push([`${what} back from far behind`, `last: 50, before: "${cursor}", ${order}`]);
  }
  return lists;
}

/** Everything since an instant or a day that few rows of a large table have behind them, in the usual order: of columns that have an order. */
async function ranges(
  client: pg.Client,
  schema: GraphQLSchema,
  { descriptor, table, columns }: Model,
): Promise<[string, string][]> {
  if ((await sizeOf(client, table)) < 2 * most) return [];
  const lists: [string, string][] = [];
  const filters = inputOf(schema, descriptor.name, 'filter')?.getFields() ?? {};
  for (const { field, direction } of ordersOf(schema, descriptor.name)) {
    const { column, kind } = columns.get(field) ?? {};
    if (direction !== 'DESC' || !(field in filters) || (kind !== 'date' && kind !== 'dateTime')) continue;
    const { rows } = await client.query<{ since: string }>(
      `select to_json(${column})#>>'{}' as since from ${table} where ${column} is not null order by ${column} desc offset 20 limit 1`,
    );
    const [found] = rows;
    if (found) lists.push([`since ${field}`, `first: 50, filter: { ${field}: { gte: "${found.since}" } }`]);
  }
  return lists;
}

/** Rows of a table, as far as they matter here. */
async function sizeOf(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(
    `select count(*)::int as rows from (select from ${table} limit ${2 * far}) t`,
  );
  return rows[0]?.rows ?? 0;
}

/** By shape: this folder's copy of graphql is not the one that made the schema, and would not know its types. */
function named(type: unknown): unknown {
  let inner = type;
  while (inner && typeof inner === 'object' && 'ofType' in inner) inner = inner.ofType;
  return inner;
}
const isEnum = (type: unknown): type is GraphQLEnumType =>
  typeof type === 'object' && type !== null && 'getValues' in type;

function prefixOf(type: string, field: string): string {
  const model = allModels().find((one) => one.descriptor.type === type);
  const target = model?.references.get(field)?.target();
  return (target ? allModels().find((one) => one.entity === target) : model)?.descriptor.idPrefix ?? '';
}

async function statementsOf(
  client: pg.Client,
  engine: Engine,
  organisation: string,
  source: string,
): Promise<Statement[]> {
  const prepared = engine.prepare(source);
  if ('errors' in prepared) throw new Error(`${prepared.errors[0]?.message} in ${source}`);
  const seen: Statement[] = [];
  const viewer = systemViewer(organisation, 'bench');
  // A search's next statement depends on what the first one found.
  const read = new Reader(viewer, 'en', async (text, values, kind) => {
    seen.push({ text, values, ranges: kind === 'ranges' });
    const { rows } = await client.query<unknown[]>({ text, values, rowMode: 'array' });
    return rows;
  });
  await engine.run(prepared.document, null, {}, { viewer, locale: 'en', read } as Context);
  return seen;
}
