import { readFileSync } from 'node:fs';
import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed } from '@desk/schema';
import { beforeEach, expect, test } from 'vitest';
import { fieldsOf, filtersOf, inputsOf } from '../src/platform/model.ts';
import { selectionOf } from '../src/platform/query.ts';
import type { Sdl } from '../src/platform/sdl.ts';
import { toForm } from '../src/ui/formValues.ts';
import { compactSdl } from '../vite/sdl.ts';

const before = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');
/** What a developer adds: one field in the SDL's three places, one line in the descriptor. Nothing in the console. */
const extended = `${before}
extend type Unit { deposit: Money }
extend input UnitFilter { deposit: DepositFilter }
extend input UnitCreateInput { deposit: Money }
extend input UnitUpdateInput { deposit: Money }
input DepositFilter { gte: Money lte: Money }`;

let sdl: Sdl;
let owner: ResourceDescriptor;
const none = new Set<string>();

beforeEach(() => {
  const units = resourceNamed('units') as ResourceDescriptor;
  sdl = compactSdl(extended);
  owner = {
    ...units,
    fields: {
      ...units.fields,
      deposit: { label: { zh: '押金', en: 'Deposit' }, list: true, filter: true, sort: true },
    },
  };
});

test('a field that the SDL does not have yet appears nowhere', () => {
  const old = compactSdl(before);
  expect(fieldsOf(owner, none, old).map(({ name }) => name)).not.toContain('deposit');
  expect(filtersOf(owner, none, old).map(({ name }) => name)).not.toContain('deposit');
  expect(inputsOf(owner, 'unitCreate', old).map(({ name }) => name)).not.toContain('deposit');
  expect(selectionOf(owner, 'full', none, old).split(' ')).not.toContain('deposit');
});

test('a new field becomes a sortable column and a line of the show page, with its label', () => {
  const field = fieldsOf(owner, none, sdl).find(({ name }) => name === 'deposit');
  expect(field).toMatchObject({
    kind: 'money',
    column: true,
    sort: true,
    label: { zh: '押金', en: 'Deposit' },
  });
});

test('a new field is asked for in lists and on the show page', () => {
  expect(selectionOf(owner, 'list', none, sdl).split(' ')).toContain('deposit');
  expect(selectionOf(owner, 'full', none, sdl).split(' ')).toContain('deposit');
});

test('a new field becomes a pair of range filters', () => {
  const sources = filtersOf(owner, none, sdl).filter(({ name }) => name === 'deposit');
  expect(sources.map(({ source, end }) => [source, end])).toEqual([
    ['deposit.gte', 'from'],
    ['deposit.lte', 'to'],
  ]);
});

test('a new field becomes an input of both forms, filled from the record', () => {
  const inputs = inputsOf(owner, 'unitUpdate', sdl);
  expect(inputsOf(owner, 'unitCreate', sdl).find(({ name }) => name === 'deposit')).toMatchObject({
    kind: 'money',
    required: false,
  });
  expect(toForm(inputs, { id: 'unit_1', deposit: 123450 })).toMatchObject({ deposit: 123450 });
});

test('a field hidden from the viewer is not even asked for', () => {
  const hidden = new Set(['deposit']);
  expect(selectionOf(owner, 'full', hidden, sdl).split(' ')).not.toContain('deposit');
  expect(filtersOf(owner, hidden, sdl).map(({ name }) => name)).not.toContain('deposit');
});
