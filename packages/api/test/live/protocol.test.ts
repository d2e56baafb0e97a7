import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { contextFor } from '../../src/platform/request.ts';
import { startWorld, type TestOrganisation, type World } from '../harness/world.ts';
import { bare, connect } from './client.ts';
import { init, type Mounted, mount, subscribe, watch, watchAfter } from './mount.ts';
import { pause, person } from './support.ts';

let world: World;
let org: TestOrganisation;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  world = await startWorld({ LOG_LEVEL: 'silent' });
  org = await world.organisation();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => world.close());

async function mounted(options: Parameters<typeof mount>[1]): Promise<Mounted> {
  const one = await mount(world, options);
  ends.push(one.close);
  return one;
}

describe('protocol', () => {
  test('malformed messages: 4400', async () => {
    for (const message of ['{', '[]', '{"type":"nonsense"}', '{"type":"subscribe","id":1}']) {
      const socket = await bare(world.app.url, { headers: org.admin.headers });
      socket.send(message);
      expect((await socket.closed).code, message).toBe(4400);
    }
  });

  test('no known subprotocol: 4406', async () => {
    expect((await (await bare(world.app.url, { protocols: [] })).closed).code).toBe(4406);
    await expect(bare(world.app.url, { protocols: ['graphql-ws'] })).rejects.toThrow('subprotocol');
  });

  test('silence: 4408', async () => {
    const { url } = await mounted({ resolveViewer: async () => null, initTimeoutMs: 100 });
    expect((await (await bare(url)).closed).code).toBe(4408);
  });

  test('an operation id that is in use: 4409', async () => {
    const socket = await bare(world.app.url, { headers: org.admin.headers });
    socket.send(init());
    await socket.message('connection_ack');
    socket.send(subscribe('1', watch));
    socket.send(subscribe('1', watch));
    expect((await socket.closed).code).toBe(4409);
  });

  test('a second greeting: 4429', async () => {
    const socket = await bare(world.app.url, { headers: org.admin.headers });
    socket.send(init());
    await socket.message('connection_ack');
    socket.send(init());
    expect((await socket.closed).code).toBe(4429);
  });

  test('a failure of ours: 4500, and the reason says nothing of the inside', async () => {
    const viewer = person(org.uuid);
    let broken = false;
    const { url } = await mounted({
      resolveViewer: async () => viewer,
      trusts: () => {
        throw new Error('secret of the inside');
      },
      contextFor: (caller) => contextFor(world.app.services, caller),
      engine: new Proxy(world.app.engine, {
        get: (engine, name) => {
          if (name === 'prepare' && broken) throw new Error('secret of the inside');
          return Reflect.get(engine, name, engine);
        },
      }),
    });
    const greeting = await bare(url, { headers: { cookie: 'a=b' } });
    greeting.send(init());
    expect(await greeting.closed).toEqual({ code: 4500, reason: 'Internal server error' });
    const operation = await bare(url);
    operation.send(init());
    await operation.message('connection_ack');
    broken = true;
    operation.send(subscribe('1', watch));
    expect(await operation.closed).toEqual({ code: 4500, reason: 'Internal server error' });
  });

  test('a connection that answers no ping is cut, the others stay', async () => {
    const viewer = person(org.uuid);
    const { url } = await mounted({ resolveViewer: async () => viewer, keepAliveMs: 480 });
    const [deaf, alive] = [await bare(url), await bare(url)];
    for (const socket of [deaf, alive]) {
      socket.send(init());
      await socket.message('connection_ack');
      socket.send(subscribe('1', watch));
    }
    const { events } = world.app.services;
    await expect.poll(() => events.size, { timeout: 10_000 }).toBe(2);
    deaf.socket.pause();
    await expect.poll(() => events.size, { timeout: 10_000 }).toBe(1);
    await pause(1_500);
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
    deaf.socket.terminate();
    alive.socket.terminate();
  });

  test('more connections than a process or a token may have: no upgrade (503), and 1013', async () => {
    const viewer = person(org.uuid);
    const { url } = await mounted({
      resolveViewer: async () => viewer,
      mostConnections: 3,
      mostPerAccount: 2,
    });
    const greet = async (authorization: string) => {
      const socket = await bare(url);
      socket.send(init({ authorization }));
      return socket;
    };
    const [first, second] = [await greet('a'), await greet('a')];
    for (const socket of [first, second]) await socket.message('connection_ack');
    expect(await (await greet('a')).closed).toEqual({
      code: 1013,
      reason: expect.stringContaining('Too many'),
    });
    const other = await greet('b');
    await other.message('connection_ack');
    await expect(bare(url)).rejects.toThrow('503');
    first.socket.terminate();
    await expect.poll(() => greet('a').then((socket) => socket.message('connection_ack'))).toBeDefined();
  });

  test('a message of more than 256 KiB: 1009; another path: no upgrade', async () => {
    const socket = await bare(world.app.url, { headers: org.admin.headers });
    socket.send(init({ padding: 'x'.repeat(300_000) }));
    expect((await socket.closed).code).toBe(1009);
    await expect(bare(`${world.app.url}/elsewhere`)).rejects.toThrow('404');
  });
});

describe('ends', () => {
  test('a closed connection, or a completed operation, leaves no subscriber behind', async () => {
    const { events } = world.app.services;
    await expect.poll(() => events.size).toBe(0); // those of earlier tests are gone
    const socket = await bare(world.app.url, { headers: org.admin.headers });
    socket.send(init());
    await socket.message('connection_ack');
    for (const id of ['1', '2', '3']) socket.send(subscribe(id, watch));
    await expect.poll(() => events.size).toBe(3);
    socket.send({ id: '1', type: 'complete' });
    await expect.poll(() => events.size).toBe(2);
    socket.send(subscribe('4', watch)); // the connection is gone before the subscription stands
    socket.socket.terminate();
    await expect.poll(() => events.size).toBe(0);
    await pause(100);
    expect(events.size).toBe(0);
  });

  test('a client that does not read is closed with 1013, or cut, and the others go on', async () => {
    const viewer = person(org.uuid);
    const { events } = world.app.services;
    await expect.poll(() => events.size).toBe(0);
    const { url } = await mounted({ resolveViewer: async () => viewer });
    const [slow, deaf] = await Promise.all([bare(url), bare(url)]);
    for (const one of [slow, deaf]) {
      one.send(init());
      await one.message('connection_ack');
      for (let id = 0; id < 60; id += 1)
        one.send(subscribe(String(id), 'subscription { events { type reason } }'));
    }
    await expect.poll(() => events.size, { timeout: 5_000 }).toBe(120);
    slow.socket.pause();
    deaf.socket.pause();
    const client = connect(url, {});
    ends.push(() => client.close());
    const stream = client.open(watchAfter, { after: await events.cursorOfNow() });
    const sql = `insert into event (organisation_id, community_id, type, subject_type, subject_id, changes, reason, actor_id, actor_kind, actor_name, at)
      select $1, $1, 'unit.updated', 'unit', $1, '[]', repeat('x', 20000), $1, 'STAFF', 'x', now() from generate_series(1, 20)`;
    await world.app.db.owner.query(sql, [org.uuid]);
    for (let count = 0; count < 20; count += 1) await stream.next();
    await pause(300);
    slow.socket.resume();
    expect((await slow.closed).code).toBe(1013);
    await expect.poll(() => events.size, { timeout: 6_000 }).toBe(1);
    deaf.socket.terminate();
  });

  test('stopping lets a running mutation end, then sends everybody elsewhere (1012) and lets nobody in', async () => {
    const viewer = person(org.uuid);
    const mountedOne = await mounted({ resolveViewer: async () => viewer });
    const { id, version } = await org.unit();
    const socket = await bare(mountedOne.url);
    socket.send(init());
    await socket.message('connection_ack');
    socket.send(subscribe('watch', watch));
    const lock = await world.app.db.owner.connect();
    await lock.query('begin');
    await lock.query('select from unit where id = $1 for update', [world.app.uuidOf(id)]);
    socket.send(
      subscribe(
        'write',
        'mutation($input: UnitUpdateInput!) { unitUpdate(input: $input) { unit { floor } } }',
        { input: { id, version, floor: 8 } },
      ),
    );
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await world.app.db.owner.query(waits)).rowCount).toBe(1);
    const closed = mountedOne.close();
    await expect(bare(mountedOne.url)).rejects.toThrow('503');
    await lock.query('commit');
    lock.release();
    expect(await socket.message('next', 'write')).toMatchObject({
      id: 'write',
      payload: { data: { unitUpdate: { unit: { floor: 8 } } } },
    });
    expect((await socket.closed).code).toBe(1012);
    await closed;
  });
});
