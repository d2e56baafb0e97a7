import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeCursor } from '../../src/platform/events/cursor.ts';
import { keepDays } from '../../src/platform/events/days.ts';
import type { EventRow } from '../../src/platform/events/event.ts';
import { newUuid } from '../../src/platform/ids.ts';
import type { JobHost } from '../../src/platform/jobs/job.ts';
import { append, type LiveDatabase, listen, openLiveDatabase, person, subjects, take } from './support.ts';

let database: LiveDatabase;
beforeAll(async () => {
  database = await openLiveDatabase();
});
afterAll(() => database.close());

const run = () =>
  keepDays.run({
    services: { db: { owner: database.pool }, events: { retentionDays: 7 } },
    log: pino({ level: 'silent' }),
  } as unknown as JobHost);
const day = async (offset: number): Promise<string> => {
  const { rows } = await database.pool.query<{ day: string }>(
    `select 'event_' || to_char((now() at time zone 'UTC')::date + $1::int, 'YYYYMMDD') as day`,
    [offset],
  );
  return rows[0]?.day ?? '';
};
const days = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'event'::regclass order by 1`,
  );
  return rows.map(({ name }) => name).filter((name) => name !== 'event_rest');
};
const keep = (offset: number) =>
  database.pool.query(`call keep_event_day((now() at time zone 'UTC')::date + ${offset})`);
const read = async (organisation: string) => {
  const stream = await listen(database.streams(), person(organisation), {
    after: encodeCursor({ xid: 0n, id: 0n, recorded: BigInt(Math.floor(Date.now() / 1000)) }),
  });
  return { take: (count: number) => take(stream, count) };
};

test('days are made ahead and dropped past retention; a cursor in a dropped day is told to resync', async () => {
  const organisation = newUuid();
  const streams = database.streams();
  await run();
  expect(await days()).toEqual(await Promise.all([0, 1, 2, 3].map(day)));
  for (const offset of [-9, -8, -7]) await keep(offset);
  await append(database.pool, { organisation }, { age: '9 days' });
  const kept = await append(database.pool, { organisation }, { age: '7 days' });
  const fresh = await append(database.pool, { organisation });
  const events = await (await read(organisation)).take(3);
  const [old, , last] = events as [EventRow, EventRow, EventRow];
  await database.pool.query(`drop table ${await day(3)}`);

  expect(await run()).toBe(2); // one made, one dropped
  expect(await run()).toBe(0);
  expect(await days()).toEqual(await Promise.all([-8, -7, 0, 1, 2, 3].map(day)));
  expect(subjects(await (await read(organisation)).take(2))).toEqual([kept, fresh]);
  const refused = (after: string) =>
    listen(streams, person(organisation), { after }).then(
      () => undefined,
      (error: { message: string; extensions: object }) => ({ ...error.extensions, message: error.message }),
    );
  const resync = {
    code: 'RESYNC',
    cause: 'CURSOR_EXPIRED',
    message: expect.stringContaining('read everything again'),
  };
  expect(await refused(encodeCursor(old))).toEqual(resync);
  expect(await refused(encodeCursor({ ...old, recorded: last.recorded }))).toEqual(resync); // whatever it says of its age
  expect(await refused(encodeCursor({ ...old, xid: 0n }))).toEqual(resync); // a place in that day
  expect(await refused(encodeCursor(last))).toBeUndefined();
});

test('an event of a day that nobody made is kept, read in order, and moves when the day is made', async () => {
  const organisation = newUuid();
  const before = await append(database.pool, { organisation }, { age: '-5 days' });
  const after = await append(database.pool, { organisation });
  const where = async () =>
    (
      await database.pool.query<{ name: string }>(
        'select tableoid::regclass::text as name from event where organisation_id = $1 order by id',
        [organisation],
      )
    ).rows.map(({ name }) => name);
  expect(await where()).toEqual(['event_rest', await day(0)]);
  expect(subjects(await (await read(organisation)).take(2))).toEqual([before, after]);
  await keep(5);
  expect(await where()).toEqual([await day(5), await day(0)]);
  expect(subjects(await (await read(organisation)).take(2))).toEqual([before, after]);
});

test('dropping gives up beside a long reading instead of stopping the writers, and succeeds after it', async () => {
  await keep(-20);
  const backup = await database.writer();
  await backup.query('begin');
  await backup.query('select count(*) from event');
  await expect(run()).rejects.toMatchObject({ code: '55P03' });
  await append(database.pool, { organisation: newUuid() });
  await backup.query('commit');
  await backup.end();
  expect(await run()).toBe(1);
});

test("the application's role can neither read a day past row-level security nor change events", async () => {
  const client = await database.writer();
  await append(client, { organisation: newUuid() });
  await client.query('set role desk_app');
  const refusal = (text: string) =>
    client.query(text).then(
      () => 'none',
      (error: { code: string }) => error.code,
    );
  expect(await refusal(`select * from ${await day(0)}`)).toBe('42501');
  expect(await refusal('select * from event_rest')).toBe('42501');
  expect(await refusal('delete from event')).toBe('42501');
  expect(await refusal(`update event set type = 'x'`)).toBe('42501');
  expect((await client.query('select * from event')).rows).toEqual([]); // no tenant, no rows
  await client.end();
});
