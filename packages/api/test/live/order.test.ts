import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/platform/events/cursor.ts';
import type { EventRow } from '../../src/platform/events/event.ts';
import { newUuid } from '../../src/platform/ids.ts';
import {
  append,
  type LiveDatabase,
  listen,
  openLiveDatabase,
  pause,
  person,
  quiet,
  subjects,
  take,
} from './support.ts';

let database: LiveDatabase;
beforeAll(async () => {
  database = await openLiveDatabase();
});
afterAll(() => database.close());

/** The subjects of an organisation's events in the order of the table. */
async function table(organisation: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ subject_id: string }>(
    'select subject_id from event where organisation_id = $1 order by id',
    [organisation],
  );
  return rows.map((row) => row.subject_id);
}

/** Eight writers at once; some commit late, some never. */
async function write(organisation: string, transactions: number): Promise<void> {
  const one = async () => {
    const client = await database.writer();
    for (let count = 0; count < transactions; count += 1) {
      await client.query('begin');
      for (let events = randomInt(1, 4); events > 0; events -= 1) await append(client, { organisation });
      if (randomInt(4) === 0) await pause(randomInt(40));
      await client.query(randomInt(10) === 0 ? 'rollback' : 'commit');
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: 8 }, one));
}

describe('order of events', () => {
  test('under 8 writers with late commits every subscriber gets the sequence of the table, also over reconnections', async () => {
    const organisation = newUuid();
    const streams = database.streams();
    const viewer = person(organisation);
    const live = await listen(streams, viewer);
    const writing = write(organisation, 60);
    let written = false;
    void writing.then(() => (written = true));

    const resumed: EventRow[] = [];
    let cursor = await streams.cursorOfNow();
    const reconnect = async () => {
      const stream = await listen(streams, viewer, { after: cursor });
      for (let count = randomInt(1, 30); count > 0; count -= 1) {
        const next = await Promise.race([stream.next(), pause(150, undefined)]);
        if (!next || next.done) break;
        resumed.push(next.value);
        cursor = encodeCursor(next.value);
      }
      await stream.return?.();
    };
    const first = await listen(streams, viewer, {
      after: encodeCursor({ xid: 0n, id: 0n, recorded: BigInt(Math.floor(Date.now() / 1000)) }),
    });
    while (!written) await reconnect();
    await writing;
    const expected = await table(organisation);
    while (resumed.at(-1)?.subjectId !== expected.at(-1)) await reconnect();

    expect(expected.length).toBeGreaterThan(500);
    expect(subjects(await take(live, expected.length))).toEqual(expected);
    expect(subjects(await take(first, expected.length))).toEqual(expected);
    // It began while the first transactions were under way.
    expect(subjects(resumed)).toEqual(expected.slice(-resumed.length));
    expect(resumed.length).toBeGreaterThan(expected.length / 2);
    await Promise.all([live.return?.(), first.return?.()]);
  });

  test('cut connections of the reader lose nothing and double nothing', async () => {
    const organisation = newUuid();
    const streams = database.streams();
    const live = await listen(streams, person(organisation));
    const writing = write(organisation, 30);
    const killer = await database.writer();
    let written = false;
    void writing.then(() => (written = true));
    for (let kills = 0; kills < 12 || !written; kills += 1) {
      await killer.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'live-reader' and datname = current_database()`,
      );
      await pause(30);
    }
    await writing;
    await killer.end();
    const expected = await table(organisation);
    expect(subjects(await take(live, expected.length))).toEqual(expected);
    expect(await quiet(live)).toBe(true);
    await live.return?.();
  });

  test('without a cursor only later commits are delivered', async () => {
    const organisation = newUuid();
    const streams = database.streams();
    await append(database.pool, { organisation });
    const stream = await listen(streams, person(organisation));
    const later = await append(database.pool, { organisation });
    expect(subjects(await take(stream, 1))).toEqual([later]);
    // An older publisher holds the next event back, but it was committed before the second one came.
    const holder = await database.writer();
    await holder.query('begin');
    await append(holder, { organisation: newUuid() });
    const early = await append(database.pool, { organisation });
    // It joins a relay that has long been running.
    const second = await listen(streams, person(organisation));
    await holder.query('commit');
    await holder.end();
    expect(subjects(await take(stream, 1))).toEqual([early]);
    expect(await quiet(second)).toBe(true);
    await Promise.all([stream.return?.(), second.return?.()]);
  });

  test('a commit of this process arrives at once, one of another process within 50 ms', async () => {
    const organisation = newUuid();
    const patient = database.streams({ pollMs: 60_000 });
    const own = await listen(patient, person(organisation));
    await append(database.pool, { organisation });
    const waking = setInterval(() => patient.wake(), 5);
    await take(own, 1);
    clearInterval(waking);
    const watching = database.streams();
    const other = await listen(watching, person(organisation));
    const waits: number[] = [];
    for (let count = 0; count < 15; count += 1) {
      await append(database.pool, { organisation });
      const since = performance.now();
      await take(other, 1);
      waits.push(performance.now() - since);
    }
    // Other tests load the machine: what counts is the undisturbed case.
    expect(waits.sort((a, b) => a - b)[3]).toBeLessThan(50);
    await Promise.all([own.return?.(), other.return?.()]);
  });
});
