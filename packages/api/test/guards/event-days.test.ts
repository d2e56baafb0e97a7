import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type pg from 'pg';
import { expect, test } from 'vitest';
import { newUuid } from '../../src/platform/ids.ts';
import { migrate, migrateDown } from '../../src/platform/migrate.ts';
import { createTestDatabase, withClient } from '../harness/postgres.ts';

const organisation = newUuid();
const migrations = readdirSync(new URL('../../migrations', import.meta.url)).sort();
const before = basename(migrations[migrations.indexOf('20261122200000_event_days.ts') - 1] ?? '', '.ts');
const append = (client: pg.Client, type: string, age: string) =>
  client.query(
    `insert into event (organisation_id, type, subject_type, subject_id, changes, actor_id, actor_kind, actor_name, at, recorded_at)
     values ($1, $2, 'unit', $1, '[]', $1, 'STAFF', '王芳', now(), now() - $3::interval)`,
    [organisation, type, age],
  );

async function withEvents(work: (client: pg.Client, url: string) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  try {
    await withClient(database.url, (client) => work(client, database.url));
  } finally {
    await database.drop();
  }
}

test('the outbox of before is kept in its order when it becomes days, and when it is taken back', async () => {
  await withEvents(async (client, url) => {
    await migrateDown(url, before);
    await withClient(url, async (late) => {
      await append(client, 'first', '4 days');
      await late.query('begin');
      await late.query('select pg_current_xact_id()'); // the older transaction takes its numbers later
      await append(client, 'third', '1 day');
      await append(late, 'second', '1 day');
      await late.query('commit');
    });
    const read = async (order: string) =>
      (await client.query<{ type: string }>(`select type from event order by ${order}`)).rows.map(
        ({ type }) => type,
      );
    const kept = await read('xid, id');
    expect(kept).toEqual(['first', 'second', 'third']);

    await migrate(url);
    expect(await read('id')).toEqual(kept);
    await append(client, 'fourth', '0');
    expect(await read('id')).toEqual([...kept, 'fourth']);
    const { rows } = await client.query('select distinct tableoid::regclass::text as day from event');
    expect(rows).toHaveLength(3); // in days, nothing left over
    expect(rows.map(({ day }) => day)).not.toContain('event_rest');

    await migrateDown(url, before);
    await append(client, 'fifth', '0');
    expect(await read('xid, id')).toEqual([...kept, 'fourth', 'fifth']);
  });
}, 60_000);
