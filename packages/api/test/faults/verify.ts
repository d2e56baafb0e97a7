import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { decodeCursor } from '../../src/platform/events/cursor.ts';
import { faultsOf } from '../harness/desk.ts';
import type { Data } from '../harness/process.ts';
import type { Follower } from './followers.ts';
import type { Writer } from './writers.ts';

export async function eventCursor(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ eventCursor }' }),
  });
  return ((await response.json()) as Data).data.eventCursor;
}

/** Every acknowledged write against the tables, and every subscriber's sequence against the outbox. */
export async function compare(
  pool: pg.Pool,
  organisation: string,
  start: string,
  followers: readonly Follower[],
  writers: readonly Writer[],
): Promise<{ events: number; lost: number; doubled: number; astray: number; faults: string[] }> {
  const rows = async (text: string, values: unknown[] = [organisation]) =>
    (await pool.query({ text, values, rowMode: 'array' })).rows as string[][];
  const events = await rows(
    'select e.id::text, e.type from event e where e.organisation_id = $1 and e.id > $2 order by e.id',
    [organisation, String(decodeCursor(start).id)],
  );
  const faults = await faultsOf(pool, organisation);
  const last = events.at(-1)?.[0];
  const placeOf = ({ cursor }: { cursor: string }) => String(decodeCursor(cursor).id);
  const arrived = (one: Follower) =>
    one.seen.length > 0 && placeOf(one.seen.at(-1) ?? { cursor: '' }) === last;
  for (const end = performance.now() + 60_000; performance.now() < end; await pause(50))
    if (followers.every(arrived)) break;
  await pause(500); // for what must not come any more
  const wanted = JSON.stringify(events);
  const astray = followers.filter(
    (one) => JSON.stringify(one.seen.map((seen) => [placeOf(seen), seen.type])) !== wanted,
  );
  if (astray.length > 0)
    faults.push(
      `${astray.length} subscribers saw another sequence than the table's: ${astray.map((one) => `${one.seen.length} of ${events.length}`).join(', ')}`,
    );

  const acknowledged = writers.flatMap((one) => one.acknowledged);
  const made = new Map<string, number>();
  const found = await rows(`
    select note from payment where organisation_id = $1
    union all select change ->> 'to' from history, jsonb_array_elements(changes) change
      where organisation_id = $1 and type in ('ticket.created', 'ticket.updated') and change ->> 'field' = 'title'`);
  for (const [name = ''] of found) made.set(name, (made.get(name) ?? 0) + 1);
  const lost = acknowledged.filter(({ key }) => !made.has(key));
  const doubled = [...made].filter(([, count]) => count > 1);
  if (lost.length > 0) faults.push(`lost: ${lost.map(({ key }) => key).join(', ')}`);
  if (doubled.length > 0) faults.push(`doubled: ${doubled.map(([key]) => key).join(', ')}`);
  return { events: events.length, lost: lost.length, doubled: doubled.length, astray: astray.length, faults };
}
