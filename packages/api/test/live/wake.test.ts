import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { openWakeChannel, type WakeChannel } from '../../src/platform/events/wake-channel.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { type Broker, type BrokerKind, brokerProgram, makeBroker } from '../harness/broker.ts';
import {
  append,
  type LiveDatabase,
  listen,
  openLiveDatabase,
  pause,
  person,
  subjects,
  take,
} from './support.ts';

let database: LiveDatabase;
beforeAll(async () => {
  database = await openLiveDatabase();
});
afterAll(() => database.close());

const log = pino({ level: 'silent' });
const until = async (what: () => boolean, ms = 10_000): Promise<void> => {
  for (const end = Date.now() + ms; !what(); await pause(10))
    if (Date.now() > end) throw new Error('it did not happen');
};

describe.each<BrokerKind>(['redis', 'nats'])('woken by %s', (kind) => {
  const program = brokerProgram(kind);
  if (!program) {
    test.skip(`${kind}-server is not on this machine and cannot be installed here`, () => undefined);
    return;
  }
  let broker: Broker;
  beforeAll(async () => {
    broker = await makeBroker(kind, program);
    await broker.start();
  });
  afterAll(() => broker.kill());
  const open = async (): Promise<WakeChannel> => {
    const channel = await openWakeChannel(broker.url, log, { echoMs: 100 });
    await until(() => channel.healthy);
    return channel;
  };
  /** As two API processes have them, which would look by themselves once a minute only. */
  const two = async (calmMs: number) => {
    const [here, there] = await Promise.all([open(), open()]);
    return {
      here: database.streams({ channel: here, calmMs }),
      there: database.streams({ channel: there, calmMs }),
    };
  };

  test('a commit of another process arrives at once', async () => {
    const organisation = newUuid();
    const { here, there } = await two(60_000);
    const stream = await listen(there, person(organisation));
    const waits: number[] = [];
    for (let count = 0; count < 15; count += 1) {
      await pause(20);
      const subject = await append(database.pool, { organisation });
      here.wake();
      const since = performance.now();
      expect(subjects(await take(stream, 1))).toEqual([subject]);
      waits.push(performance.now() - since);
    }
    expect(Math.min(...waits)).toBeLessThan(50); // other tests load the machine: what counts is the undisturbed case
    await Promise.all([here.close(), there.close()]);
  });

  test('while it works the database is spared; while it is away the relay looks often, and back again', async () => {
    const organisation = newUuid();
    const { here, there } = await two(60_000);
    const stream = await listen(there, person(organisation));
    await pause(100);
    const { query } = database.pool;
    let statements = 0;
    database.pool.query = ((...args: Parameters<typeof query>) => {
      statements += 1;
      return Reflect.apply(query, database.pool, args);
    }) as typeof query;
    await pause(300);
    database.pool.query = query;
    expect(statements).toBe(0);

    await broker.kill();
    await until(() => !there.channel?.healthy);
    expect(there.channel?.state).toBe('down');
    here.wake(); // in vain for the others, and it does not throw
    there.relay.wake(); // its pause began while the channel was trusted; in earnest it is a second at most
    for (let count = 0; count < 3; count += 1) {
      const subject = await append(database.pool, { organisation });
      expect(subjects(await take(stream, 1, 1_000))).toEqual([subject]);
    }

    await broker.start();
    await until(() => Boolean(there.channel?.healthy && here.channel?.healthy));
    await pause(100);
    const subject = await append(database.pool, { organisation });
    here.wake();
    expect(subjects(await take(stream, 1))).toEqual([subject]);
    await Promise.all([here.close(), there.close()]);
  });

  test('a burst of commits is a few messages, and its last one is told', async () => {
    const [teller, hearer] = await Promise.all([open(), open()]);
    let woken = 0;
    hearer.onWake(() => (woken += 1));
    for (let count = 0; count < 500; count += 1) teller.announce();
    await until(() => woken === 2); // the first at once, the rest in one
    await pause(50);
    expect(woken).toBe(2);
    await Promise.all([teller.close(), hearer.close()]);
  });

  test('a process starts and stops without the broker, and finds it when it comes', async () => {
    await broker.kill();
    const early = await openWakeChannel(broker.url, log, { echoMs: 100 });
    early.announce();
    await pause(200);
    expect(early.healthy).toBe(false);
    const brief = await openWakeChannel(broker.url, log);
    await brief.close();
    await broker.start();
    await until(() => early.healthy);
    await early.close();
  });

  test('an event whose publisher tells nobody comes although the relay is calm', async () => {
    const organisation = newUuid();
    const { here, there } = await two(300);
    const stream = await listen(there, person(organisation));
    const subject = await append(database.pool, { organisation });
    expect(subjects(await take(stream, 1))).toEqual([subject]);
    await Promise.all([here.close(), there.close()]);
  });
});

test('an address that is neither redis nor nats stops the start', () => {
  expect(() => readConfig({ WAKE_URL: 'http://127.0.0.1:6379' })).toThrow('WAKE_URL');
  expect(readConfig({ WAKE_URL: 'nats://127.0.0.1:4222' }).WAKE_URL).toBe('nats://127.0.0.1:4222');
  expect(readConfig({}).EVENT_DAYS).toBe(7);
  expect(() => readConfig({ EVENT_DAYS: '0' })).toThrow('EVENT_DAYS');
});
