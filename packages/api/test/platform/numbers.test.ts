import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAs, systemViewer } from '../../src/platform/auth/system.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { migrate, migrateDown } from '../../src/platform/migrate.ts';
import { takeNumbers, type Wanted } from '../../src/platform/write/numbers.ts';
import { runInside } from '../../src/platform/write/run-inside.ts';
import { createTestDatabase, withClient } from '../harness/postgres.ts';
import { startWorld, type World } from '../harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' });
});
afterAll(() => world.close());

/** What a community takes in one transaction, which then holds or is thrown away. */
async function taker() {
  const org = await world.organisation();
  const community = world.app.uuidOf((await org.community()).id);
  return (wanted: readonly Wanted[], { fails = false } = {}) =>
    runAs(world.app.db, systemViewer(org.uuid), systemClock, async (tx) => {
      const run = (text: string, values: unknown[]) => runInside(tx.em, text, values);
      const taken = await takeNumbers(run, org.uuid, community, wanted);
      if (fails) throw new Error('thrown away');
      return taken.map(({ number }) => number);
    });
}
const receipt: Wanted = { of: 'receipt', letters: 'SJ', period: '2026', digits: 6 };
const day = { period: '2026-11-22' };
const inquiry: Wanted = { of: 'ticket', letters: 'ZX', ...day };
const permit: Wanted = { of: 'renovationPermit', letters: 'ZX', ...day };
const repair: Wanted = { of: 'ticket', letters: 'WX', ...day };

test('sixty at once, a third of which fail, leave no gap and take no number twice (F-05)', async () => {
  const take = await taker();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, index) => take([receipt], { fails: index % 3 === 0 })),
  );
  const numbers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
  expect(numbers.sort()).toEqual(
    Array.from({ length: 40 }, (_, index) => `SJ-2026-${String(index + 1).padStart(6, '0')}`),
  );
});

test('those who take of several books in turned orders do not wait for each other for ever (F-05)', async () => {
  const take = await taker();
  const both = [repair, receipt, permit];
  const taken = await Promise.all(
    Array.from({ length: 40 }, (_, index) => take(index % 2 ? both : [...both].reverse())),
  );
  for (const letters of ['WX-20261122-', 'SJ-2026-', 'ZX-20261122-'])
    expect(
      taken
        .flat()
        .filter((number) => number.startsWith(letters))
        .map((number) => Number(number.slice(letters.length)))
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
});

test('the same letters count apart for different things, each period and community from one', async () => {
  const [take, other] = [await taker(), await taker()];
  expect(await take([inquiry, inquiry, permit])).toEqual([
    'ZX-20261122-0001',
    'ZX-20261122-0002',
    'ZX-20261122-0001',
  ]);
  expect(await take([{ ...permit, period: '2026-11-23' }, permit])).toEqual([
    'ZX-20261123-0001',
    'ZX-20261122-0002',
  ]);
  expect(await other([inquiry])).toEqual(['ZX-20261122-0001']);
  expect(await take([])).toEqual([]);
});

test('every counter goes on where it stood when the three of before become one, and back (F-05)', async () => {
  const database = await createTestDatabase();
  const counters = `select string_agg(format('%s %s %s', book, period, last), ', ' order by book, period) as all from number_counter`;
  try {
    await withClient(database.url, async (client) => {
      const organisation = '00000000-0000-0000-0000-00000000000a';
      const community = '00000000-0000-0000-0000-00000000000b';
      await client.query(`insert into organisation (id, name) values ($1, '物业')`, [organisation]);
      await client.query(
        `insert into community (organisation_id, id, version, created_at, updated_at, code, name, time_zone)
         values ($1, $2, 1, now(), now(), 'A', '小区', 'Asia/Shanghai')`,
        [organisation, community],
      );
      await client.query(
        `insert into number_counter (organisation_id, community_id, book, period, last)
         select $1, $2, book, period, last from (values ('ticket.ZX', '20261122', 7), ('renovationPermit.ZX', '20261122', 3),
           ('fee.FY', '20261122', 12), ('feeRun.CZ', '20261122', 1), ('payment.SK', '20261122', 5), ('receipt.SJ', '2026', 41)) as v(book, period, last)`,
        [organisation, community],
      );
    });
    const read = () =>
      withClient(
        database.url,
        async (client) => (await client.query<{ all: string }>(counters)).rows[0]?.all,
      );
    const before = await read();
    expect(before).toContain('receipt.SJ 2026 41');
    await migrateDown(database.url, '20261123020000_policy_numbers');
    const { rows } = await withClient(database.url, (client) =>
      client.query('select last from fee_counter order by last'),
    );
    expect(rows.map(({ last }) => last)).toEqual([1, 5, 12, 41]);
    await migrate(database.url);
    expect(await read()).toBe(before);
  } finally {
    await database.drop();
  }
}, 60_000);
