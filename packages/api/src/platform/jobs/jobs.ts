import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Registry } from 'prom-client';
import type { Services } from '../context.ts';
import { reclaimLost } from '../db/lost-connections.ts';
import { describeError } from '../graphql/errors.ts';
import { type BeatingJob, Beats } from './beats.ts';
import { hostOf } from './host.ts';
import type { Job, JobHost } from './job.ts';
import { JobMetrics } from './metrics.ts';
import { type TimedJob, Timetable } from './timetable.ts';

export interface JobsOptions {
  jobs: readonly Job[];
  services: Services;
  databaseUrl: string;
  registry: Registry;
}

/** A job that has effects for so many looks in a row never ends. */
const tooMany = 10_000;

/** All jobs of the product in one process: their timers, and running one by hand. */
export class Jobs {
  readonly list: readonly Job[];
  readonly #services: Services;
  readonly #metrics: JobMetrics;
  readonly #hosts: Map<string, JobHost>;
  readonly #reading: pg.Pool;
  readonly #beats: Beats;
  readonly #timetable: Timetable;

  constructor({ jobs, services, databaseUrl, registry }: JobsOptions) {
    this.list = jobs;
    this.#services = services;
    this.#metrics = new JobMetrics(registry);
    this.#reading = new pg.Pool({
      connectionString: databaseUrl,
      max: 3,
      application_name: 'desk-jobs',
      options: '-c timezone=UTC -c default_transaction_read_only=on',
    });
    reclaimLost(this.#reading);
    this.#hosts = new Map(jobs.map((job) => [job.name, hostOf(job, services, this.#reading, this.#metrics)]));
    if (this.#hosts.size < jobs.length) throw new Error('Two jobs have the same name');
    const { log } = services;
    this.#beats = new Beats(jobs.filter(isBeating), databaseUrl, (job, late) => this.#look(job, late), log);
    this.#timetable = new Timetable(
      jobs.filter(isTimed),
      databaseUrl,
      async (job, late) => void (await this.#untilDone(job, late)),
      log,
    );
  }

  /** Starts the timers; returns at once. */
  start(): void {
    this.#beats.start();
    this.#timetable.start();
  }

  /** Does everything that is due of one job now; answers how many effects it had. */
  async run(name: string): Promise<number> {
    const job = this.list.find((one) => one.name === name);
    if (!job) throw new Error(`There is no job "${name}": ${this.list.map((one) => one.name).join(', ')}`);
    return this.#untilDone(job, 0);
  }

  /** Lets running jobs end. */
  async close(): Promise<void> {
    await Promise.all([this.#beats.close(), this.#timetable.close()]);
    await this.#reading.end();
  }

  async #untilDone(job: Job, lateMs: number): Promise<number> {
    let effects = 0;
    for (let looks = 0; looks < tooMany; looks += 1) {
      const had = await this.#look(job, lateMs);
      effects += had;
      if (had === 0) return effects;
    }
    throw new Error(`The job "${job.name}" does not come to an end`);
  }

  async #look(job: Job, lateMs: number): Promise<number> {
    const labels = { job: job.name };
    const host = this.#hosts.get(job.name) as JobHost;
    const stop = this.#metrics.seconds.startTimer(labels);
    this.#metrics.lag.set(labels, lateMs / 1000);
    try {
      const effects = await job.run(host);
      this.#metrics.runs.inc({ ...labels, outcome: 'succeeded' });
      this.#metrics.effects.inc(labels, effects);
      this.#metrics.succeeded.setToCurrentTime(labels);
      return effects;
    } catch (error) {
      this.#metrics.runs.inc({ ...labels, outcome: 'failed' });
      this.#services.log.error(
        { err: describeError(error), failure: randomUUID(), job: job.name },
        'a job failed',
      );
      throw error;
    } finally {
      stop();
    }
  }
}

const isBeating = (job: Job): job is BeatingJob => 'seconds' in job.every;
const isTimed = (job: Job): job is TimedJob => 'cron' in job.every;
