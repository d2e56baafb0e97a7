import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { describeError } from '../graphql/errors.ts';
import { backOff } from './back-off.ts';
import type { Job } from './job.ts';

/** Processes ask for free jobs, and the holder shows that it lives, this often. */
const heartbeatMs = 700;
/** A holder that shows no life (stopped, hung, cut off) loses its jobs after this time: the database ends its session. */
const silenceMs = 5_000;
/** A look begins a little early, so that what is due starts within the second. */
const headStartMs = 200;

/** A job that looks every few seconds. */
export type BeatingJob = Job & { every: { seconds: number } };

/**
 * Jobs that look every few seconds. Each belongs to one process at a time, the holder of its advisory lock; the lock ends
 * with the holder's connection, so after `kill -9` another process looks within a second. It is a matter of economy only:
 * that an effect happens once is the transaction's business. A session lock holds no transaction open, which would keep
 * the outbox from moving on.
 */
export class Beats {
  readonly #jobs: readonly BeatingJob[];
  readonly #url: string;
  readonly #look: (job: Job, lateMs: number) => Promise<number>;
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  #watching: Promise<void> | undefined;

  constructor(
    jobs: readonly BeatingJob[],
    url: string,
    look: (job: Job, lateMs: number) => Promise<number>,
    log: Logger,
  ) {
    this.#jobs = jobs;
    this.#url = url;
    this.#look = look;
    this.#log = log;
  }

  start(): void {
    if (this.#jobs.length > 0) this.#watching ??= this.#watch();
  }

  /** Lets running looks end, then leaves the jobs to others. */
  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    for (let failures = 0; !this.#stopped.signal.aborted; ) {
      try {
        await this.#session(() => {
          failures = 0;
        });
      } catch (error) {
        failures += 1;
        if (failures === 1)
          this.#log.warn({ err: describeError(error) }, 'jobs lost their database; trying again');
        await rest(Math.min(2_000, 100 * 2 ** failures), this.#stopped.signal);
      }
    }
  }

  /** One connection's life: takes free jobs while it lasts. */
  async #session(alive: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'desk-jobs',
      options: `-c idle_session_timeout=${silenceMs}`,
      query_timeout: silenceMs,
      connectionTimeoutMillis: silenceMs,
    });
    const lost = new AbortController();
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    const signal = AbortSignal.any([lost.signal, this.#stopped.signal]);
    const held = new Map<string, Promise<void>>();
    await client.connect();
    try {
      while (!signal.aborted) {
        const free = this.#jobs.filter(({ name }) => !held.has(name));
        const { rows } = await client.query<{ name: string }>(
          `select name from unnest($1::text[]) name where pg_try_advisory_lock(hashtextextended('desk.job.' || name, 0))`,
          [free.map(({ name }) => name)],
        );
        const taken = new Set(rows.map(({ name }) => name));
        for (const job of free) if (taken.has(job.name)) held.set(job.name, this.#beat(job, signal));
        alive();
        await rest(heartbeatMs, signal);
      }
      if (lost.signal.aborted) throw new Error('the connection of the jobs was lost');
    } finally {
      lost.abort();
      await Promise.all(held.values());
      await client.end().catch(() => undefined);
    }
  }

  async #beat(job: BeatingJob, signal: AbortSignal): Promise<void> {
    const interval = job.every.seconds * 1000;
    for (let failures = 0, due = performance.now(); !signal.aborted; ) {
      const began = performance.now();
      let wait: number;
      try {
        while ((await this.#look(job, began - due)) > 0 && !signal.aborted);
        failures = 0;
        wait = Math.max(50, began + interval - headStartMs - performance.now());
        due = began + interval;
      } catch {
        failures += 1; // told where it is counted
        wait = backOff(failures);
        due = performance.now() + wait;
      }
      await rest(wait, signal);
    }
  }
}

/** Waits, or ends early when told to stop. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => undefined);
