import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { contextFor } from '../../src/platform/request.ts';
import { mountSocket, type SocketOptions } from '../../src/platform/socket.ts';
import type { Viewer } from '../../src/platform/viewer.ts';
import { startWorld, type TestOrganisation, type World } from '../harness/world.ts';
import { bare, connect, type LiveClient } from './client.ts';
import { append, pause, person } from './support.ts';

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

const init = (payload?: object) => ({ type: 'connection_init', payload });
const subscribe = (id: string, query: string, variables?: object) => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
});
const watch = 'subscription { events { type } }';

async function token(role = 'INTEGRATOR'): Promise<{ id: string; version: number; secret: string }> {
  const payload = await org.admin.mutate(
    'apiTokenCreate',
    { name: 'mirror', role },
    'apiToken { id version } secret',
  );
  return { ...payload.apiToken, secret: payload.secret };
}

function live(options: Parameters<typeof connect>[1]): LiveClient {
  const client = connect(world.app.url, options);
  ends.push(() => client.close());
  return client;
}

/** The socket alone, with rights and times as a test wants them. */
async function mounted(
  options: Partial<SocketOptions> & Pick<SocketOptions, 'resolveViewer'>,
): Promise<{ url: string; close(): Promise<void> }> {
  const { engine, services } = world.app;
  const server: Server = createServer();
  const socket = mountSocket(server, {
    engine,
    contextFor: (caller) => contextFor(services, caller),
    trusts: () => true,
    log: pino({ level: 'silent' }),
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    await socket.close();
    await new Promise((resolve) => server.close(resolve));
  };
  ends.push(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

describe('who may connect', () => {
  test('nobody without credentials: 4401', async () => {
    const socket = await bare(world.app.url);
    socket.send(init());
    expect((await socket.closed).code).toBe(4401);
  });

  test('nobody with a wrong token: 4401', async () => {
    const socket = await bare(world.app.url);
    socket.send(init({ authorization: 'Bearer psd_wrong' }));
    expect((await socket.closed).code).toBe(4401);
  });

  test('who subscribes without having said who it is: 4401', async () => {
    const socket = await bare(world.app.url, { headers: org.admin.headers });
    socket.send(subscribe('1', watch));
    expect((await socket.closed).code).toBe(4401);
  });

  test('a session cookie from a page of another origin is refused: 4403', async () => {
    const foreign = await bare(world.app.url, {
      headers: { ...org.admin.headers, origin: 'https://evil.example' },
    });
    foreign.send(init());
    expect((await foreign.closed).code).toBe(4403);
    const own = await bare(world.app.url, { headers: { ...org.admin.headers, origin: world.app.url } });
    own.send(init());
    await own.message('connection_ack');
    own.socket.terminate();
  });

  test('a bearer token, in connectionParams of either spelling or as a header', async () => {
    const { secret } = await token();
    const authorization = `Bearer ${secret}`;
    for (const options of [
      { connectionParams: { authorization } },
      { connectionParams: { Authorization: authorization } },
      { headers: { authorization } },
    ])
      expect(await live(options).open('{ units { totalCount } }').next()).toMatchObject({ units: {} });
  });
});

describe('operations over the socket', () => {
  test('queries and mutations run under the limits and in the language of the connection', async () => {
    const { id, version } = await org.unit();
    const client = live({ headers: org.admin.headers, connectionParams: { locale: 'en' } });
    const mutation =
      'mutation($input: UnitUpdateInput!) { unitUpdate(input: $input) { unit { floor } userErrors { code message } } }';
    expect(await client.open(mutation, { input: { id, version, floor: 4 } }).next()).toEqual({
      unitUpdate: { unit: { floor: 4 }, userErrors: [] },
    });
    const stale = await client.open(mutation, { input: { id, version, floor: 5 } }).next();
    expect(stale.unitUpdate.userErrors).toEqual([
      { code: 'CONFLICT', message: expect.stringContaining('Somebody changed') },
    ]);
    const aliases = Array.from({ length: 100 }, (_, n) => `a${n}: __typename`).join(' ');
    expect((await client.open(`{ ${aliases} }`).refusal()).code).toBe('TOO_COMPLEX');
    expect((await client.open('{ nothing }').refusal()).code).toBeDefined();
  });

  test('a surprise is masked', async () => {
    const client = live({ headers: org.admin.headers });
    const { events } = world.app.services;
    const { subscribe: original } = events;
    events.subscribe = () => Promise.reject(new Error('secret of the inside'));
    const refusal = await client.open(watch).refusal();
    events.subscribe = original;
    expect(refusal).toMatchObject({ code: 'INTERNAL', id: expect.any(String) });
    expect(JSON.stringify(refusal)).not.toContain('inside');
  });
});

describe('rights that change', () => {
  test('a revoked token stops its subscriptions within 1 s and closes with 4403', async () => {
    const { id, version, secret } = await token();
    const socket = await bare(world.app.url);
    socket.send(init({ authorization: `Bearer ${secret}` }));
    await socket.message('connection_ack');
    socket.send(subscribe('1', watch));
    await pause(200);
    await org.admin.mutate('apiTokenRevoke', { id, version }, 'apiToken { id }');
    const since = performance.now();
    expect((await socket.closed).code).toBe(4403);
    expect(performance.now() - since).toBeLessThan(1_200);
  });

  test('a session that ends closes with 4401, also when the next operation finds out', async () => {
    let viewer: Viewer | null = person(org.uuid);
    const { url } = await mounted({ resolveViewer: async () => viewer, checkMs: 60_000 });
    const socket = await bare(url);
    socket.send(init());
    await socket.message('connection_ack');
    viewer = null;
    socket.send(subscribe('1', '{ __typename }'));
    expect((await socket.closed).code).toBe(4401);
  });

  test('a role that is taken away narrows running subscriptions without closing them', async () => {
    const [community, elsewhere] = [(await org.community()).id, (await org.community()).id].map(
      world.app.uuidOf,
    ) as [string, string];
    let viewer = person(org.uuid, 'FRONT_DESK');
    const { url } = await mounted({ resolveViewer: async () => viewer });
    const client = connect(url, {});
    ends.push(() => client.close());
    const stream = client.open('subscription { events { type } }');
    await pause(150);
    viewer = person(org.uuid, 'FRONT_DESK', community);
    await pause(250);
    await append(
      world.app.db.owner,
      { organisation: org.uuid, community: elsewhere },
      { type: 'unit.updated' },
    );
    await append(world.app.db.owner, { organisation: org.uuid, community }, { type: 'unit.moveIn' });
    expect(await stream.next()).toEqual({ events: { type: 'unit.moveIn' } });
  });

  test('while nobody can tell who is connected, nobody is thrown out, and newcomers come back later (1013)', async () => {
    let broken = false;
    const viewer = person(org.uuid);
    const { url } = await mounted({
      resolveViewer: async () => (broken ? Promise.reject(new Error('database')) : viewer),
    });
    const client = connect(url, {});
    ends.push(() => client.close());
    const stream = client.open(watch);
    await pause(150);
    broken = true;
    const newcomer = await bare(url);
    newcomer.send(init());
    expect((await newcomer.closed).code).toBe(1013);
    await pause(250);
    broken = false;
    await append(world.app.db.owner, { organisation: org.uuid });
    expect(await stream.next()).toEqual({ events: { type: 'unit.updated' } });
  });
});

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
    const before = events.size;
    const socket = await bare(world.app.url, { headers: org.admin.headers });
    socket.send(init());
    await socket.message('connection_ack');
    for (const id of ['1', '2', '3']) socket.send(subscribe(id, watch));
    await pause(150);
    expect(events.size).toBe(before + 3);
    socket.send({ id: '1', type: 'complete' });
    await pause(50);
    expect(events.size).toBe(before + 2);
    socket.send(subscribe('4', watch)); // the connection is gone before the subscription stands
    socket.socket.terminate();
    await pause(150);
    expect(events.size).toBe(before);
  });

  test('a client that does not read is closed with 1013, and the others go on', async () => {
    const viewer = person(org.uuid);
    const { url } = await mounted({ resolveViewer: async () => viewer });
    const slow = await bare(url);
    slow.send(init());
    await slow.message('connection_ack');
    for (let id = 0; id < 100; id += 1)
      slow.send(subscribe(String(id), 'subscription { events { type reason } }'));
    await pause(300);
    slow.socket.pause();
    const client = connect(url, {});
    ends.push(() => client.close());
    const stream = client.open(watch);
    await pause(150);
    const sql = `insert into event (organisation_id, community_id, type, subject_type, subject_id, changes, reason, actor_id, actor_kind, actor_name, at)
      select $1, $1, 'unit.updated', 'unit', $1, '[]', repeat('x', 20000), $1, 'STAFF', 'x', now() from generate_series(1, 20)`;
    await world.app.db.owner.query(sql, [org.uuid]);
    for (let count = 0; count < 20; count += 1) await stream.next();
    await pause(300);
    slow.socket.resume();
    expect((await slow.closed).code).toBe(1013);
  });

  test('stopping lets a running mutation end, then sends everybody elsewhere (1012) and lets nobody in', async () => {
    const viewer = person(org.uuid);
    const mount = await mounted({ resolveViewer: async () => viewer });
    const { id, version } = await org.unit();
    const socket = await bare(mount.url);
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
    await pause(200);
    ends.pop();
    const closed = mount.close();
    await expect(bare(mount.url)).rejects.toThrow('503');
    await lock.query('commit');
    lock.release();
    expect(await socket.message('next')).toMatchObject({
      id: 'write',
      payload: { data: { unitUpdate: { unit: { floor: 8 } } } },
    });
    expect((await socket.closed).code).toBe(1012);
    await closed;
  });
});
