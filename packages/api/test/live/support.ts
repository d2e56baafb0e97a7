/** Streams on a database of their own, without the application: events are inserted by SQL. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '@desk/schema';
import pg from 'pg';
import { pino } from 'pino';
import '../../src/domains/units/index.ts'; // registers the resources that the events are about
import type { EventRow } from '../../src/platform/events/event.ts';
import { EventStreams, type StreamOptions, type SubscribeOptions } from '../../src/platform/events/stream.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { Viewer } from '../../src/platform/viewer.ts';
import { createTestDatabase } from '../harness/postgres.ts';

export { pause };

export interface Place {
  organisation: string;
  community?: string | null;
  building?: string | null;
}

export interface LiveDatabase {
  pool: pg.Pool;
  /** Streams as a process of its own has them; ended with the database. */
  streams(options?: StreamOptions): EventStreams;
  /** A connection that writes; the caller ends it. */
  writer(): Promise<pg.Client>;
  close(): Promise<void>;
}

export async function openLiveDatabase(): Promise<LiveDatabase> {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 6, application_name: 'live-reader' });
  pool.on('error', () => undefined);
  const opened: EventStreams[] = [];
  return {
    pool,
    streams: (options) => {
      const streams = new EventStreams(pool, pino({ level: 'silent' }), options);
      opened.push(streams);
      return streams;
    },
    writer: async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      return client;
    },
    close: async () => {
      await Promise.all(opened.map((streams) => streams.close()));
      await pool.end();
      await database.drop();
    },
  };
}

/** Appends one event in the client's transaction; answers the id of its subject. */
export async function append(
  client: pg.Client | pg.Pool,
  place: Place,
  { type = 'unit.updated', subject = newUuid(), age = '0' } = {},
): Promise<string> {
  await client.query(
    `insert into event (organisation_id, community_id, building_id, type, subject_type, subject_id, changes, actor_id, actor_kind, actor_name, at, recorded_at)
     values ($1, $2, $3, $4, split_part($4, '.', 1), $5, '[{"field":"floor","from":1,"to":2}]', $6, 'STAFF', '王芳', now(), now() - $7::interval)`,
    [place.organisation, place.community ?? newUuid(), place.building ?? null, type, subject, newUuid(), age],
  );
  return subject;
}

/** A person with one role, everywhere or in one community or some of its buildings. */
export function person(
  organisation: string,
  role: Role = 'ADMINISTRATOR',
  communityId: string | null = null,
  buildingIds: string[] | null = null,
): Viewer {
  return new Viewer({ id: newUuid(), kind: 'STAFF', name: '李雷' }, organisation, [
    { role, communityId, buildingIds },
  ]);
}

export const listen = (streams: EventStreams, viewer: Viewer, more: Partial<SubscribeOptions> = {}) =>
  streams.subscribe({ viewer: () => viewer, locale: 'en', wish: { matches: () => true }, ...more });

/** The next `count` events; fails when they do not come in time. */
export async function take(stream: AsyncIterator<EventRow>, count: number, ms = 5_000): Promise<EventRow[]> {
  const events: EventRow[] = [];
  const deadline = pause(ms, 'late' as const, { ref: false });
  while (events.length < count) {
    const next = await Promise.race([stream.next(), deadline]);
    if (next === 'late') throw new Error(`${events.length} of ${count} events within ${ms} ms`);
    if (next.done) throw new Error(`the stream ended after ${events.length} of ${count} events`);
    events.push(next.value);
  }
  return events;
}

/** Whether nothing comes for a while. */
export async function quiet(stream: AsyncIterator<EventRow>, ms = 200): Promise<boolean> {
  return (await Promise.race([stream.next(), pause(ms, 'quiet' as const)])) === 'quiet';
}

export const subjects = (events: readonly EventRow[]): string[] => events.map((event) => event.subjectId);
