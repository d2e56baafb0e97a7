import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Job } from '../../src/platform/jobs/job.ts';
import { startWorld, type World } from '../harness/world.ts';
import { probeJob, type Worker, worker } from './probe.ts';

let world: World;
let client: PgBoss;
const workers: Worker[] = [];
const never = { cron: '0 4 29 2 *', timeZone: 'Asia/Shanghai' };

beforeAll(async () => {
  world = await startWorld();
  client = new PgBoss({ connectionString: world.app.databaseUrl, schedule: false, supervise: false, max: 1 });
  await client.start();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((one) => one.close()));
});
afterAll(async () => {
  await client.stop();
  await world.close();
});

/** A started worker whose timetable is in force. */
async function started(...jobs: Job[]): Promise<Worker> {
  const one = worker(world, jobs);
  workers.push(one);
  one.start();
  const names = jobs.map(({ name }) => name).sort();
  await vi.waitFor(
    async () => expect((await client.getSchedules()).map(({ name }) => name).sort()).toEqual(names),
    10_000,
  );
  return one;
}

test('an occurrence is worked off once by two processes, and a failed one again with back-off', async () => {
  let runs = 0;
  const nightly: Job = {
    ...probeJob('nightly', { every: never }),
    run: async () => {
      runs += 1;
      if (runs === 1) throw new Error('not tonight');
      return 0;
    },
  };
  const both = [await started(nightly), await started(nightly)];
  await client.send('probe.nightly');
  await vi.waitFor(() => expect(runs).toBe(2), 15_000);
  await vi.waitFor(
    async () =>
      expect((await client.findJobs('probe.nightly')).map(({ state }) => state)).toEqual(['completed']),
    5_000,
  );
  const told = both.flatMap(({ lines }) => lines).filter((line) => line.msg === 'a job failed');
  expect(told).toMatchObject([{ job: 'probe.nightly', failure: expect.any(String) }]);
});

test('a schedule follows the release: zone and time are its own, and what it no longer has is forgotten', async () => {
  await started(probeJob('old', { every: never }));
  await started(probeJob('new', { every: { cron: '50 17 * * *', timeZone: 'Asia/Urumqi' } }));
  expect(await client.getSchedules()).toMatchObject([
    { name: 'probe.new', cron: '50 17 * * *', timezone: 'Asia/Urumqi' },
  ]);
});
