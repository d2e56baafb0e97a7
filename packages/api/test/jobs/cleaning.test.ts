import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../harness/world.ts';
import { upload } from '../imports/wizard.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-cleaning-'));
  world = await startWorld({ DATA_DIR: folder });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const day = 86_400_000;

test('idempotency keys answer for seven days, ended sessions vanish, living ones stay', async () => {
  const { owner } = world.app.db;
  const org = await world.organisation();
  await owner.query(`update auth_session set expires_at = now() + interval '100 days'`);
  const input = { code: 'A', name: '小区', idempotencyKey: 'once' };
  const first = await org.admin.mutate('communityCreate', input, 'community { id }');
  world.clock.travel(6 * day);
  await world.runJob('platform.clean');
  expect(await org.admin.mutate('communityCreate', input, 'community { id }')).toEqual(first);
  const count = async (table: string) =>
    Number((await owner.query(`select count(*) from ${table}`)).rows[0]?.count);
  await owner.query(
    `insert into auth_session (token, user_id, expires_at) select 'ended', id, now() from auth_user limit 1`,
  );
  const sessions = await count('auth_session');
  world.clock.travel(day + 1000);
  expect(await world.runJob('platform.clean')).toBe(2);
  expect(await count('idempotency_key')).toBe(0);
  expect(await count('auth_session')).toBe(sessions - 1);
});

test('files that nobody imported for a week are removed (S-7)', async () => {
  const org = await world.organisation();
  const community = (await org.community()).id;
  world.clock.set(new Date());
  await upload(world, org.admin, { resource: 'units', community });
  const [name] = await readdir(join(folder, 'imports'));
  expect(await world.runJob('import.tidy')).toBe(0);
  const old = new Date(world.clock.now().getTime() - 8 * day);
  await utimes(join(folder, 'imports', String(name)), old, old);
  expect(await world.runJob('import.tidy')).toBe(1);
  expect(await readdir(join(folder, 'imports'))).toEqual([]);
});
