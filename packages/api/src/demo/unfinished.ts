import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { migrateDown } from '../platform/migrate.ts';
import { demoOrganisation } from './accounts.ts';

const mark = (dataDir: string): string => join(dataDir, 'demo-unfinished');

/** Runs the loading of the demo so that a process that is killed meanwhile leaves a mark. */
export async function markedAsUnfinished(dataDir: string, load: () => Promise<unknown>): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(mark(dataDir), 'The demo is being loaded. If nothing runs, the next start begins anew.\n');
  await load();
  await rm(mark(dataDir));
}

/**
 * Empties a database in which a start was killed while it loaded the demo: half of it would look like a product that
 * forgets. Only the mark of this very folder says so, and only when nothing but the demo is there.
 */
export async function dropUnfinishedDemo(dataDir: string, databaseUrl: string): Promise<boolean> {
  const marked = await stat(mark(dataDir)).then(
    () => true,
    () => false,
  );
  if (!marked) return false;
  const half = await onlyDemo(databaseUrl);
  if (half) await migrateDown(databaseUrl);
  else await rm(mark(dataDir)); // nothing was written yet, or people have worked since
  return half;
}

async function onlyDemo(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query(
      "select from pg_class where oid = to_regclass('organisation')",
    );
    if (tables.length === 0) return false;
    const { rows } = await client.query<{ name: string }>('select name from organisation limit 2');
    return rows.length === 1 && rows[0]?.name === demoOrganisation;
  } finally {
    await client.end();
  }
}
