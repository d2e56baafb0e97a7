import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../src/platform/events/cursor.ts';
import { newUuid } from '../../src/platform/ids.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
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

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { extensions?: { code?: string; cause?: string } }) => error.extensions?.code,
  );

describe('rights', () => {
  test('events of another organisation are never seen, live or replayed', async () => {
    const [mine, theirs] = [newUuid(), newUuid()];
    const streams = database.streams();
    const start = await streams.cursorOfNow();
    const stream = await listen(streams, person(mine));
    await append(database.pool, { organisation: theirs });
    const own = await append(database.pool, { organisation: mine });
    expect(subjects(await take(stream, 1))).toEqual([own]);
    const replayed = await listen(streams, person(mine), { after: start });
    expect(subjects(await take(replayed, 1))).toEqual([own]);
    expect(await quiet(replayed)).toBe(true);
    await Promise.all([stream.return?.(), replayed.return?.()]);
  });

  test('a clerk of one community gets its events only, a steward those of the assigned buildings', async () => {
    const [organisation, community, elsewhere, building, other] = Array.from({ length: 5 }, newUuid) as [
      string,
      string,
      string,
      string,
      string,
    ];
    const streams = database.streams();
    const clerk = await listen(streams, person(organisation, 'FRONT_DESK', community));
    const steward = await listen(streams, person(organisation, 'STEWARD', community, [building]));
    await append(database.pool, { organisation, community: elsewhere, building: other });
    const here = await append(database.pool, { organisation, community, building });
    const next = await append(database.pool, { organisation, community, building: other });
    expect(subjects(await take(clerk, 2))).toEqual([here, next]);
    expect(subjects(await take(steward, 1))).toEqual([here]);
    expect(await quiet(steward)).toBe(true);
    await Promise.all([clerk.return?.(), steward.return?.()]);
  });

  test('an event about something that the viewer may not read, or that nobody knows, is not delivered', async () => {
    const organisation = newUuid();
    const streams = database.streams();
    const stream = await listen(streams, person(organisation));
    await append(database.pool, { organisation }, { type: 'secret.created' });
    const known = await append(database.pool, { organisation });
    expect(subjects(await take(stream, 1))).toEqual([known]);
    await stream.return?.();
  });

  test('rights are those of the moment: what waits is dropped when they are withdrawn', async () => {
    const [organisation, community] = [newUuid(), newUuid()];
    const streams = database.streams();
    let viewer: Viewer | null = person(organisation, 'FRONT_DESK', community);
    const stream = await listen(streams, viewer, { viewer: () => viewer });
    await append(database.pool, { organisation, community });
    await take(stream, 1);
    await append(database.pool, { organisation, community });
    await pause(150); // it waits in the queue by now
    viewer = person(organisation, 'FRONT_DESK', newUuid());
    expect(await quiet(stream)).toBe(true);
    await stream.return?.();
  });
});

describe('cursors', () => {
  test('a cursor survives its text; what is no cursor is bad input', async () => {
    const cursor = { xid: 2n ** 64n - 1n, id: 2n ** 63n - 1n, recorded: 1_795_000_000n };
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
    const streams = database.streams();
    const raw = (text: string) => Buffer.from(text).toString('base64url');
    for (const after of [
      '',
      'x',
      '🔑',
      raw('1.2'),
      raw('1.2.3.4'),
      raw('-1.2.3'),
      raw(`${2n ** 64n}.1.1`),
      raw(`1.${2n ** 63n}.1`),
      raw('1'.repeat(500)),
    ])
      expect(await codeOf(listen(streams, person(newUuid()), { after })), after).toBe('BAD_USER_INPUT');
  });

  test('past retention, of an event that is gone, of another organisation or of another database: RESYNC', async () => {
    const [organisation, stranger] = [newUuid(), newUuid()];
    const streams = database.streams();
    const start = await streams.cursorOfNow();
    await append(database.pool, { organisation }, { age: '8 days' });
    await append(database.pool, { organisation });
    const stream = await listen(streams, person(organisation), { after: start });
    const [old, fresh] = await take(stream, 2);
    if (!old || !fresh) throw new Error('two events');
    const resume = (cursor: typeof old, whose = organisation) =>
      codeOf(
        listen(streams, person(whose), { after: encodeCursor(cursor) }).then((opened) => opened.return?.()),
      );
    expect(await resume(old)).toBe('RESYNC');
    expect(await resume(fresh)).toBe('none');
    expect(await resume(fresh, stranger)).toBe('RESYNC');
    expect(await resume({ ...fresh, id: fresh.id + 1_000_000n })).toBe('RESYNC');
    // Of another life of the database: an event with that number but of another transaction, a place never reached.
    expect(await resume({ ...fresh, xid: fresh.xid + 1n })).toBe('RESYNC');
    expect(await resume({ ...fresh, xid: 0n, id: fresh.id + 1_000_000n })).toBe('RESYNC');
    expect(await resume({ ...fresh, xid: 0n })).toBe('none');
    await stream.return?.();
  });
});

describe('resources', () => {
  test('a subscriber that does not read is told to resync with its last cursor, and nobody waits for it', async () => {
    const organisation = newUuid();
    const streams = database.streams({ queue: 40, page: 10 });
    const [slow, quick] = [
      await listen(streams, person(organisation)),
      await listen(streams, person(organisation)),
    ];
    const first = await append(database.pool, { organisation });
    const [seen] = await take(slow, 1);
    await take(quick, 1);
    for (let count = 0; count < 60; count += 1) {
      await append(database.pool, { organisation });
      await take(quick, 1);
    }
    const error = await slow.next().then(
      () => undefined,
      (reason: { extensions: Record<string, unknown> }) => reason.extensions,
    );
    expect(seen?.subjectId).toBe(first);
    expect(error).toEqual({ code: 'RESYNC', cause: 'TOO_SLOW', after: seen && encodeCursor(seen) });
    expect(await slow.next()).toEqual({ value: undefined, done: true });
    // From there it goes on without having missed anything.
    const resumed = await listen(streams, person(organisation), { after: String(error?.after) });
    await take(resumed, 60);
    await Promise.all([quick.return?.(), resumed.return?.()]);
    expect(streams.size).toBe(0);
  });

  test('a long backlog is read in pages and handed over to live', async () => {
    const organisation = newUuid();
    const streams = database.streams({ queue: 50, page: 20 });
    const start = await streams.cursorOfNow();
    for (let count = 0; count < 450; count += 1) await append(database.pool, { organisation });
    const stream = await listen(streams, person(organisation), { after: start });
    await take(stream, 450);
    const live = await append(database.pool, { organisation });
    expect(subjects(await take(stream, 1))).toEqual([live]);
    await stream.return?.();
  });

  test('what comes while the table is still read comes once', async () => {
    const organisation = newUuid();
    const streams = database.streams();
    const start = await streams.cursorOfNow();
    const { relay } = streams;
    const attach = relay.attach.bind(relay);
    const early: string[] = [];
    relay.attach = async (...args) => {
      const place = await attach(...args);
      early.push(
        await append(database.pool, { organisation }),
        await append(database.pool, { organisation }),
      );
      await pause(100); // the relay hands them out, and the table has them too
      return place;
    };
    const stream = await listen(streams, person(organisation), { after: start });
    expect(subjects(await take(stream, 2))).toEqual(early);
    expect(await quiet(stream)).toBe(true);
    await stream.return?.();
  });

  test('return() ends a pending next, frees the listener, and an idle relay leaves the database alone', async () => {
    const organisation = newUuid();
    const streams = database.streams();
    const opened = await Promise.all([1, 2, 3].map(() => listen(streams, person(organisation))));
    const pending = opened.map((stream) => stream.next());
    await pause(20); // they wait by now
    // The fourth is caught while it hands over from the table to the relay.
    const last = await listen(streams, person(organisation), { after: await streams.cursorOfNow() });
    opened.push(last);
    pending.push(last.next());
    expect(streams.size).toBe(4);
    await Promise.all(opened.map((stream) => stream.return?.()));
    expect(await Promise.all(pending)).toEqual(pending.map(() => ({ value: undefined, done: true })));
    expect(streams.size).toBe(0);
    expect(streams.relay.listeners).toBe(0);
    await pause(100);
    let statements = 0;
    const { query } = database.pool;
    database.pool.query = ((...args: Parameters<typeof query>) => {
      statements += 1;
      return Reflect.apply(query, database.pool, args);
    }) as typeof query;
    await pause(200);
    database.pool.query = query;
    expect(statements).toBe(0);
  });

  test('closing ends every subscription', async () => {
    const streams = database.streams();
    const stream = await listen(streams, person(newUuid()));
    const pending = stream.next();
    await streams.close();
    expect(await pending).toEqual({ value: undefined, done: true });
  });
});
