import { readFileSync } from 'node:fs';
import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed, resources } from '@desk/schema';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { totalsDocument } from '../src/home/figures.ts';
import { filtersOf, has, inputsOf } from '../src/platform/model.ts';
import {
  mutationDocument,
  orderName,
  pageDocument,
  recordDocument,
  recordsDocument,
  selectionOf,
  withoutEmpty,
} from '../src/platform/query.ts';
import { compactSdl } from '../vite/sdl.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const faults = (document: string) => validate(schema, parse(document)).map(({ message }) => message);
const owner = (name: string) => resourceNamed(name) as ResourceDescriptor;
/** Descriptors may be ahead of the API while a domain is being built. */
const offered = resources.filter(({ name }) => has('Query', name));

test.each(offered.map(({ name }) => name))('every document about %s is valid against the SDL', (name) => {
  const resource = owner(name);
  for (const view of ['reference', 'list', 'full'] as const) {
    const selection = selectionOf(resource, view);
    expect(faults(pageDocument(resource, `nodes { ${selection} }`))).toEqual([]);
    expect(faults(recordDocument(resource, selection))).toEqual([]);
    expect(faults(recordsDocument(resource, selection))).toEqual([]);
  }
  for (const mutation of [
    resource.create,
    resource.update,
    ...Object.values(resource.actions ?? {}).map((action) => action.mutation),
  ])
    if (mutation && has('Mutation', mutation))
      expect(faults(mutationDocument(mutation, resource, selectionOf(resource, 'full')))).toEqual([]);
  for (const [field, target] of Object.entries(resource.related ?? {}))
    if (has(resource.type, field))
      expect(
        faults(pageDocument(owner(target), 'nodes { id }', { parent: { resource, id: 'x', field } })),
      ).toEqual([]);
});

test('a page below a parent passes only the arguments that the connection has', () => {
  const parent = { resource: owner('buildings'), id: 'building_1', field: 'units' };
  const document = pageDocument(owner('units'), 'nodes { id }', { parent });
  expect(faults(document)).toEqual([]);
  expect(document).toContain('parent: building(id: $id)');
});

test('the list asks for columns only, the show page also for what may be done', () => {
  expect(selectionOf(owner('units'), 'list')).not.toContain('availableActions');
  expect(selectionOf(owner('units'), 'list')).toContain('building { id name }');
  expect(selectionOf(owner('units'), 'full')).toContain(
    'availableActions { action allowed code reason rule }',
  );
});

test('the home page counts everything in one document', () => {
  const figure = {
    key: 'units_VACANT',
    resource: 'units',
    label: { zh: '', en: '' },
    filter: { status: { in: ['VACANT'] } },
    urgent: false,
  };
  const { document, variables } = totalsDocument([figure]);
  expect(faults(document)).toEqual([]);
  expect(variables).toEqual({ units_VACANT: { status: { in: ['VACANT'] } } });
});

test('filters are paths in the GraphQL filter', () => {
  const sources = filtersOf(owner('units')).map(({ source }) => source);
  expect(sources).toEqual(
    expect.arrayContaining([
      'status.in',
      'building.eq',
      'number.contains',
      'area.gte',
      'area.lte',
      'underRenovation.eq',
    ]),
  );
});

test.each(['building', 'buildingId'])(
  'an input called %s is the reference "building" of the descriptor',
  (name) => {
    const sdl = compactSdl(`
    type Mutation { unitCreate(input: UnitCreateInput!): Unit } input UnitCreateInput { number: String! ${name}: ID! }
    type Unit { id: ID! building: Building! } type Building { id: ID! }`);
    expect(inputsOf(owner('units'), 'unitCreate', sdl)[0]).toMatchObject({
      name,
      kind: 'reference',
      reference: 'buildings',
      label: { zh: '楼栋' },
      source: 'building.id',
      required: true,
    });
  },
);

test('no form asks for id, version or idempotency key', () => {
  const inputs = inputsOf(owner('units'), 'unitUpdate').map(({ name }) => name);
  expect(inputs).toContain('number');
  for (const name of ['id', 'version', 'idempotencyKey']) expect(inputs).not.toContain(name);
});

test('cleared filter inputs are not sent', () => {
  expect(
    withoutEmpty({
      status: { in: [] },
      search: '',
      underRenovation: { eq: false },
      area: { gte: '60', lte: '' },
    }),
  ).toEqual({
    underRenovation: { eq: false },
    area: { gte: '60' },
  });
});

test('order enums are spelled in capitals', () => {
  expect(orderName('createdAt')).toBe('CREATED_AT');
  expect(orderName('fullName')).toBe('FULL_NAME');
});
