import { roleNames } from '@desk/schema';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemo } from '../../src/demo/index.ts';
import { domains } from '../../src/domains.ts';
import { schemaOf } from '../../src/platform/graphql/schema.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { contextFor } from '../../src/platform/request.ts';
import { Viewer } from '../../src/platform/viewer.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';

/** The number of SQL statements of a request depends on its document, never on its rows. */
const schema = schemaOf(domains);
const isConnection = (type: unknown): type is GraphQLObjectType =>
  isObjectType(type) && type.name.endsWith('Connection');
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter((field) =>
  isConnection(getNamedType(field.type)),
);

let app: TestApp;
let organisation = '';
beforeAll(async () => {
  app = await startTestApp();
  organisation = await loadDemo(app, () => undefined);
}, 120_000);
afterAll(() => app.close());

/** Everything that a record offers: plain fields, related records' ids, and the first of each nested list. */
function selectionOf(type: GraphQLObjectType, depth: number): string {
  const parts = Object.values(type.getFields()).map((field: GraphQLField<unknown, unknown>) => {
    const named = getNamedType(field.type);
    if (field.args.some((arg) => isNonNullType(arg.type))) return '';
    if (isScalarType(named) || isEnumType(named)) return field.name;
    if (isConnection(named))
      return depth > 0 ? `${field.name}(first: 3) { ${listSelection(named, depth - 1)} }` : '';
    if (isObjectType(named))
      return `${field.name} { ${'id' in named.getFields() ? 'id' : selectionOf(named, 0)} }`;
    return '';
  });
  return parts.filter(Boolean).join(' ');
}

function listSelection(connection: GraphQLObjectType, depth: number): string {
  const node = getNamedType(connection.getFields().nodes?.type) as GraphQLObjectType;
  const count = 'totalCount' in connection.getFields() ? 'totalCount' : '';
  return `nodes { ${selectionOf(node, depth)} } ${count}`;
}

async function statements(source: string): Promise<{ statements: number; rows: number }> {
  const viewer = new Viewer(
    { id: newUuid(), kind: 'STAFF', name: '守卫' },
    organisation,
    roleNames.map((role) => ({ role, communityId: null, buildingIds: null })),
  );
  const prepared = app.engine.prepare(source);
  if ('errors' in prepared) throw new Error(`${prepared.errors[0]?.message} in ${source}`);
  const before = app.db.statements();
  const { data, errors } = await app.engine.run(
    prepared.document,
    null,
    {},
    contextFor(app.services, { viewer, locale: 'en' }),
  );
  if (errors) throw new Error(JSON.stringify(errors));
  const [list] = Object.values(data ?? {}) as { nodes: unknown[] }[];
  return { statements: app.db.statements() - before, rows: list?.nodes.length ?? 0 };
}

test.each(lists.map((field) => [field.name, field] as const))(
  '%s: no more statements for 40 records than for 10',
  async (name, field) => {
    const selection = listSelection(getNamedType(field.type) as GraphQLObjectType, 1);
    // What is kept from request to request (a policy's text) is there from the first one on.
    await statements(`{ ${name}(first: 10) { ${selection} } }`);
    const few = await statements(`{ ${name}(first: 10) { ${selection} } }`);
    const many = await statements(`{ ${name}(first: 40) { ${selection} } }`);
    // Fewer now and then: what several places ask for at the same moment is asked once.
    expect(many.statements).toBeLessThanOrEqual(few.statements);
  },
);

test('50 tickets with unit, building, reporter and assignee take one statement', async () => {
  const found = await statements(
    '{ tickets(first: 50) { nodes { number status unit { fullName building { name } } reporter { name } assignee { name } } } }',
  );
  expect(found).toEqual({ statements: 1, rows: expect.any(Number) });
  expect(found.rows).toBeGreaterThan(20);
});
