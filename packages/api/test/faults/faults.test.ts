import { describe, expect, test } from 'vitest';
import { brokerProgram, makeBroker } from '../harness/broker.ts';
import { runFaults } from './run.ts';

/** The short form of `npm run test:faults`: each of API, relay, timers and PostgreSQL dies once in the middle of writes. */
const whole = { lost: 0, doubled: 0, astray: 0, faults: [] };
const few = { cycles: 4, writers: 4, followers: 3, pace: 8 };

describe('everything dies by kill -9 in the middle of writes: nothing lost, nothing doubled, every subscriber as the table', () => {
  test('with processes that look by themselves', async () => {
    const report = await runFaults(few);
    expect(report).toMatchObject({ ...whole, kills: { api: 1, relay: 1, worker: 1, postgres: 1 } });
    expect(report.timers.done).toBe(report.timers.due);
    expect(report.writes.acknowledged).toBeGreaterThan(30);
    expect(report.subscribers.reconnects).toBeGreaterThan(3);
  }, 300_000);

  const program = brokerProgram('redis');
  test.skipIf(!program)(
    'with processes that wake each other by Redis (skipped where there is no redis-server)',
    async () => {
      const broker = await makeBroker('redis', program ?? '');
      await broker.start();
      try {
        expect(await runFaults({ ...few, cycles: 2, env: { WAKE_URL: broker.url } })).toMatchObject(whole);
      } finally {
        await broker.kill();
      }
    },
    300_000,
  );
});
