import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../harness/postgres.ts';
import { startWorld, type TestOrganisation, type World } from '../harness/world.ts';

/** Pages far behind in an order whose column is empty in places: each record once, both ways, and no row before the page is read. */
let world: World;
let org: TestOrganisation;
let unitIds: string[] = [];
const units = 3_000;

beforeAll(async () => {
  world = await startWorld();
  org = await world.organisation();
  const { id, building } = await org.unit({ number: '0' });
  const uuid = world.app.uuidOf(building.id);
  // Of every third the floor is not known; equal floors are told apart by the id.
  await world.app.db.owner.query(
    `insert into unit (organisation_id, id, version, created_at, updated_at, community_id, building_id, number, full_name, kind, status, floor)
     select b.organisation_id, uuidv7(), 1, now(), now(), b.community_id, b.id, n::text, b.name || '-' || n, 'RESIDENCE', 'VACANT', case when n % 3 > 0 then n % 40 end
     from building b, generate_series(1, $2::int) n where b.id = $1`,
    [uuid, units - 1],
  );
  await world.app.db.owner.query('analyze unit');
  const { rows } = await world.app.db.owner.query<{ id: string }>(
    'select id from unit where building_id = $1',
    [uuid],
  );
  unitIds = rows.map(({ id }) => id);
  expect(unitIds).toContain(world.app.uuidOf(id));
});
afterAll(() => world.close());

interface Page {
  nodes: { id: string; floor: number | null }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

async function page(direction: string, search: string | null, window: object): Promise<Page> {
  const { units } = await org.admin.query(
    `query($direction: OrderDirection!, $search: String, $first: Int, $after: String, $last: Int, $before: String) {
      units(first: $first, after: $after, last: $last, before: $before, filter: { search: $search }, orderBy: { field: FLOOR, direction: $direction }) {
        nodes { id floor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    { direction, search, ...window },
  );
  return units;
}

/** All records from the first page to the last, or from the last to the first. */
async function walk(direction: string, search: string | null, backward: boolean): Promise<Page['nodes']> {
  const found: Page['nodes'] = [];
  for (let cursor: string | null = null; ; ) {
    const { nodes, pageInfo } = await page(
      direction,
      search,
      backward ? { last: 100, before: cursor } : { first: 100, after: cursor },
    );
    if (backward) found.unshift(...nodes);
    else found.push(...nodes);
    if (!(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return found;
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

describe.each(['ASC', 'DESC'])('in the order of the floor, %s', (direction) => {
  /** As PostgreSQL would list them in one go. */
  const expected = async (like: string) => {
    const { rows } = await world.app.db.owner.query<{ id: string }>(
      `select id from unit where id = any($1::uuid[]) and search_text like $2 order by floor ${direction} nulls last, id ${direction}`,
      [unitIds, like],
    );
    return rows.map(({ id }) => id);
  };
  const uuids = (nodes: Page['nodes']) => nodes.map(({ id }) => world.app.uuidOf(id));

  test.each([
    ['all', null, '%'],
    ['a search that finds some', '77', '%77%'],
    ['a search that finds many', '1', '%1%'],
  ])('pages of %s meet each record once, forward and backward', async (_what, search, like) => {
    const all = await expected(like);
    expect(all.length).toBeGreaterThan(50);
    expect(uuids(await walk(direction, search, false))).toEqual(all);
    expect(uuids(await walk(direction, search, true))).toEqual(all);
  });

  test('a page behind a cursor reads the rows of the page only', async () => {
    const all = await walk(direction, null, false);
    const lastWithFloor = all.findLastIndex(({ floor }) => floor !== null);
    for (const place of [1_000, lastWithFloor - 5, lastWithFloor, 2_500]) {
      const [, end] = [all[place], await cursorAt(direction, place)];
      expect(await rowsRead(() => page(direction, null, { first: 10, after: end }))).toBeLessThan(100);
      expect(await rowsRead(() => page(direction, null, { last: 10, before: end }))).toBeLessThan(100);
    }
  });
});

test('a range of few records is found by its own index, whatever the order; of many it is read in the order', async () => {
  const changed = (since: string) =>
    org.admin.query(
      'query($since: DateTime!) { units(first: 10, filter: { updatedAt: { gte: $since } }) { totalCount nodes { id } } }',
      { since },
    );
  await world.app.db.owner.query(
    `update unit set updated_at = now() + interval '1 hour' where id = any($1::uuid[])`,
    [unitIds.slice(-3)],
  );
  await world.app.db.owner.query('analyze unit');
  const soon = new Date(Date.now() + 1_800_000).toISOString();
  expect((await changed(soon)).units.totalCount).toBe(3);
  expect(await rowsRead(() => changed(soon))).toBeLessThan(50);
  const list =
    '{ units(first: 10, filter: { updatedAt: { gte: "2020-01-01T00:00:00Z" } }) { nodes { id } } }';
  expect(await rowsRead(() => org.admin.query(list))).toBeLessThan(50);
});

test('a plan that a small organisation made reads no more for a large one', async () => {
  const small = await world.organisation();
  await small.unit();
  await world.app.db.owner.query(
    `insert into key (organisation_id, id, version, created_at, updated_at, community_id, building_id, unit_id, number, opens, status)
     select organisation_id, uuidv7(), 1, now(), now(), community_id, building_id, id, number, '入户门', 'ACTIVE'
     from unit where organisation_id = any($1::uuid[])`,
    [[org.uuid, small.uuid]],
  );
  await world.app.db.owner.query('analyze unit, key');
  const list = '{ keys(first: 10) { nodes { number unit { number } } } }';
  const [statement] = await statementsOf(() => org.admin.query(list));
  expect(await rowsReadBy(statement as Asked, small.uuid)).toBeLessThan(50);
});

async function cursorAt(direction: string, place: number): Promise<string> {
  const { rows } = await world.app.db.owner.query<{ floor: number | null; id: string }>(
    `select floor::text, id from unit where id = any($1::uuid[]) order by floor ${direction} nulls last, id ${direction} offset $2 limit 1`,
    [unitIds, place],
  );
  const [row] = rows;
  return Buffer.from(JSON.stringify([`floor:${direction}`, row?.floor, row?.id])).toString('base64url');
}

type Asked = Parameters<World['app']['db']['read']>;

async function statementsOf(request: () => Promise<unknown>): Promise<Asked[]> {
  const { db } = world.app;
  const { read } = db;
  const statements: Asked[] = [];
  db.read = (...statement) => {
    statements.push(statement);
    return read(...statement);
  };
  await request().finally(() => (db.read = read));
  return statements;
}

/** Rows of units that a request makes the database read. */
async function rowsRead(request: () => Promise<unknown>): Promise<number> {
  let sum = 0;
  for (const statement of await statementsOf(request)) sum += await rowsReadBy(statement);
  return sum;
}

/** The same of one statement, planned as the application does, by the organisation that `planner` names. */
async function rowsReadBy([tenant, text, values, byValues]: Asked, planner = tenant): Promise<number> {
  let read = 0;
  await withClient(world.app.databaseUrl, async (client) => {
    await client.query(
      `set role desk_app; set plan_cache_mode = force_${byValues ? 'custom' : 'generic'}_plan`,
    );
    await client.query(`prepare asked as ${text}`);
    const given = values.map((value) => (value === null ? 'null' : pg.escapeLiteral(asText(value))));
    const execute = `execute asked${given.length > 0 ? `(${given.join()})` : ''}`;
    await client.query(`set app.org = '${planner}'; ${execute}; set app.org = '${tenant}'`);
    const { rows } = await client.query(`explain (analyze, timing off, format json) ${execute}`);
    const nodes = [rows[0]['QUERY PLAN'][0].Plan];
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      nodes.push(...(node.Plans ?? []));
      if (node['Relation Name'] === 'unit')
        read += (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    }
  });
  return read;
}

const asText = (value: unknown): string => (Array.isArray(value) ? `{${value.join()}}` : String(value));
