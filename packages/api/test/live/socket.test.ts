import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/platform/viewer.ts';
import { startWorld, type TestOrganisation, type World } from '../harness/world.ts';
import { bare, connect, type LiveClient } from './client.ts';
import { init, type Mounted, mount, subscribe, watch, watchAfter } from './mount.ts';
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

/** Waits until exactly one subscription is open: those of earlier tests are gone, and this one has begun. */
const subscribed = () => expect.poll(() => world.app.services.events.size, { timeout: 10_000 }).toBe(1);

async function mounted(options: Parameters<typeof mount>[1]): Promise<Mounted> {
  const one = await mount(world, options);
  ends.push(one.close);
  return one;
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
    const pages = 'building { units(first: 100) { nodes {'.repeat(3);
    const wide = `subscription { unitChanged { unit { ${pages} id ${'} } }'.repeat(3)} } } }`;
    expect((await client.open(wide).refusal()).code).toBe('TOO_COMPLEX');
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
    await subscribed();
    await org.admin.mutate('apiTokenRevoke', { id, version }, 'apiToken { id }');
    const since = performance.now();
    expect((await socket.closed).code).toBe(4403);
    expect(performance.now() - since).toBeLessThan(1_200);
  });

  test('tokens are looked at together: the statements do not grow with the connections', async () => {
    const secrets = await Promise.all(Array.from({ length: 40 }, () => token('DASHBOARD')));
    for (const { secret } of secrets)
      live({ connectionParams: { authorization: `Bearer ${secret}` } }).open(watch);
    await expect.poll(() => world.app.services.events.size, { timeout: 15_000 }).toBe(40);
    const { owner } = world.app.db;
    const { query } = owner;
    let looks = 0;
    owner.query = ((...args: Parameters<typeof query>) => {
      const [config] = args as unknown as [{ name?: string }];
      if (config.name === 'viewer-of-token') looks += 1;
      return Reflect.apply(query, owner, args);
    }) as typeof query;
    await pause(2_200); // a look is good for 0.7 s
    owner.query = query;
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThan(30); // one by one it would be 120
  });

  test('sessions are looked at together, and whoever signs out is out within 1 s: 4401; everybody else stays', async () => {
    const staff = await Promise.all(Array.from({ length: 40 }, () => org.as('FRONT_DESK')));
    await expect.poll(() => world.app.services.events.size, { timeout: 10_000 }).toBe(0);
    const sockets = await Promise.all(
      staff.map(async ({ headers }) => {
        const socket = await bare(world.app.url, { headers: { ...headers, origin: world.app.url } });
        socket.send(init());
        await socket.message('connection_ack');
        socket.send(subscribe('1', watch));
        return socket;
      }),
    );
    await expect.poll(() => world.app.services.events.size, { timeout: 15_000 }).toBe(40);
    const { owner } = world.app.db;
    const { query } = owner;
    let statements = 0;
    owner.query = ((...args: Parameters<typeof query>) => {
      const [config] = args as unknown as [string | { name?: string; text?: string }];
      const text = typeof config === 'string' ? config : `${config.name} ${config.text}`;
      if (/session/.test(text)) statements += 1;
      return Reflect.apply(query, owner, args);
    }) as typeof query;
    await pause(2_200);
    owner.query = query;
    expect(statements).toBeGreaterThan(0);
    expect(statements).toBeLessThan(30); // one by one it would be 120
    const [leaving, ...others] = sockets;
    const out = await fetch(`${world.app.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { ...staff[0]?.headers, origin: world.app.url, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(out.status).toBe(200);
    const since = performance.now();
    expect((await leaving?.closed)?.code).toBe(4401);
    expect(performance.now() - since).toBeLessThan(1_200);
    for (const { socket } of others) {
      expect(socket.readyState).toBe(socket.OPEN);
      socket.terminate();
    }
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
    const stream = client.open(watch);
    await subscribed();
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
    const after = await world.app.services.events.cursorOfNow();
    const stream = client.open(watchAfter, { after });
    await subscribed();
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
