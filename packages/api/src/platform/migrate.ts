import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';

const folder = fileURLToPath(new URL('../../migrations', import.meta.url));

async function withMigrator<T>(
  url: string,
  work: (migrator: MikroORM['migrator']) => Promise<T>,
): Promise<T> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    logger: () => undefined, // the caller says that it migrates; a failure is thrown
    extensions: [Migrator],
    migrations: {
      path: folder,
      glob: '!(*.d).ts',
      snapshot: false,
      transactional: true,
      allOrNothing: true,
      tableName: 'schema_migration',
    },
  });
  try {
    // Several processes may start at once: one migrates, the others wait and find nothing left to do.
    await lock.query("select pg_advisory_lock(hashtext('desk.migrate'))");
    return await work(orm.migrator);
  } finally {
    await orm.close(true);
    await lock.end();
  }
}

/** Brings the database to the newest schema; safe to call from several processes at once. */
export async function migrate(url: string): Promise<void> {
  if (await isNewest(url)) return;
  await withMigrator(url, (migrator) => migrator.up());
}

/** Whether every migration is applied: the usual start, which need not wait for the migrator. */
async function isNewest(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query(
      "select from pg_class where oid = to_regclass('schema_migration')",
    );
    if (tables.length === 0) return false;
    const { rows } = await client.query<{ name: string }>('select name from schema_migration');
    const applied = new Set(rows.map(({ name }) => name));
    return (await readdir(folder)).every((file) => applied.has(basename(file, '.ts')));
  } finally {
    await client.end();
  }
}

/** Takes migrations back, all of them or those after `to`; the guards prove that up, down and up again end in the same catalogue. */
export async function migrateDown(url: string, to: string | 0 = 0): Promise<void> {
  await withMigrator(url, (migrator) => migrator.down({ to }));
}
