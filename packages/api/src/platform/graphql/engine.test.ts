import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { DocumentNode } from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';

let world: World;
let org: TestOrganisation;
beforeAll(async () => {
  world = await startWorld();
  org = await world.organisation();
});
afterAll(() => world.close());

test('a variable of a filter that can contain itself is compiled and answered', async () => {
  const { id } = await org.unit({ number: '101' });
  await org.unit({ number: '102' });
  const source =
    'query($filter: UnitFilter, $first: Int = 5) { units(filter: $filter, first: $first) { nodes { id } } }';
  const filter = {
    or: [{ number: { eq: '101' } }, { and: [{ number: { eq: '9' } }, { not: { number: { eq: '8' } } }] }],
  };
  expect(await org.admin.query(source, { filter })).toEqual({ units: { nodes: [{ id }] } });
  const prepared = world.app.engine.prepare(source);
  if ('errors' in prepared) throw new Error('not valid');
  expect(world.app.engine.executable(prepared.document, null), 'fell back to graphql-js').toBeDefined();
});

const list = (n: number) =>
  `{ a${n}: units(first: ${1 + (n % 90)}) { nodes { id number building { name } } } }`;

test('a document is compiled when it comes a second time: who writes values into documents sends each once', async () => {
  const { engine } = world.app;
  const compiled = vi.spyOn(engine, 'executable');
  const answers = [await org.admin.query(list(1))];
  expect(compiled).not.toHaveBeenCalled();
  answers.push(await org.admin.query(list(1)), await org.admin.query(list(1)));
  expect(compiled.mock.results.map(({ value }) => value !== undefined)).toEqual([true, true]);
  compiled.mockRestore();
  expect(answers).toEqual(Array(3).fill(answers[0]));
});

function prepared(source: string): DocumentNode {
  const found = world.app.engine.prepare(source);
  if ('errors' in found) throw new Error(found.errors[0]?.message);
  return found.document;
}

test('of very many documents those that are asked for all the time are kept', () => {
  const [hot, cold] = [prepared(list(10_000)), prepared(list(10_001))];
  for (let n = 0; n < 1_500; n += 1) {
    prepared(list(20_000 + n));
    if (n % 500 === 0) expect(prepared(list(10_000))).toBe(hot);
  }
  expect(prepared(list(10_000))).toBe(hot);
  expect(prepared(list(10_001))).not.toBe(cold);
});

test('what was compiled and given up leaves no memory behind', { timeout: 60_000 }, () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const lists = ['a', 'b', 'c', 'd'].map(
    (name) => `${name}: units { nodes { id number fullName building { id name } } }`,
  );
  const heapAfter = (first: number) => {
    for (let n = first; n < first + 1_000; n += 1)
      world.app.engine.executable(prepared(`{ a${n}: __typename ${lists.join(' ')} }`), null);
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const full = heapAfter(30_000); // as many as are kept
  expect(heapAfter(40_000) - full).toBeLessThan(5);
});

test('variables that do not fit their types are refused before anything runs', async () => {
  const { data, errors } = await org.admin.send(
    'query($first: Int!) { units(first: $first) { nodes { id } } }',
    { first: 'many' },
  );
  expect(data).toBeUndefined();
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('the defaults of variables count, and a variable that is not given leaves its argument out', async () => {
  const source =
    'query($first: Int = 1, $after: String, $skip: Boolean = true) { units(first: $first, after: $after) { nodes { id number @skip(if: $skip) } } }';
  const { units } = await org.admin.query(source, {});
  expect(units.nodes).toEqual([{ id: expect.any(String) }]);
});

test.each([
  [
    'too deep',
    `{ units { nodes { ${'building { community { buildings { nodes { '.repeat(4)} id ${'} } } }'.repeat(4)} } } }`,
  ],
  [
    'too many aliases',
    `{ ${Array.from({ length: 61 }, (_, n) => `a${n}: units { totalCount }`).join(' ')} }`,
  ],
  [
    'too many records',
    '{ communities(first: 100) { nodes { buildings(first: 100) { nodes { units(first: 100) { nodes { id } } } } } } }',
  ],
  [
    'too many records by the defaults of its variables',
    'query($n: Int = 100) { communities(first: $n) { nodes { buildings(first: $n) { nodes { units(first: $n) { nodes { id } } } } } } }',
  ],
  [
    'too many records by lists that have no pages',
    '{ communities(first: 100) { nodes { buildings(first: 12) { nodes { notices { tickets { id } } } } } } }',
  ],
  [
    'fragments that multiply',
    `{ ...f0 } ${Array.from({ length: 30 }, (_, n) => `fragment f${n} on Query { a: __typename ...f${n + 1} b: __typename ...f${n + 1} }`).join(' ')} fragment f30 on Query { __typename }`,
  ],
])('a query that is %s is refused before it runs', async (_what, source) => {
  const before = world.app.db.statements();
  const { errors } = await org.admin.send(source);
  expect(errors?.[0]?.extensions.code).toMatch(/TOO_COMPLEX|GRAPHQL_VALIDATION_FAILED/);
  expect(world.app.db.statements()).toBe(before);
});

test('a document of too many tokens is refused while it is parsed', async () => {
  const { errors } = await org.admin.send(`{ ${'__typename '.repeat(3000)} }`);
  expect(errors?.[0]?.message).toContain('token');
});

test('an unexpected error is masked, carries an id and says nothing of the inside', async () => {
  const { db } = world.app;
  const { read } = db;
  db.read = async () => {
    throw new Error('relation "secret_table" does not exist');
  };
  const { errors } = await org.admin.send('{ units { nodes { number } } }').finally(() => (db.read = read));
  expect(errors?.[0]).toMatchObject({
    extensions: { code: 'INTERNAL', id: expect.stringMatching(/^[0-9a-f]{12}$/) },
  });
  expect(JSON.stringify(errors)).not.toContain('secret_table');
});

test('cursors page forwards and backwards over equal and empty sort values without a gap or a double', async () => {
  const { id: building } = await org.building();
  for (const [index, floor] of [3, 1, null, 1, 2, null, 3].entries())
    await org.admin.mutate('unitCreate', { building, number: `n${index}`, floor }, 'unit { id }');
  for (const direction of ['ASC', 'DESC']) {
    const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { number floor }';
    const list = async (args: string, cursor?: string) => {
      const source = `query($b: ID, $cursor: String) { units(${args}, filter: { building: { eq: $b } }, orderBy: { field: FLOOR, direction: ${direction} }) { ${page} } }`;
      return (await org.admin.query(source, { b: building, cursor })).units;
    };
    const { nodes: all } = await list('first: 100, after: $cursor');
    expect(all.map((unit: { floor: number | null }) => unit.floor)).toEqual(
      direction === 'ASC' ? [1, 1, 2, 3, 3, null, null] : [3, 3, 2, 1, 1, null, null],
    );
    for (const [size, forwards] of [
      ['first: 2, after: $cursor', true],
      ['last: 3, before: $cursor', false],
    ] as const) {
      const walked: unknown[] = [];
      for (let cursor: string | undefined, more = true; more; ) {
        const found = await list(size, cursor);
        if (forwards) walked.push(...found.nodes);
        else walked.unshift(...found.nodes);
        more = forwards ? found.pageInfo.hasNextPage : found.pageInfo.hasPreviousPage;
        cursor = forwards ? found.pageInfo.endCursor : found.pageInfo.startCursor;
      }
      expect(walked).toEqual(all);
    }
  }
});

test.each(['garbage', 'W10', Buffer.from('["fullName:ASC","x","nope"]').toString('base64url')])(
  'the cursor %s is refused',
  async (after) => {
    const { errors } = await org.admin.send(
      'query($after: String) { units(after: $after) { nodes { id } } }',
      { after },
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  },
);
