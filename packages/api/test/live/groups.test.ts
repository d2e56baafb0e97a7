// long: one property with the model that it is held against
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../src/platform/viewer.ts';
import { startWorld, type TestOrganisation, type World } from '../harness/world.ts';
import { type BareSocket, bare, connect } from './client.ts';
import { init, mount, subscribe, watch, watchAfter } from './mount.ts';
import { append, pause, person } from './support.ts';

let world: World;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  world = await startWorld({ LOG_LEVEL: 'silent' });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => world.close());

/** Counts the executions of events. */
function executions(): { count: number } {
  const { engine } = world.app;
  const { execute } = engine;
  const seen = { count: 0 };
  engine.execute = (...args) => {
    if (args[4] !== undefined) seen.count += 1;
    return execute.apply(engine, args);
  };
  ends.push(async () => {
    engine.execute = execute;
  });
  return seen;
}

/** The socket in front of the application, where the bearer's name says who connects. */
async function front(viewers: Map<string, Viewer>, grouped = true): Promise<string> {
  const one = await mount(world, {
    resolveViewer: async ({ authorization }) => viewers.get(authorization ?? '') ?? null,
    checkMs: 20,
    grouped,
  });
  ends.push(one.close);
  return one.url;
}

async function greeted(url: string, authorization: string, locale = 'en'): Promise<BareSocket> {
  const socket = await bare(url);
  ends.push(async () => socket.socket.terminate());
  socket.send(init({ authorization, locale }));
  await socket.message('connection_ack');
  return socket;
}

const open = (count: number) =>
  expect.poll(() => world.app.services.events.size, { timeout: 10_000 }).toBe(count);
const typeOf = (message: Record<string, unknown>) =>
  (message.payload as { data: { events: { type: string } } }).data.events.type;

describe('once per group', () => {
  test('equal subscriptions of equal rights are executed once per event; other rights, languages and variables apart', async () => {
    const org = await world.organisation();
    const community = randomUUID();
    const viewers = new Map([
      ['a', person(org.uuid)],
      ['b', person(org.uuid)],
      ['clerk', person(org.uuid, 'FRONT_DESK', community)],
    ]);
    const url = await front(viewers);
    const one = await greeted(url, 'a');
    for (const id of ['1', '二', '"3"']) one.send(subscribe(id, watch));
    const others = [await greeted(url, 'b'), await greeted(url, 'b'), await greeted(url, 'clerk')];
    for (const other of others) other.send(subscribe('x', watch));
    const chinese = await greeted(url, 'a', 'zh-CN');
    chinese.send(subscribe('x', watch));
    await open(7);
    const seen = executions();
    await append(world.app.db.owner, { organisation: org.uuid, community });
    for (const id of ['1', '二', '"3"']) expect(typeOf(await one.message('next', id))).toBe('unit.updated');
    for (const other of [...others, chinese])
      expect(typeOf(await other.message('next', 'x'))).toBe('unit.updated');
    expect(seen.count).toBe(3); // everybody's, the clerk's, and the one in Chinese
    await append(world.app.db.owner, { organisation: org.uuid });
    await chinese.message('next', 'x');
    expect(seen.count).toBe(5); // not the clerk's: the event is of another community
  });

  test('subscribers that resume after different cursors end up in one group', async () => {
    const org = await world.organisation();
    const url = await front(new Map([['a', person(org.uuid)]]));
    const { events } = world.app.services;
    const first = await events.cursorOfNow();
    await append(world.app.db.owner, { organisation: org.uuid }, { type: 'unit.moveIn' });
    const second = await events.cursorOfNow();
    const [early, late] = [await greeted(url, 'a'), await greeted(url, 'a')];
    early.send(subscribe('1', watchAfter, { after: first }));
    late.send(subscribe('1', watchAfter, { after: second }));
    expect(typeOf(await early.message('next'))).toBe('unit.moveIn');
    await expect.poll(() => events.groups.size, { timeout: 10_000 }).toBe(2);
    const seen = executions();
    await append(world.app.db.owner, { organisation: org.uuid });
    for (const socket of [early, late]) expect(typeOf(await socket.message('next'))).toBe('unit.updated');
    expect(seen.count).toBe(1);
  });

  test('an event touches only groups that it can concern', async () => {
    const org = await world.organisation();
    const [unit, other] = [await org.unit(), await org.unit()];
    const url = await front(new Map([['a', person(org.uuid)]]));
    const socket = await greeted(url, 'a');
    const document = 'subscription($filter: UnitChangedFilter) { unitChanged(filter: $filter) { type } }';
    socket.send(subscribe('one', document, { filter: { id: unit.id } }));
    socket.send(subscribe('none', 'subscription { ticketChanged { type } }'));
    socket.send(subscribe('typed', watch.replace('events', 'events(filter: { types: ["unit.*"] })')));
    await open(3);
    const seen = executions();
    const subject = world.app.uuidOf(other.id);
    await append(world.app.db.owner, { organisation: org.uuid }, { subject });
    await socket.message('next', 'typed');
    expect(seen.count).toBe(1);
    await append(world.app.db.owner, { organisation: org.uuid }, { subject: world.app.uuidOf(unit.id) });
    await socket.message('next', 'one');
    await socket.message('next', 'typed');
    expect(seen.count).toBe(3);
  });

  test('an answer that depends on who asks is made for each of them', async () => {
    const org = await world.organisation();
    const viewers = new Map(['a', 'b', 'c'].map((name) => [name, person(org.uuid)]));
    const url = await front(viewers);
    const sockets = await Promise.all([...viewers.keys(), 'a'].map((name) => greeted(url, name)));
    for (const socket of sockets) socket.send(subscribe('1', watch));
    await open(4);
    const { engine } = world.app;
    const { execute } = engine;
    engine.execute = async (document, name, variables, context, root) =>
      root
        ? { data: { events: { type: context.viewer?.actor.id } } }
        : execute.call(engine, document, name, variables, context);
    ends.push(async () => {
      engine.execute = execute;
    });
    for (let count = 0; count < 3; count += 1) {
      await append(world.app.db.owner, { organisation: org.uuid });
      const answers = await Promise.all(sockets.map((socket) => socket.message('next')));
      expect(answers.map(typeOf)).toEqual(
        [...viewers.values(), viewers.get('a')].map((viewer) => viewer?.actor.id),
      );
    }
  });

  test('the key holds all that a viewer is but its name', () => {
    expect(Object.keys(person('x')).sort()).toEqual(['actor', 'assignments', 'organisationId']);
  });
});

describe('trouble', () => {
  test('while the database cannot be reached, events wait, and come whole and once when it is back', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const url = await front(new Map([['a', person(org.uuid)]]));
    const sockets = [await greeted(url, 'a'), await greeted(url, 'a')];
    for (const socket of sockets)
      socket.send(subscribe('1', 'subscription { unitChanged { type unit { id floor } } }'));
    await open(2);
    const { db } = world.app;
    const { read } = db;
    let refused = 0;
    db.read = async () => {
      refused += 1;
      throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    };
    for (const floor of [3, 4])
      await append(
        db.owner,
        { organisation: org.uuid },
        { subject: world.app.uuidOf(unit.id), type: `unit.${'ab'[floor - 3]}` },
      );
    await expect.poll(() => refused, { timeout: 10_000 }).toBeGreaterThan(2);
    db.read = read;
    for (const socket of sockets)
      for (const type of ['unit.a', 'unit.b'])
        expect((await socket.message('next')).payload).toEqual({
          data: { unitChanged: { type, unit: { id: unit.id, floor: null } } },
        });
  });

  test('a group that cannot keep up is told to resync after the last event that each of its members got', async () => {
    const org = await world.organisation();
    const url = await front(new Map([['a', person(org.uuid)]]));
    const [early, late] = [await greeted(url, 'a'), await greeted(url, 'a')];
    const document = 'subscription { events { cursor } }';
    early.send(subscribe('1', document));
    await open(1);
    await append(world.app.db.owner, { organisation: org.uuid });
    const { payload } = await early.message('next');
    late.send(subscribe('1', document));
    await open(2);
    const { engine } = world.app;
    const { execute } = engine;
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    engine.execute = async (...args) => {
      await gate;
      return execute.apply(engine, args);
    };
    ends.push(async () => {
      engine.execute = execute;
    });
    const sql = `insert into event (organisation_id, community_id, type, subject_type, subject_id, changes, actor_id, actor_kind, actor_name, at)
      select $1, $1, 'unit.updated', 'unit', $1, '[]', $1, 'STAFF', 'x', now() from generate_series(1, 1100)`;
    await world.app.db.owner.query(sql, [org.uuid]);
    const told = (await early.message('next')).payload as { errors: { extensions: object }[] };
    const { cursor } = (payload as { data: { events: { cursor: string } } }).data.events;
    expect(told.errors[0]?.extensions).toEqual({ code: 'RESYNC', cause: 'TOO_SLOW', after: cursor });
    await early.message('complete');
    const nothing = (await late.message('next')).payload as { errors: { extensions: object }[] };
    expect(nothing.errors[0]?.extensions).toEqual({ code: 'RESYNC', cause: 'TOO_SLOW' });
    go();
    await open(0);
  });
});

/** What happens to one world in which all subscribers live. */
interface Story {
  subscribers: { account: number; document: number; resumes: boolean }[];
  steps: (
    | { community: number; type: number }
    | { account: number; rights: number }
    | { leaves: number }
    | { joins: number }
  )[];
}

const documents = [
  watch,
  'subscription { events(filter: { types: ["unit.*"] }) { type changes { field to } } }',
  'subscription { unitChanged { type reason } }',
  'subscription { events(filter: { subjectTypes: ["building", "unit"] }) { type actor { name } } }',
];
const types = ['unit.updated', 'unit.moveIn', 'building.created', 'ticket.created'];

const story: fc.Arbitrary<Story> = fc.record({
  subscribers: fc.array(
    fc.record({ account: fc.nat(2), document: fc.nat(documents.length - 1), resumes: fc.boolean() }),
    { minLength: 2, maxLength: 7 },
  ),
  steps: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ community: fc.nat(1), type: fc.nat(types.length - 1) }) },
      { weight: 1, arbitrary: fc.record({ account: fc.nat(2), rights: fc.nat(3) }) },
      { weight: 1, arbitrary: fc.record({ leaves: fc.nat(6) }) },
      { weight: 1, arbitrary: fc.record({ joins: fc.nat(6) }) },
    ),
    { minLength: 5, maxLength: 25 },
  ),
});

/** Plays a story to grouped and to separately executed subscribers at once; answers both sides' sequences. */
async function play({ subscribers, steps }: Story, org: TestOrganisation): Promise<string[][][]> {
  const communities = [randomUUID(), randomUUID()] as const;
  const rights = (of: number): Viewer =>
    [
      person(org.uuid),
      person(org.uuid, 'FRONT_DESK', communities[0]),
      person(org.uuid, 'FRONT_DESK', communities[1]),
      person(org.uuid, 'DASHBOARD'),
    ][of] as Viewer;
  const viewers = new Map([0, 1, 2].map((account) => [`${account}`, rights(account)]));
  const { events } = world.app.services;
  const sides = await Promise.all(
    [true, false].map(async (grouped) => {
      const url = await front(viewers, grouped);
      const sockets = await Promise.all([0, 1, 2].map((account) => greeted(url, `${account}`)));
      const heard = subscribers.map(() => [] as string[]);
      for (const { socket } of sockets)
        socket.on('message', (data) => {
          const { type, id, payload } = JSON.parse(String(data));
          if (type !== 'pong') heard[Number(id.split('.')[1])]?.push(JSON.stringify([type, payload]));
        });
      return { sockets, heard };
    }),
  );
  const start = await events.cursorOfNow();
  let opened = 0;
  const joined = new Map<number, string>();
  const join = async (at: number) => {
    const subscriber = subscribers[at];
    if (!subscriber || joined.has(at)) return;
    const { account, document, resumes } = subscriber;
    const id = `${(opened += 1)}.${at}`;
    joined.set(at, id);
    const query = documents[document] ?? '';
    const after = resumes ? query.replace('(filter', `(after: "${start}", filter`) : query;
    const before = events.size;
    for (const { sockets } of sides) sockets[account]?.send(subscribe(id, after));
    await open(before + 2);
  };
  const settle = async () => {
    const total = () => sides.map(({ heard }) => heard.flat().length);
    for (let last = ''; last !== String(total()); await pause(45)) last = String(total());
  };
  for (const at of subscribers.keys()) await join(at);
  for (const step of steps) {
    if ('type' in step) {
      const place = { organisation: org.uuid, community: communities[step.community] ?? null };
      await append(world.app.db.owner, place, { type: types[step.type] ?? '' });
      continue; // events come thick and fast; what changes who hears them comes while all is quiet
    }
    await settle();
    if ('account' in step) {
      viewers.set(`${step.account}`, rights(step.rights));
      await pause(60);
    } else if ('joins' in step) await join(step.joins);
    else {
      const id = joined.get(step.leaves);
      if (id === undefined || !joined.delete(step.leaves)) continue;
      const before = events.size;
      const account = subscribers[step.leaves]?.account ?? 0;
      for (const { sockets } of sides) sockets[account]?.send({ id, type: 'complete' });
      await open(before - 2);
    }
  }
  await settle();
  const sequences = sides.map(({ heard }) => heard.map((one) => [...one]));
  for (const end of ends.splice(0).reverse()) await end();
  await open(0);
  return sequences;
}

describe('grouped subscribers', () => {
  test('hear exactly what each would hear alone, whatever their documents, rights, cursors and comings and goings', async () => {
    const org = await world.organisation();
    let heard = 0;
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const [grouped, alone] = await play(told, org);
        heard += grouped?.flat().length ?? 0;
        expect(grouped).toEqual(alone);
      }),
      { numRuns: Number(process.env.STORIES ?? 15) },
    );
    expect(heard).toBeGreaterThan(100);
  }, 120_000);
});

test('a change of rights while events pour in loses and doubles nothing that may be read all along', async () => {
  const org = await world.organisation();
  const community = randomUUID();
  const wide = person(org.uuid, 'FRONT_DESK');
  const narrow = person(org.uuid, 'FRONT_DESK', community);
  const viewers = new Map([['a', wide]]);
  const client = connect(await front(viewers), { connectionParams: { authorization: 'a' } });
  ends.push(() => client.close());
  const streams = Array.from({ length: 4 }, () => client.open('subscription { events { cursor type } }'));
  await open(4);
  const { execute } = world.app.engine;
  world.app.engine.execute = async (...args) => {
    await pause(Math.random() * 4); // so that changes find work under way
    return execute.apply(world.app.engine, args);
  };
  let writing = true;
  const changing = (async () => {
    while (writing) {
      await pause(15);
      viewers.set('a', viewers.get('a') === wide ? narrow : wide);
    }
  })();
  const count = 250;
  for (let at = 0; at < count; at += 1)
    await append(world.app.db.owner, { organisation: org.uuid, community }, { type: `unit.${'ab'[at % 2]}` });
  for (const stream of streams) {
    const cursors = new Set<string>();
    for (let at = 0; at < count; at += 1) {
      const { events } = await stream.next();
      expect(events.type).toBe(`unit.${'ab'[at % 2]}`);
      cursors.add(events.cursor);
    }
    expect(cursors.size).toBe(count);
    expect(await stream.quiet(100)).toBe(true);
  }
  writing = false;
  await changing;
  world.app.engine.execute = execute;
});
