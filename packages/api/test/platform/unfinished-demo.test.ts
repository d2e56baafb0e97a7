import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { freePort } from '../harness/broker.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { ApiProcess } from '../harness/process.ts';

test('a first start that is killed while it loads the demo is made up for by the next one', async () => {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'desk-demo-'));
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => undefined);
  const count = async (table: string): Promise<number> =>
    pool.query<{ n: number }>(`select count(*)::int as n from ${table}`).then(
      ({ rows }) => rows[0]?.n ?? 0,
      () => 0,
    );
  const options = { port: await freePort(), dataDir, databaseUrl: database.url, env: { DEMO: 'true' } };
  const first = new ApiProcess(options);
  const second = new ApiProcess(options);
  try {
    const started = first.start().catch(() => undefined);
    while ((await count('resident')) < 5) await pause(10);
    await first.kill();
    expect(await count('key_loan')).toBe(0); // killed in the middle: the keys come last
    await started;

    await second.start(200_000);
    expect(await count('organisation')).toBe(1);
    expect(await count('key_loan')).toBeGreaterThan(0);
  } finally {
    await Promise.all([first.kill(), second.kill()]);
    await pool.end();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 400_000);
