import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Building, Community, Organisation, Unit } from '../../src/domains/units/index.ts';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import type { Kind } from '../../src/platform/db/reads.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { withClient } from '../harness/postgres.ts';
import { startWorld, type World } from '../harness/world.ts';

let world: World;
let db: Database;
const organisation = newUuid();

beforeAll(async () => {
  world = await startWorld({ READ_SECONDS: '1' });
  db = await openDatabase({
    url: world.app.databaseUrl,
    pool: 4,
    readSeconds: 1,
    entities: [Organisation, Community, Building, Unit],
  });
});
afterAll(async () => {
  await db.close();
  await world.close();
});

const backend = "select pg_backend_pid(), current_setting('app.org'), $1::int";
const read = (at: number, tenant = organisation, kind?: Kind) => db.read(tenant, backend, [at], kind);

describe('reads that are asked for at the same moment', () => {
  test('travel together on one connection, and each gets its own answer', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, (_, at) => read(at)));
    expect(answers.map(([row]) => row?.[2])).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(answers.map(([row]) => row?.[0])).size).toBe(1);
  });

  test.each([
    ['lists', 2],
    ['ranges', 2],
    ['keys', 1],
  ] as const)('by two organisations never mix: %s, on %i connections', async (kind, connections) => {
    const other = newUuid();
    const tenants = Array.from({ length: 30 }, (_, at) => (at % 3 === 0 ? other : organisation));
    const answers = await Promise.all(tenants.map((tenant, at) => read(at, tenant, kind)));
    expect(answers.map(([row]) => row?.slice(1))).toEqual(tenants.map((tenant, at) => [tenant, at]));
    expect(new Set(answers.map(([row]) => row?.[0])).size).toBe(connections);
  });

  test('by key, of several organisations, fail alone', async () => {
    const others = [newUuid(), newUuid()];
    const settled = await Promise.allSettled([
      read(1, organisation, 'keys'),
      db.read(others[0] ?? '', 'select 1 / $1::int', [0], 'keys'),
      read(2, others[0], 'keys'),
      read(3, others[1], 'keys'),
    ]);
    expect(
      settled.map((one) => (one.status === 'fulfilled' ? one.value[0]?.slice(1) : one.reason.code)),
    ).toEqual([[organisation, 1], '22012', [others[0], 2], [others[1], 3]]);
  });

  test('fail alone: what was asked for before and behind a refused one is answered', async () => {
    const settled = await Promise.allSettled([
      read(1),
      db.read(organisation, 'select 1 / $1::int', [0]),
      read(2),
      db.read(organisation, 'select no_such_column', []),
      read(3),
    ]);
    expect(settled.map((one) => (one.status === 'fulfilled' ? one.value[0]?.[2] : one.reason.code))).toEqual([
      1,
      '22012',
      2,
      '42703',
      3,
    ]);
    expect(await read(4)).toHaveLength(1);
  });

  test('fail alone before they are sent, when their values cannot be', async () => {
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    const settled = await Promise.allSettled([
      read(1, organisation, 'keys'),
      db.read(newUuid(), 'select $1::json', [endless], 'keys'),
      read(2, organisation, 'keys'),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('are planned once for all, or for their values where that was asked', async () => {
    const mode = "select current_setting('plan_cache_mode')";
    const answers = await Promise.all(
      (['lists', 'ranges', 'keys', 'ranges'] as const).map((kind) => db.read(organisation, mode, [], kind)),
    );
    expect(answers.flat(2)).toEqual([
      'force_generic_plan',
      'force_custom_plan',
      'force_generic_plan',
      'force_custom_plan',
    ]);
  });

  test('are all answered, however many they are', async () => {
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, at) => read(at)));
    expect(answers.map(([row]) => row?.[2])).toEqual(Array.from({ length: 1_000 }, (_, at) => at));
  });

  test('lose only the one that runs when their connection dies', async () => {
    const settled = await Promise.allSettled([
      read(1),
      db.read(organisation, 'select pg_terminate_backend(pg_backend_pid())', []),
      read(2),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('a read that takes too long', () => {
  test('is given up with TIMEOUT, its neighbours are answered, and the connection goes on', async () => {
    const settled = await Promise.allSettled([
      read(1),
      db.read(organisation, 'select pg_sleep(20)', []),
      read(2),
    ]);
    expect(settled.map((one) => (one.status === 'fulfilled' ? one.value[0]?.[2] : one.reason.code))).toEqual([
      1,
      'TIMEOUT',
      2,
    ]);
    expect(await read(3)).toHaveLength(1);
  });

  test('tells its caller what to do', async () => {
    const org = await world.organisation();
    await withClient(world.app.databaseUrl, async (client) => {
      await client.query('begin');
      await client.query('lock table unit in access exclusive mode');
      const { data, errors } = await org.admin.send('{ units { nodes { id } } }');
      await client.query('rollback');
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions.code).toBe('TIMEOUT');
      expect(errors?.[0]?.message).toMatch(/1 秒/);
    });
    expect((await org.admin.query('{ units { nodes { id } } }')).units.nodes).toEqual([]);
  });
});
