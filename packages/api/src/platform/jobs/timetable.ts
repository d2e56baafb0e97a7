import { setTimeout as pause } from 'node:timers/promises';
import { type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { describeError } from '../graphql/errors.ts';
import { backOff } from './back-off.ts';
import type { Job } from './job.ts';

/** A job that runs at times of the day. */
export type TimedJob = Job & { every: { cron: string; timeZone: string } };

/** Its own schema in the product's database: nothing of the product refers to it, and it may be dropped at any time. */
const schema = 'pgboss';

/**
 * Jobs that run at times of the day, on pg-boss: it sends each occurrence once however many processes run, makes up for
 * one that came due while none did, and gives a failed or silent run to another worker.
 */
export class Timetable {
  readonly #jobs: readonly TimedJob[];
  readonly #boss: PgBoss;
  readonly #perform: (job: Job, lateMs: number) => Promise<void>;
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  #starting: Promise<void> | undefined;

  constructor(
    jobs: readonly TimedJob[],
    url: string,
    perform: (job: Job, lateMs: number) => Promise<void>,
    log: Logger,
  ) {
    this.#jobs = jobs;
    this.#perform = perform;
    this.#log = log;
    this.#boss = new PgBoss({
      connectionString: url,
      application_name: 'desk-timetable',
      schema,
      max: 3,
      superviseIntervalSeconds: 10,
      monitorIntervalSeconds: 10,
      cronMonitorIntervalSeconds: 15,
    });
    this.#boss.on('error', (error) =>
      log.warn({ err: describeError(error) }, 'the timetable of jobs failed'),
    );
    this.#boss.on('warning', (warning) => log.debug({ warning }, 'the timetable of jobs warns'));
  }

  /** Returns at once; keeps trying until the database lets it. */
  start(): void {
    if (this.#jobs.length > 0) this.#starting ??= this.#start();
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#starting;
    if (this.#starting) await this.#boss.stop({ graceful: true, timeout: 10_000 });
  }

  async #start(): Promise<void> {
    const { signal } = this.#stopped;
    for (let failures = 0; !signal.aborted; ) {
      try {
        await this.#boss.start();
        for (const job of this.#jobs) await this.#enter(job);
        await this.#forgetOthers();
        return;
      } catch (error) {
        failures += 1;
        this.#log.error({ err: describeError(error) }, 'the timetable of jobs cannot start; trying again');
        await pause(backOff(failures), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #enter(job: TimedJob): Promise<void> {
    const { name, every } = job;
    await this.#boss.createQueue(name, {
      policy: 'stately', // one waits, one runs: an occurrence during a long run is not lost and not doubled
      retryLimit: 10,
      retryDelay: 2,
      retryBackoff: true,
      retryDelayMax: 600,
      expireInSeconds: 6 * 3600,
      heartbeatSeconds: 10,
      deleteAfterSeconds: 7 * 86_400,
    });
    await this.#boss.schedule(name, every.cron, null, { tz: every.timeZone, missed: 'once' });
    await this.#boss.work(
      name,
      { includeMetadata: true, pollingIntervalSeconds: 2, heartbeatRefreshSeconds: 3 },
      async ([occurrence]: JobWithMetadata[]) => {
        const due = occurrence?.startAfter.getTime() ?? Date.now();
        await this.#perform(job, Math.max(0, Date.now() - due));
      },
    );
  }

  /** What an older release ran at its times and this one does not. */
  async #forgetOthers(): Promise<void> {
    const names = new Set(this.#jobs.map(({ name }) => name));
    for (const { name } of await this.#boss.getSchedules())
      if (!names.has(name)) await this.#boss.unschedule(name);
  }
}
