import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dataProvider } from '../src/platform/dataProvider.ts';
import { NetworkError, Refused } from '../src/platform/errors.ts';
import { runAction } from '../src/platform/mutations.ts';

interface Sent {
  query: string;
  variables: {
    first?: number;
    after?: string | null;
    input?: object;
    filter?: object;
    orderBy?: object;
    ids?: string[];
  };
  key: string | undefined;
}

let sent: Sent[];
let answer: (request: Sent) => unknown;
const units = resourceNamed('units') as ResourceDescriptor;

/** An API of 250 units, whose cursors are positions. */
function pages({ variables: { first = 0, after } }: Sent) {
  const start = after ? Number(after) : 0;
  const end = Math.min(250, start + first);
  const nodes = Array.from({ length: end - start }, (_, at) => ({ id: `unit_${start + at}` }));
  return {
    data: {
      page: {
        nodes,
        pageInfo: { hasNextPage: end < 250, hasPreviousPage: start > 0, endCursor: String(end) },
        totalCount: 250,
        totalCountPrecision: 'EXACT',
      },
    },
  };
}

beforeEach(() => {
  sent = [];
  answer = pages;
  vi.stubGlobal('fetch', async (_: string, init: { body: string; headers: Record<string, string> }) => {
    const request: Sent = { ...JSON.parse(init.body), key: init.headers['idempotency-key'] };
    sent.push(request);
    const body = await answer(request);
    return new Response(JSON.stringify(body), { status: 200 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const list = (page: number, filter: object = {}) =>
  dataProvider.getList('units', {
    pagination: { page, perPage: 25 },
    sort: { field: 'area', order: 'DESC' },
    filter,
    meta: { view: 'list' },
  });

test('a page that follows another continues behind its cursor, with one request', async () => {
  await list(1, { number: { contains: 'a' } });
  const second = await list(2, { number: { contains: 'a' } });
  expect(second.data[0]).toEqual({ id: 'unit_25' });
  expect(second.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: true });
  expect(second.total).toBe(250);
  expect(sent.map(({ variables }) => [variables.first, variables.after])).toEqual([
    [25, null],
    [25, '25'],
  ]);
});

test('a page that nobody has come to yet is walked to in large steps', async () => {
  const ninth = await list(9, { number: { contains: 'b' } });
  expect(ninth.data[0]).toEqual({ id: 'unit_200' });
  expect(sent.map(({ variables }) => variables.first)).toEqual([100, 100, 25]);
  expect(sent[0]?.query).not.toContain('fullName');
});

test('a page behind the end is empty, with a way back', async () => {
  const page = await list(90, { number: { contains: 'c' } });
  expect(page).toEqual({ data: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
});

test('filter and order go to the API as it spells them', async () => {
  await list(1, { status: { in: ['VACANT'] }, search: '' });
  expect(sent[0]?.variables).toMatchObject({
    filter: { status: { in: ['VACANT'] } },
    orderBy: { field: 'AREA', direction: 'DESC' },
  });
});

test('missing records are left out of getMany', async () => {
  answer = () => ({ data: { records: [{ id: 'unit_1' }, null] } });
  expect(await dataProvider.getMany('units', { ids: ['unit_1', 'unit_2'] })).toEqual({
    data: [{ id: 'unit_1' }],
  });
});

test('a missing record is a 404 with words', async () => {
  answer = () => ({ data: { record: null } });
  await expect(dataProvider.getOne('units', { id: 'unit_1' })).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('找不到'),
  });
});

test('refusals arrive beside their fields, general ones at the root', async () => {
  answer = () => ({
    data: {
      payload: {
        record: null,
        userErrors: [
          { code: 'VALIDATION', field: ['area'], message: '过大', rule: null },
          { code: 'FORBIDDEN', field: null, message: '无权', rule: 'P-3' },
        ],
      },
    },
  });
  const refusal = dataProvider.update('units', {
    id: 'unit_1',
    data: { area: '1' },
    previousData: { id: 'unit_1' },
  });
  await expect(refusal).rejects.toMatchObject({
    body: { errors: { area: '过大', root: { serverError: '无权 (规程 P-3)' } } },
  });
});

test('a conflict carries the present record', async () => {
  answer = () => ({
    data: {
      payload: {
        record: { id: 'unit_1', version: 7 },
        userErrors: [{ code: 'CONFLICT', field: null, message: '旧版本' }],
      },
    },
  });
  const error = await runAction(units, 'unitUpdate', { id: 'unit_1', version: 6 }).catch(
    (refused: unknown) => refused,
  );
  expect(error).toBeInstanceOf(Refused);
  expect(error).toMatchObject({ isConflict: true, current: { version: 7 } });
});

test('what was not answered is repeated with the same idempotency key; other content gets its own', async () => {
  answer = () => {
    throw new TypeError('connection lost');
  };
  await expect(runAction(units, 'unitUpdate', { id: 'unit_1', version: 1 })).rejects.toBeInstanceOf(
    NetworkError,
  );
  answer = () => ({ data: { payload: { record: { id: 'unit_1' }, userErrors: [] } } });
  await runAction(units, 'unitUpdate', { id: 'unit_1', version: 1 });
  await runAction(units, 'unitUpdate', { id: 'unit_1', version: 1 });
  const [lost, repeated, anew] = sent.map(({ key }) => key);
  expect(lost).toBeTruthy();
  expect(repeated).toBe(lost);
  expect(anew).not.toBe(lost);
});

test('records are never deleted', async () => {
  await expect(dataProvider.delete('units', { id: 'unit_1' })).rejects.toThrow();
});
