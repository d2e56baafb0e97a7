/** Asks the database how it would read every list that the schema offers: in each order, and by each filter in the usual order. */
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

/** Tables with more rows than this must not be read or sorted as a whole. */
const large = 5_000;

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Plan Rows': number;
  'Parallel Aware'?: boolean;
  Plans?: Node[];
}

/** Lists whose plan reads or sorts a whole large table, a line each. */
export async function indexFaults(url: string, organisation: string): Promise<string[]> {
  const schema = schemaOf(domains);
  const engine = new Engine(schema, { error: () => undefined } as unknown as Engine['log']);
  const client = new pg.Client({ connectionString: url, options: '-c role=desk_app -c timezone=UTC' });
  await client.connect();
  try {
    await client.query("select set_config('app.org', $1, false)", [organisation]);
    const faults: string[] = [];
    for (const { descriptor } of allModels())
      for (const [what, args] of listsOf(schema, descriptor)) {
        const statements = await statementsOf(
          engine,
          organisation,
          `{ ${descriptor.name}(first: 50, ${args}) { nodes { id } } }`,
        );
        for (const { text, values } of statements) {
          const { rows } = await client.query(`explain (format json) ${text}`, values);
          const fault = faultOf(rows[0]['QUERY PLAN'][0].Plan);
          if (fault) faults.push(`${descriptor.name} ${what}: ${fault}`);
        }
      }
    return faults;
  } finally {
    await client.end();
  }
}

/** Arguments of every list of a resource, with words for them. */
function listsOf(schema: GraphQLSchema, { name, type }: Model['descriptor']): [string, string][] {
  const args = schema.getQueryType()?.getFields()[name]?.args ?? [];
  const input = (arg: string) =>
    named(args.find((one) => one.name === arg)?.type) as GraphQLInputObjectType | undefined;
  const order = named(input('orderBy')?.getFields().field?.type);
  const lists: [string, string][] = [];
  if (isEnum(order))
    for (const { name: field } of order.getValues())
      for (const direction of ['ASC', 'DESC'])
        lists.push([`by ${field} ${direction}`, `orderBy: { field: ${field}, direction: ${direction} }`]);
  for (const [field, { type: wrapped }] of Object.entries(input('filter')?.getFields() ?? {})) {
    const filter = named(wrapped) as GraphQLInputObjectType;
    const compared = 'getFields' in filter ? named(filter.getFields().eq?.type) : undefined;
    if (filter.name === 'IDFilter')
      lists.push([
        `where ${field}`,
        `filter: { ${field}: { eq: "${encodeId(prefixOf(type, field), newUuid())}" } }`,
      ]);
    else if (isEnum(compared))
      lists.push([`where ${field}`, `filter: { ${field}: { eq: ${compared.getValues()[0]?.name} } }`]);
  }
  return lists;
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
  engine: Engine,
  organisation: string,
  source: string,
): Promise<{ text: string; values: unknown[] }[]> {
  const prepared = engine.prepare(source);
  if ('errors' in prepared) throw new Error(`${prepared.errors[0]?.message} in ${source}`);
  const seen: { text: string; values: unknown[] }[] = [];
  const viewer = systemViewer(organisation, 'bench');
  const read = new Reader(viewer, 'en', async (text, values) => {
    seen.push({ text, values });
    return [];
  });
  await engine.run(prepared.document, null, {}, { viewer, locale: 'en', read } as Context);
  return seen;
}

function faultOf(node: Node): string | undefined {
  const rows = node['Plan Rows'];
  if (node['Node Type'] === 'Seq Scan' && rows > large) return `reads all of ${node['Relation Name']}`;
  const below = node.Plans?.[0]?.['Plan Rows'] ?? 0;
  if (node['Node Type'] === 'Sort' && below > large)
    return `sorts ${Math.round(below).toLocaleString('en')} rows`;
  for (const inner of node.Plans ?? []) {
    const fault = faultOf(inner);
    if (fault) return fault;
  }
  return undefined;
}
