import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

async function cursorAt(direction: string, place: number): Promise<string> {
  const { rows } = await world.app.db.owner.query<{ floor: number | null; id: string }>(
    `select floor::text, id from unit where id = any($1::uuid[]) order by floor ${direction} nulls last, id ${direction} offset $2 limit 1`,
    [unitIds, place],
  );
  const [row] = rows;
  return Buffer.from(JSON.stringify([`floor:${direction}`, row?.floor, row?.id])).toString('base64url');
}

/** Rows of units that a request makes the database read. */
async function rowsRead(request: () => Promise<unknown>): Promise<number> {
  const { read, owner } = world.app.db;
  const statements: { text: string; values: unknown[] }[] = [];
  world.app.db.read = (tenant, text, values) => {
    statements.push({ text, values });
    return read(tenant, text, values);
  };
  await request().finally(() => (world.app.db.read = read));
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query(
      `select set_config('role', 'desk_app', true), set_config('app.org', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)`,
      [org.uuid],
    );
    let read = 0;
    for (const { text, values } of statements) {
      const { rows } = await client.query(`explain (analyze, timing off, format json) ${text}`, values);
      const nodes = [rows[0]['QUERY PLAN'][0].Plan];
      for (let node = nodes.pop(); node; node = nodes.pop()) {
        nodes.push(...(node.Plans ?? []));
        if (node['Relation Name'] === 'unit')
          read += (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
      }
    }
    return read;
  } finally {
    await client.query('rollback');
    client.release();
  }
}
