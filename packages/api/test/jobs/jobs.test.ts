import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Unit } from '../../src/domains/units/index.ts';
import type { Job } from '../../src/platform/jobs/job.ts';
import { startWorld, type World } from '../harness/world.ts';
import { doneOf, doProbe, makeProbes, probeJob, type Worker, worker } from './probe.ts';

let world: World;
const workers: Worker[] = [];
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((one) => one.close()));
});
afterAll(() => world.close());

const start = (...jobs: Job[]): Worker => {
  const one = worker(world, jobs);
  workers.push(one);
  return one;
};
const past = (count: number): Date[] => Array<Date>(count).fill(new Date(Date.now() - 60_000));
const value = async ({ registry }: Worker, name: string, labels: object): Promise<number | undefined> =>
  (await registry.getSingleMetric(name)?.get())?.values.find(({ labels: of }) =>
    Object.entries(labels).every(([key, wanted]) => of[key] === wanted),
  )?.value;

test('two processes run the same job at once, and each row has one effect', async () => {
  const organisation = await makeProbes(world, past(35), 'twice');
  const [one, other] = [start(probeJob('twice')), start(probeJob('twice'))];
  const effects = await Promise.all([one.run('probe.twice'), other.run('probe.twice')]);
  expect(effects[0] + effects[1]).toBe(35);
  expect(await doneOf(world, organisation)).toEqual(Array(35).fill(1));
});

test('nothing happens before it is due, and the clock of a test brings it about', async () => {
  const organisation = await makeProbes(world, [new Date(Date.now() + 3_600_000)], 'later');
  const one = start(probeJob('later'));
  expect(await one.run('probe.later')).toBe(0);
  world.clock.travel(3_600_001);
  expect(await one.run('probe.later')).toBe(1);
  expect(await doneOf(world, organisation)).toEqual([1]);
});

test('timers of two processes: one of them looks, and what falls due starts within the second', async () => {
  const due = new Date(world.clock.now().getTime() + 1_500);
  const began: number[] = [];
  const job = probeJob('beat', {}, async (tx, row) => {
    began.push(world.clock.now().getTime() - due.getTime());
    return doProbe(tx, row);
  });
  const organisation = await makeProbes(world, [due, due, due], 'beat');
  const both = [start(job), start(job)];
  for (const one of both) one.start();
  await vi.waitFor(async () => expect(await doneOf(world, organisation)).toEqual([1, 1, 1]), 10_000);
  expect(Math.max(...began)).toBeLessThan(1_500); // a second, and patience for a busy machine
  const looks = await Promise.all(
    both.map((one) => value(one, 'job_runs_total', { job: 'probe.beat', outcome: 'succeeded' })),
  );
  expect(looks.filter((count) => count !== undefined)).toHaveLength(1);
});

test('a worker killed in the middle of an effect: another takes over within seconds, and the effect happens once', async () => {
  const organisation = await makeProbes(world, past(1), 'killed');
  const program = fileURLToPath(new URL('./killed.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), program, world.app.databaseUrl],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout, 'data');
  const heir = start(probeJob('killed'));
  heir.start();
  await pause(1_500);
  expect(await doneOf(world, organisation)).toEqual([0]);
  const killed = performance.now();
  child.kill('SIGKILL');
  await vi.waitFor(async () => expect(await doneOf(world, organisation)).toEqual([1]), 10_000);
  expect(performance.now() - killed).toBeLessThan(5_000);
});

test('a holder that hangs loses its jobs: the database ends its session, and another looks', async () => {
  const job = probeJob('hung');
  const [one, other] = [start(job), start(job)];
  one.start();
  const count = (of: Worker) => value(of, 'job_runs_total', { job: 'probe.hung', outcome: 'succeeded' });
  await vi.waitFor(async () => expect(await count(one)).toBeGreaterThan(0), 5_000);
  other.start();
  await pause(1_000);
  expect(await count(other)).toBeUndefined();
  // What the server does when the session says nothing for five seconds.
  await world.app.db.owner.query(
    `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
     where locktype = 'advisory' and datname = current_database()`,
  );
  await vi.waitFor(
    async () => expect(((await count(one)) ?? 0) + ((await count(other)) ?? 0)).toBeGreaterThan(2),
    10_000,
  );
});

test('a job that fails is told with an id, tried again with back-off, and stops no other', async () => {
  let tries = 0;
  const broken: Job = {
    ...probeJob('broken'),
    run: async () => {
      tries += 1;
      if (tries < 3) throw new Error('out of order');
      return 0;
    },
  };
  const organisation = await makeProbes(world, past(3), 'beside');
  const one = start(broken, probeJob('beside'));
  one.start();
  await vi.waitFor(async () => expect(await doneOf(world, organisation)).toEqual([1, 1, 1]), 5_000);
  const began = performance.now();
  await vi.waitFor(() => expect(tries).toBeGreaterThanOrEqual(3), 10_000);
  expect(performance.now() - began).toBeGreaterThan(1_500); // 1 s and 2 s, less what passed before
  const told = one.lines.filter((line) => line.msg === 'a job failed');
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({ job: 'probe.broken', failure: expect.stringMatching(/^[\da-f-]{36}$/) });
  expect(await value(one, 'job_runs_total', { job: 'probe.broken', outcome: 'failed' })).toBe(2);
});

test('a row that fails is told with an id and tried again, and the others go on', async () => {
  const organisation = await makeProbes(world, past(12), 'row');
  let bad: string | undefined;
  let failures = 0;
  const one = start(
    probeJob('row', {}, async (tx, row) => {
      bad ??= row.id;
      if (row.id === bad && failures < 1) {
        failures += 1;
        throw new Error('this one not');
      }
      return doProbe(tx, row);
    }),
  );
  expect(await one.run('probe.row')).toBe(11);
  expect((await doneOf(world, organisation)).reduce((sum, done) => sum + done)).toBe(11);
  expect(one.lines).toMatchObject([{ job: 'probe.row', row: bad, failure: expect.any(String) }]);
  expect(await value(one, 'job_row_failures_total', { job: 'probe.row' })).toBe(1);
  await pause(1_050);
  expect(await one.run('probe.row')).toBe(1);
  expect(await doneOf(world, organisation)).toEqual(Array(12).fill(1));
});

test('what a job writes is recorded as done by the system, with the job as the reason (P-6)', async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const rename: Job = {
    ...probeJob('rename'),
    run: (host) =>
      host.write(org.uuid, async (tx) => {
        const record = await tx.get(Unit, unit.id, 'id', { lock: true });
        if (record.number === '改') return 0;
        record.number = '改';
        return 1;
      }),
  };
  expect(await start(rename).run('probe.rename')).toBe(1);
  const { unit: read } = await org.admin.query(
    'query($id: ID!) { unit(id: $id) { number history(first: 1) { nodes { type reason actor { kind } } } } }',
    { id: unit.id },
  );
  expect(read).toEqual({
    number: '改',
    history: { nodes: [{ type: 'unit.updated', reason: 'probe.rename', actor: { kind: 'SYSTEM' } }] },
  });
});

test('a job reads past row-level security, but cannot write that way', async () => {
  const writing: Job = {
    ...probeJob('writing'),
    run: async (host) => (await host.due('delete from probe', [])).length,
  };
  await expect(start(writing).run('probe.writing')).rejects.toThrow('read-only');
});
