import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Cursor } from './cursor.ts';
import { type EventRow, eventColumns, eventFrom, type Position } from './event.ts';

/** A moment of the database. */
export interface Snapshot {
  /** Whether an event was committed by then; it may still be held back by a publisher of that moment. */
  committed(event: Position): boolean;
  /** The last number given out: an event beyond it was not committed by then. */
  given: bigint;
}

/** What a look at the outbox found. */
export interface Look {
  events: EventRow[];
  /** How many numbers are given out beyond the horizon; some publisher is about to commit. */
  held: bigint;
}

interface Horizon {
  /** No event up to this number can appear any more. */
  horizon: bigint;
  /** The last number given out. */
  given: bigint;
}

/**
 * The statements on table `event`, on the owner's connections: the relay sees every organisation.
 *
 * Each reading asks for the horizon first and reads in a statement of its own, whose snapshot is younger: a plain
 * `id > last` would skip an event that got its number early and commits late.
 */
export class Outbox {
  readonly #pool: pg.Pool;
  readonly #log: Logger;

  constructor(pool: pg.Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  /** The newest final event: a durable place, also across a crash of the server (a number given out is not: it may be given again). */
  async newest(): Promise<Position | undefined> {
    const { horizon } = await this.#horizon();
    const text =
      'select e.xid::text, e.id::text from event e where e.id <= $1::bigint order by e.id desc limit 1';
    const [row] = await this.#run('newest', text, [String(horizon)]);
    return row && { xid: BigInt(row[0] ?? 0), id: BigInt(row[1] ?? 0) };
  }

  /** Final events of all organisations after a place, in order. */
  async after({ id }: Position, limit: number): Promise<Look> {
    const { horizon, given } = await this.#horizon();
    const held = given - horizon;
    if (horizon <= id) return { events: [], held };
    const text = `select ${eventColumns} from event e where e.id > $1::bigint and e.id <= $2::bigint order by e.id limit $3`;
    return { events: await this.#events('tail', text, [String(id), String(horizon), limit]), held };
  }

  /** Final events of one organisation after a place, in order. */
  async replay(organisationId: string, { id }: Position, limit: number): Promise<EventRow[]> {
    const { horizon } = await this.#horizon();
    if (horizon <= id) return [];
    const text = `
      select ${eventColumns} from event e
      where e.organisation_id = $1::uuid and e.id > $2::bigint and e.id <= $3::bigint
      order by e.id limit $4`;
    return this.#events('replay', text, [organisationId, String(id), String(horizon), limit]);
  }

  /**
   * Whether everything after a cursor is still here: it lies within retention, and its own event exists (it does not when
   * its day is dropped, the cursor is another organisation's, or the database was restored to an earlier day). A place that
   * is no event's must have been reached.
   */
  async reaches(
    organisationId: string,
    { xid, id, recorded }: Cursor,
    retentionDays: number,
  ): Promise<boolean> {
    const text = `
      select (
        $4::bigint >= extract(epoch from now() - make_interval(days => $5::int))
        and case when $2::xid8 = '0' then $3::bigint <= coalesce(pg_sequence_last_value('event_id_seq'), 0)
          else exists (select from event e where e.xid = $2::xid8 and e.id = $3::bigint and e.organisation_id = $1::uuid) end
      )::text`;
    const [row] = await this.#run('reaches', text, [
      organisationId,
      String(xid),
      String(id),
      String(recorded),
      retentionDays,
    ]);
    return row?.[0] === 'true';
  }

  /** Which transactions have committed by now. */
  async snapshot(): Promise<Snapshot> {
    const text = `select pg_current_snapshot()::text, coalesce(pg_sequence_last_value('event_id_seq'), 0)::text`;
    const [row] = await this.#run('snapshot', text, []);
    const [, xmax = '0', running = ''] = (row?.[0] ?? '').split(':');
    const open = new Set(running.split(',').filter(Boolean).map(BigInt));
    const next = BigInt(xmax);
    return { committed: ({ xid }) => xid < next && !open.has(xid), given: BigInt(row?.[1] ?? 0) };
  }

  /** Waits until every number given out by now is final; gives up after `ms`. */
  async settled(ms: number): Promise<void> {
    const { given } = await this.#horizon();
    for (const end = performance.now() + ms; performance.now() < end; await pause(5))
      if ((await this.#horizon()).horizon >= given) return;
  }

  /** The database's clock, in whole seconds since 1970. */
  async seconds(): Promise<bigint> {
    const [row] = await this.#run('seconds', 'select floor(extract(epoch from now()))::bigint::text', []);
    return BigInt(row?.[0] ?? 0);
  }

  /** Repeats a reading until it succeeds: the database may be restarting. Undefined when `stopped` says so. */
  async patiently<T>(read: () => Promise<T>, stopped: () => boolean): Promise<T | undefined> {
    for (let failures = 0; ; failures += 1) {
      if (stopped()) return undefined;
      try {
        const found = await read();
        if (failures > 0) this.#log.info({ failures }, 'events are read again');
        return found;
      } catch (error) {
        if (failures === 0) this.#log.warn({ code: codeOf(error) }, 'events cannot be read; trying again');
        await pause(Math.min(1_000, 25 * 2 ** failures), undefined, { ref: false });
      }
    }
  }

  async #horizon(): Promise<Horizon> {
    const text = 'select horizon::text, given::text from event_horizon()';
    const [row] = await this.#run('horizon', text, []);
    return { horizon: BigInt(row?.[0] ?? 0), given: BigInt(row?.[1] ?? 0) };
  }

  async #events(name: string, text: string, values: unknown[]): Promise<EventRow[]> {
    return (await this.#run(name, text, values)).map(eventFrom);
  }

  async #run(name: string, text: string, values: unknown[]): Promise<(string | null)[][]> {
    // A connection whose server vanished without a word must not hold the reader for ever.
    const config = { name: `outbox_${name}`, text, values, rowMode: 'array' as const, query_timeout: 10_000 };
    const { rows } = await this.#pool.query<(string | null)[]>(config);
    return rows;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
