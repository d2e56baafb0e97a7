import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assertPowerless } from '../../src/platform/db/app-login.ts';
import { asApp, databaseUrl as otherDatabase } from '../harness/postgres.ts';
import { startWorld, type World } from '../harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('cannot become anybody else, whatever a statement that was smuggled in says', async () => {
  const [ours, theirs] = [await world.organisation(), await world.organisation()];
  for (const org of [ours, theirs, theirs]) await org.unit();
  const { orm, owner } = world.app.db;
  const pool = (await orm.em.getConnection().getNativeClient()) as pg.Pool;
  const client = await pool.connect();
  try {
    const mighty = (await owner.query('select current_user as name')).rows[0].name;
    for (const way of [
      'reset role',
      'set role none',
      `set role ${mighty}`,
      'reset session authorization',
      `set session authorization ${mighty}`,
      'reset all',
    ]) {
      await client.query(way).catch(() => undefined);
      const { rows } = await client.query('select current_user as name, session_user as login');
      expect(rows, way).toEqual([{ name: 'desk_app', login: 'desk_app' }]);
      await client.query(`select set_config('app.org', $1, false)`, [ours.uuid]);
      expect((await client.query('select organisation_id as id from unit')).rows, way).toEqual([
        { id: ours.uuid },
      ]);
    }
    expect(await client.query('select 1 from auth_session').catch(({ code }) => code)).toBe('42501');
  } finally {
    client.release(true);
  }
});

test('an owner or a superuser is refused as the login of the app, and so is another database', async () => {
  const { databaseUrl } = world.app;
  await expect(assertPowerless(databaseUrl, databaseUrl)).rejects.toThrow('APP_DATABASE_URL logs in as');
  await expect(assertPowerless(databaseUrl, asApp(databaseUrl))).resolves.toBeUndefined();
  const other = asApp(otherDatabase(databaseUrl, 'postgres'));
  await expect(assertPowerless(databaseUrl, other)).rejects.toThrow('different databases');
});
