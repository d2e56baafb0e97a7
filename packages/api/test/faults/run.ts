import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '../../src/platform/migrate.ts';
import { freePort } from '../harness/broker.ts';
import { makePlaces, prepareDesk } from '../harness/desk.ts';
import { ApiProcess } from '../harness/process.ts';
import { Follower } from './followers.ts';
import { FaultyPostgres } from './postgres.ts';
import { Timers } from './timers.ts';
import { compare, eventCursor } from './verify.ts';
import { Writer } from './writers.ts';

export const victims = ['api', 'relay', 'worker', 'postgres'] as const;
/** Whom a cycle kills: an API process in the middle of writes, the one that serves most subscribers, the process with the timers, the database. */
export type Victim = (typeof victims)[number];

export interface FaultOptions {
  cycles: number;
  writers?: number;
  followers?: number;
  /** Acknowledged writes between two kills. */
  pace?: number;
  /** Told to the processes, for example `WAKE_URL`. */
  env?: Record<string, string>;
  say?: (line: string) => void;
}

export interface FaultReport {
  cycles: number;
  seconds: number;
  kills: Record<Victim | 'postgres session', number>;
  /** Acknowledged, and requests that had to be sent again, or were sent again on purpose. */
  writes: { acknowledged: number; retried: number; repeated: number };
  timers: { due: number; done: number };
  subscribers: { count: number; reconnects: number; events: number; deliveries: number };
  /** Acknowledged writes that are not there. */
  lost: number;
  /** Effects that are there twice: records, events, steps of a timer. */
  doubled: number;
  /** Subscribers whose sequence is not the table's. */
  astray: number;
  /** Everything that must not be, as sentences; empty when all is well. */
  faults: string[];
}

const pick = <T>(list: readonly T[]): T | undefined => list[randomInt(Math.max(1, list.length))];

/**
 * Writers with idempotent retries and subscribers that reconnect, on two API processes, one that runs the timers, and a
 * PostgreSQL on disk; in each cycle one of them dies by `kill -9` in the middle of writes and is started again.
 */
export async function runFaults(options: FaultOptions): Promise<FaultReport> {
  const folder = await mkdtemp(join(tmpdir(), 'desk-faults-'));
  const postgres = new FaultyPostgres(folder);
  const running: ApiProcess[] = [];
  try {
    await postgres.start();
    await migrate(postgres.url);
    return await play(options, folder, postgres, running);
  } finally {
    await Promise.all(running.map((one) => one.kill()));
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function play(
  options: FaultOptions,
  folder: string,
  postgres: FaultyPostgres,
  running: ApiProcess[],
): Promise<FaultReport> {
  const {
    cycles,
    writers: writerCount = 8,
    followers: followerCount = 6,
    pace = 25,
    env = {},
    say = () => undefined,
  } = options;
  const began = performance.now();
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4, application_name: 'faults' });
  pool.on('error', () => undefined);
  const make = async (name: string, jobs: boolean): Promise<ApiProcess> => {
    const settings = { AUTH_SECRET: secret, JOBS: String(jobs), ...env };
    const one = new ApiProcess({
      port: await freePort(),
      dataDir: join(folder, name),
      databaseUrl: postgres.url,
      appDatabaseUrl: postgres.appUrl,
      env: settings,
    });
    running.push(one);
    return one;
  };
  const secret = randomBytes(32).toString('hex');
  const apis = [await make('one', false), await make('two', false)];
  const worker = await make('worker', true);
  await Promise.all(running.map((one) => one.start()));
  const [first] = apis as [ApiProcess];
  const desk = await prepareDesk(pool);
  const places = await makePlaces(first.url, desk.token);
  const timers = new Timers(pool, desk);
  await timers.prepare(first.url, places, cycles);
  const start = await eventCursor(first.url, desk.token);

  const url = (): string => (pick(apis.filter((one) => one.ready)) ?? first).url;
  const kills: FaultReport['kills'] = { api: 0, relay: 0, worker: 0, postgres: 0, 'postgres session': 0 };
  const round = randomBytes(3).toString('hex');
  const writers = Array.from(
    { length: writerCount },
    (_, index) => new Writer(`${round}w${index}`, { url, token: desk.token, places }),
  );
  const followers = Array.from(
    { length: followerCount },
    () => new Follower(start, { url, token: desk.token }),
  );
  const work = [...writers, ...followers].map((one) => one.run());
  const acknowledged = () => writers.reduce((sum, one) => sum + one.acknowledged.length, 0);
  const until = async (what: () => boolean, whatFor: string, ms = 180_000): Promise<void> => {
    for (const end = performance.now() + ms; !what(); await pause(5))
      if (performance.now() > end)
        throw new Error(`the run hangs: ${whatFor}; ${writers.flatMap((one) => one.faults).join('; ')}`);
  };

  const load = (one: ApiProcess) => followers.filter((follower) => follower.url === one.url).length;
  const busiest = () => apis.toSorted((a, b) => load(b) - load(a))[0];
  /** What comes back while the run goes on. */
  const starting: Promise<void>[] = [];
  let broken: unknown;
  const restart = (one: ApiProcess | undefined) => {
    if (one)
      starting.push(
        one.start().catch((error) => {
          broken = error;
        }),
      );
  };
  const strike = async (victim: Victim): Promise<void> => {
    kills[victim] += 1;
    if (victim === 'postgres') {
      if (randomInt(2) === 0 && (await postgres.killSession())) {
        kills['postgres session'] += 1;
        return;
      }
      await postgres.kill();
      await postgres.start();
      return;
    }
    const target = victim === 'worker' ? worker : victim === 'relay' ? busiest() : pick(apis);
    await target?.kill();
    restart(target);
  };
  // One of the API processes serves while the other is dead or just coming back.
  const standing = (victim: Victim) =>
    victim === 'worker' ? worker.ready : victim === 'postgres' || apis.every((one) => one.ready);

  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const victim = victims[cycle % victims.length] as Victim;
    const before = acknowledged();
    await until(() => broken !== undefined || standing(victim), 'processes come back');
    if (broken) throw broken;
    await until(() => acknowledged() >= before + pace, 'writes go on');
    await timers.arm();
    pick(followers)?.cut();
    await until(() => writers.some((one) => one.waiting), 'a write is on its way');
    await strike(victim);
    const connections = followers.reduce((sum, one) => sum + one.connections, 0);
    say(`${cycle + 1}/${cycles} ${victim} killed after ${acknowledged()} writes, ${connections} connections`);
  }
  await Promise.all(starting);
  for (const one of writers) one.stop();
  await Promise.all(work.slice(0, writers.length));
  await timers.settled();

  const table = await compare(pool, desk.organisation, start, followers, writers);
  for (const one of followers) await one.stop();
  await Promise.all(work);
  const timed = await timers.verify();
  await pool.end();
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const faults = [
    ...writers.flatMap((one) => one.faults),
    ...followers.flatMap((one) => one.faults),
    ...table.faults,
    ...timed.faults,
  ];
  return {
    cycles,
    seconds: Math.round((performance.now() - began) / 1000),
    kills,
    writes: {
      acknowledged: acknowledged(),
      retried: sum(writers.map((one) => one.retries)),
      repeated: sum(writers.map((one) => one.repeats)),
    },
    timers: { due: timed.due, done: timed.done },
    subscribers: {
      count: followers.length,
      reconnects: sum(followers.map((one) => one.connections - 1)),
      events: table.events,
      deliveries: sum(followers.map((one) => one.seen.length)),
    },
    lost: table.lost,
    doubled: table.doubled + timed.doubled,
    astray: table.astray,
    faults,
  };
}
