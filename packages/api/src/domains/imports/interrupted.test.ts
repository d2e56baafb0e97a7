import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { bringIn } from '../../../test/imports/bring-in.ts';
import { cleanFiles, fileOf } from '../../../test/imports/files.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
cleanFiles();

const api = fileURLToPath(new URL('../../../', import.meta.url));

test('a process that is killed while it writes leaves nothing half-done, and the next run completes', {
  timeout: 120_000,
}, async () => {
  const org = await world.organisation();
  const community = (await org.community()).id;
  const rows = 8_000;
  const path = fileOf(
    ['楼栋,房号', ...Array.from({ length: rows }, (_, n) => `${n % 20}栋,${n}`)].join('\n'),
  );
  const args = [world.app.databaseUrl, org.uuid, world.app.uuidOf(community), path];
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/imports/interrupted.ts', ...args], {
    cwd: api,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    if (Number(line) < 70 || Number(line) === 100) continue;
    child.kill('SIGKILL');
    break;
  }
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  const left = async () => {
    const { rows } = await world.app.db.owner.query(
      `select (select count(*) from unit where organisation_id = $1)::int as units, (select count(*) from building where organisation_id = $1)::int as buildings,
         (select count(*) from import_key where organisation_id = $1)::int as keys, (select count(*) from history where organisation_id = $1 and subject_type <> 'community')::int as lines`,
      [org.uuid],
    );
    return rows[0];
  };
  expect(await left()).toEqual({ units: 0, buildings: 0, keys: 0, lines: 0 });
  const outcome = await bringIn(world, org, 'units', { path, community });
  expect(outcome).toMatchObject({ status: 'DONE', created: rows });
  expect(await left()).toEqual({ units: rows, buildings: 20, keys: rows, lines: rows + 20 });
});
