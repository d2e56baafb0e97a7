import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Cursor } from './cursor.ts';
import { type EventRow, eventColumns, eventFrom, type Position } from './event.ts';

/**
 * Only transactions below this have all ended. A plain `id > last` would skip a row that got its id early and commits
 * late; below the snapshot's xmin nothing can appear any more.
 */
const finished = 'pg_snapshot_xmin(pg_current_snapshot())';

/** A moment of the database. */
export interface Snapshot {
  /** Transactions from here on had not begun. */
  next: bigint;
  /** Whether an event was committed by then; it may still be held back by an older transaction that runs. */
  committed(event: Position): boolean;
}

/** The statements on table `event`, on the owner's connections: the relay sees every organisation. */
export class Outbox {
  readonly #pool: pg.Pool;
  readonly #log: Logger;

  constructor(pool: pg.Pool, log: Logger) {
    this.#pool = pool;
    this.#log = log;
  }

  /** The newest finished event: a durable place, also across a crash of the server (an xmin is not: its xids may be given out again). */
  async newest(): Promise<Position | undefined> {
    const [row] = await this.#run(
      'newest',
      `select e.xid::text, e.id::text from event e where e.xid < ${finished} order by e.xid desc, e.id desc limit 1`,
      [],
    );
    return row && { xid: BigInt(row[0] ?? 0), id: BigInt(row[1] ?? 0) };
  }

  /** Finished events of all organisations after a place, in order. */
  after({ xid, id }: Position, limit: number): Promise<EventRow[]> {
    const text = `select ${eventColumns} from event e where e.xid < ${finished} and (e.xid, e.id) > ($1::xid8, $2::bigint) order by e.xid, e.id limit $3`;
    return this.#events('tail', text, [String(xid), String(id), limit]);
  }

  /** Finished events of one organisation after a place, in order. */
  replay(organisationId: string, { xid, id }: Position, limit: number): Promise<EventRow[]> {
    const text = `
      select ${eventColumns} from event e
      where e.organisation_id = $1::uuid and e.xid < ${finished} and (e.xid, e.id) > ($2::xid8, $3::bigint)
      order by e.xid, e.id limit $4`;
    return this.#events('replay', text, [organisationId, String(xid), String(id), limit]);
  }

  /**
   * Whether everything after a cursor is still here: it lies within retention, and its own event exists (it does not when
   * the cursor is another organisation's, or the database was restored to an earlier day).
   */
  async reaches(
    organisationId: string,
    { xid, id, recorded }: Cursor,
    retentionDays: number,
  ): Promise<boolean> {
    const text = `
      select (
        $4::bigint >= extract(epoch from now() - make_interval(days => $5::int))
        and ($3::bigint = 0 or exists (select from event e where e.xid = $2::xid8 and e.id = $3::bigint and e.organisation_id = $1::uuid))
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
    const [row] = await this.#run('snapshot', 'select pg_current_snapshot()::text', []);
    const [, xmax = '0', running = ''] = (row?.[0] ?? '').split(':');
    const open = new Set(running.split(',').filter(Boolean).map(BigInt));
    const next = BigInt(xmax);
    return { next, committed: ({ xid }) => xid < next && !open.has(xid) };
  }

  /** Waits until every transaction before `next` has ended; false when that takes longer than `ms`. */
  async settled(next: bigint, ms: number): Promise<boolean> {
    for (const end = performance.now() + ms; ; await pause(10)) {
      const [row] = await this.#run('settled', `select (${finished} >= $1::xid8)::text`, [String(next)]);
      if (row?.[0] === 'true') return true;
      if (performance.now() > end) return false;
    }
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
