import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { dropUnfinishedDemo, markedAsUnfinished } from '../../src/demo/unfinished.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { freePort } from '../harness/broker.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { ApiProcess } from '../harness/process.ts';

test('a first start that is killed while it loads the demo leaves a mark, and the next one begins anew', async () => {
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
  try {
    const started = first.start().catch(() => undefined);
    while ((await count('resident')) < 5) await pause(10);
    await first.kill();
    expect(await count('key_loan')).toBe(0); // killed in the middle: the keys come last
    await started;

    // What the next start does before it migrates and loads the demo, as into any empty database.
    expect(await dropUnfinishedDemo(dataDir, database.url)).toBe(true);
    await migrate(database.url);
    expect(await count('organisation')).toBe(0);
    expect(await dropUnfinishedDemo(dataDir, database.url)).toBe(false);

    // With somebody's own work in it, or without the mark, nothing is ever dropped.
    await pool.query(`insert into organisation (id, name) values (uuidv7(), '别家物业')`);
    await markedAsUnfinished(dataDir, () => Promise.reject(new Error('killed'))).catch(() => undefined);
    expect(await dropUnfinishedDemo(dataDir, database.url)).toBe(false);
    expect(await count('organisation')).toBe(1);
  } finally {
    await first.kill();
    await pool.end();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 240_000);
