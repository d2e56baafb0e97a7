import { afterAll, beforeAll, expect, test } from 'vitest';
import { Building, Community, Organisation, Unit } from '../../src/domains/units/index.ts';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { startWorld, type World } from '../harness/world.ts';

/** Statements are prepared once per connection, and a connection does not keep more of them than it should. */
let world: World;
let db: Database;
const organisation = newUuid();

beforeAll(async () => {
  world = await startWorld({ DATABASE_POOL: '2' });
  db = await openDatabase({
    url: world.app.databaseUrl,
    pool: 1,
    readSeconds: 20,
    entities: [Organisation, Community, Building, Unit],
  });
});
afterAll(async () => {
  await db.close();
  await world.close();
});

const setTenant = expect.stringContaining("set_config('app.org', $1, true)");
const prepared = 'select statement, generic_plans + custom_plans as runs from pg_prepared_statements';

test('a statement that is read again is planned, not parsed again', async () => {
  const text = 'select id from unit where number = $1::text';
  for (let count = 0; count < 7; count += 1) await db.read(organisation, text, [String(count)]);
  const known = new Map(
    (await db.read(organisation, prepared, [])).map(([statement, runs]) => [statement, Number(runs)]),
  );
  expect(known.get(text)).toBe(7);
  expect([...known]).toContainEqual([setTenant, 8]);
  const planned = await db.read(
    organisation,
    'select generic_plans::int, custom_plans::int from pg_prepared_statements where statement = $1::text',
    [text],
  );
  expect(planned, 'the same plan from the first time on').toEqual([[7, 0]]);
});

test('plans are neither compiled nor given memories for all the rows that they will not read', async () => {
  const [row] = await db.read(
    organisation,
    "select current_setting('jit'), current_setting('enable_memoize'), current_setting('plan_cache_mode')",
    [],
  );
  expect(row).toEqual(['off', 'off', 'force_generic_plan']);
});

test('of many different statements a connection keeps the newest 200, and the rest still work', async () => {
  const texts = Array.from({ length: 450 }, (_, at) => `select ${at}::int`);
  for (const [at, text] of texts.entries()) expect(await db.read(organisation, text, [])).toEqual([[at]]);
  const known = (await db.read(organisation, prepared, [])).map(([statement]) => statement);
  expect(known.length).toBeLessThanOrEqual(201);
  expect(known).toContainEqual(setTenant);
  expect(known).toContain(texts.at(-1));
  expect(known).not.toContain(texts[0]);
  expect(await db.read(organisation, texts[0] ?? '', [])).toEqual([[0]]);
});

test('a list that is asked for again runs the statement that is prepared', async () => {
  const org = await world.organisation();
  await org.unit();
  const seen = new Set<string>();
  const { read } = world.app.db;
  world.app.db.read = (tenant, text, values) => {
    seen.add(text);
    return read(tenant, text, values);
  };
  for (const number of ['1', '2', '3'])
    await org.admin.query(
      'query($n: String) { units(filter: { number: { eq: $n } }) { nodes { number building { name } } } }',
      { n: number },
    );
  world.app.db.read = read;
  expect([...seen].filter((text) => text.includes('from unit'))).toHaveLength(1);
});
