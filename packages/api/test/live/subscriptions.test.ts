import type { ResourceDescriptor } from '@desk/schema';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Unit } from '../../src/domains/units/index.ts';
import { modelOf } from '../../src/platform/model.ts';
import { type Client, startWorld, type TestOrganisation, type World } from '../harness/world.ts';
import { connect, type LiveClient } from './client.ts';

let world: World;
const clients: LiveClient[] = [];
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(() => world.close());

/** A socket of a signed-in person. */
function live({ headers }: Client): LiveClient {
  const client = connect(world.app.url, { headers });
  clients.push(client);
  return client;
}
const update = (client: Client, unit: { id: string; version: number }, changes: object) =>
  client.mutate('unitUpdate', { id: unit.id, version: unit.version, ...changes }, 'unit { id version }');
const cursorOf = async (client: Client): Promise<string> =>
  (await client.query('{ eventCursor }')).eventCursor;

const everything = `subscription($after: String, $filter: EventFilter) {
  events(after: $after, filter: $filter) { cursor type at reason actor { id name kind } changes { field from to } subject { id ... on Unit { fullName floor building { name } } } }
}`;

describe('events', () => {
  test('tell who changed what, with the subject as selected', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const stream = live(org.admin).open(everything, { after: await cursorOf(org.admin) });
    await update(org.admin, unit, { floor: 15 });
    const { events } = await stream.next();
    expect(events).toMatchObject({
      type: 'unit.updated',
      actor: { id: org.admin.staffId, kind: 'STAFF' },
      reason: null,
    });
    expect(events.changes).toEqual([{ field: 'floor', from: null, to: '15' }]);
    expect(events.subject).toMatchObject({ id: unit.id, fullName: unit.fullName, floor: 15 });
    expect(Date.parse(events.at)).toBeGreaterThan(Date.now() - 60_000);
  });

  test('resume behind a cursor, across a cut connection, with no gap and no duplicate', async () => {
    const org = await world.organisation();
    let unit = await org.unit();
    const after = await cursorOf(org.admin);
    const change = async (floor: number) => {
      unit = { ...unit, ...(await update(org.admin, unit, { floor })).unit };
    };
    await change(1);
    const first = live(org.admin);
    const stream = first.open(everything, { after });
    const floorOf = ({ events }: { events: { changes: { to: string }[] } }) => events.changes[0]?.to;
    const one = await stream.next();
    expect(floorOf(one)).toBe('1');
    await change(2);
    expect(floorOf(await stream.next())).toBe('2');
    first.client.terminate();
    await change(3);
    await change(4);
    const resumed = live(org.admin).open(everything, { after: one.events.cursor });
    await change(5);
    const floors = [];
    for (let count = 0; count < 4; count += 1) floors.push(floorOf(await resumed.next()));
    expect(floors).toEqual(['2', '3', '4', '5']);
    expect(await resumed.quiet()).toBe(true);
  });

  test('filter by type, subject type, subject and community', async () => {
    const org = await world.organisation();
    const [unit, other] = [await org.unit(), await org.unit()];
    const after = await cursorOf(org.admin);
    await update(org.admin, unit, { floor: 7 });
    await org.admin.mutate('unitStartHandover', { id: other.id, version: other.version }, 'unit { id }');
    const building = await org.building({ community: unit.community.id });
    const expectTypes = async (filter: object, types: string[]) => {
      const stream = live(org.admin).open(everything, { after, filter });
      for (const type of types) expect((await stream.next()).events.type, JSON.stringify(filter)).toBe(type);
      expect(await stream.quiet(100)).toBe(true);
    };
    await expectTypes({}, ['unit.updated', 'unit.startHandover', 'building.created']);
    await expectTypes({ types: ['unit.*'] }, ['unit.updated', 'unit.startHandover']);
    await expectTypes({ types: ['unit.startHandover', 'building.created'] }, [
      'unit.startHandover',
      'building.created',
    ]);
    await expectTypes({ subjectTypes: ['building'] }, ['building.created']);
    await expectTypes({ subject: other.id }, ['unit.startHandover']);
    await expectTypes({ subject: building.id, types: ['unit.*'] }, []);
    await expectTypes({ community: unit.community.id }, ['unit.updated', 'building.created']);
    await expectTypes({ subject: 'nonsense' }, []);
    const refusal = await live(org.admin)
      .open(everything, { filter: { types: ['unit'] } })
      .refusal();
    expect(refusal.code).toBe('BAD_USER_INPUT');
  });

  test('of another organisation or another community are never delivered, whatever is asked for', async () => {
    const [org, other] = [await world.organisation(), await world.organisation()];
    const [unit, foreign] = [await org.unit(), await other.unit()];
    const [here, elsewhere] = [await org.unit(), await org.unit()];
    const clerk = await org.as('FRONT_DESK', { community: here.community.id });
    const after = await cursorOf(org.admin);
    const strangers = live(org.admin).open(everything, { after, filter: { subject: foreign.id } });
    const scoped = live(clerk).open(everything, { after });
    await update(other.admin, foreign, { floor: 3 });
    await update(org.admin, elsewhere, { floor: 3 });
    await update(org.admin, unit, { floor: 3 });
    await update(org.admin, here, { floor: 9 });
    expect((await scoped.next()).events.subject).toMatchObject({ id: here.id });
    expect(await scoped.quiet()).toBe(true);
    expect(await strangers.quiet()).toBe(true);
  });

  test('an expired cursor answers RESYNC, a malformed one BAD_USER_INPUT', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const after = await cursorOf(org.admin);
    await update(org.admin, unit, { floor: 1 });
    const client = live(org.admin);
    const { cursor } = (await client.open(everything, { after }).next()).events;
    await world.app.db.owner.query(`delete from event where organisation_id = $1`, [org.uuid]);
    const expired = client.open(everything, { after: cursor });
    expect(await expired.refusal()).toMatchObject({ code: 'RESYNC', cause: 'CURSOR_EXPIRED' });
    expect((await client.open(everything, { after: 'garbage' }).refusal()).code).toBe('BAD_USER_INPUT');
  });
});

describe('typed subscriptions', () => {
  const typed = `subscription($after: String, $filter: UnitChangedFilter) {
    unitChanged(after: $after, filter: $filter) { cursor type actor { name } unit { id floor building { units(first: 5) { nodes { floor } } } } }
  }`;

  test('deliver one resource, and each event is read anew', async () => {
    const org = await world.organisation();
    const building = await org.building();
    let unit = await org.unit({ building: building.id });
    const stream = live(org.admin).open(typed, { after: await cursorOf(org.admin) });
    await org.building();
    for (const floor of [1, 2, 3]) {
      unit = { ...unit, ...(await update(org.admin, unit, { floor })).unit };
      const { unitChanged } = await stream.next();
      expect(unitChanged).toMatchObject({ type: 'unit.updated', unit: { id: unit.id, floor } });
      // A list below the record comes through a batching loader, whose memory must not outlive the event.
      expect(unitChanged.unit.building.units.nodes).toEqual([{ floor }]);
    }
  });

  test('filter by id, type and community', async () => {
    const org = await world.organisation();
    const [unit, other] = [await org.unit(), await org.unit()];
    const after = await cursorOf(org.admin);
    await update(org.admin, other, { floor: 1 });
    await update(org.admin, unit, { floor: 2 });
    const floors = async (filter: object) =>
      (await live(org.admin).open(typed, { after, filter }).next()).unitChanged.unit.floor;
    expect(await floors({ id: unit.id })).toBe(2);
    expect(await floors({ community: unit.community.id })).toBe(2);
    expect(await floors({ types: ['unit.updated'] })).toBe(1);
    const building = live(org.admin).open(typed, { after, filter: { id: unit.building.id } });
    expect(await building.quiet()).toBe(true);
  });
});

test('fields that a role never sees are left out of changes, in events and in the history', async () => {
  const descriptor: ResourceDescriptor = modelOf(Unit).descriptor;
  const { hidden } = descriptor;
  descriptor.hidden = { INTEGRATOR: ['note'] };
  try {
    const org = await world.organisation();
    const unit = await org.unit();
    const integrator = await org.as('INTEGRATOR');
    const after = await cursorOf(integrator);
    await update(org.admin, unit, { note: '门禁密码', floor: 6 });
    const { events } = await live(integrator).open(everything, { after }).next();
    const { unit: read } = await integrator.query(
      'query($id: ID!) { unit(id: $id) { history(first: 1) { nodes { changes { field from to } } } } }',
      { id: unit.id },
    );
    expect(events.changes).toEqual([{ field: 'floor', from: null, to: '6' }]);
    expect(read.history.nodes[0].changes).toEqual(events.changes);
  } finally {
    if (hidden) descriptor.hidden = hidden;
    else delete descriptor.hidden;
  }
});

describe('history', () => {
  const history =
    'query($id: ID!, $first: Int, $after: String) { unit(id: $id) { history(first: $first, after: $after) { edges { cursor node { id type at reason actor { id name kind } changes { field from to } } } nodes { type } pageInfo { hasNextPage endCursor } } } }';
  const made = async (org: TestOrganisation) => {
    let unit = await org.unit();
    for (const floor of [1, 2]) unit = { ...unit, ...(await update(org.admin, unit, { floor })).unit };
    return unit;
  };

  test('of a record tells who, when, from and to, newest first, in pages', async () => {
    const org = await world.organisation();
    const { id } = await made(org);
    const first = (await org.admin.query(history, { id, first: 2 })).unit.history;
    expect(first.nodes).toEqual([{ type: 'unit.updated' }, { type: 'unit.updated' }]);
    expect(first.edges[0].node).toMatchObject({
      actor: { id: org.admin.staffId, kind: 'STAFF' },
      changes: [{ field: 'floor', from: '1', to: '2' }],
    });
    expect(first.edges[0].node.id).toMatch(/^history_/);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = (await org.admin.query(history, { id, first: 2, after: first.pageInfo.endCursor })).unit
      .history;
    expect(rest.nodes).toEqual([{ type: 'unit.created' }]);
  });

  test('of many records costs one statement', async () => {
    const org = await world.organisation();
    const statements = async () => {
      const before = world.app.db.statements();
      const { units } = await org.admin.query(
        '{ units { nodes { history(first: 1) { nodes { type changes { field } } } } } }',
      );
      return { spent: world.app.db.statements() - before, units };
    };
    await made(org);
    const one = await statements();
    for (let count = 0; count < 4; count += 1) await made(org);
    const five = await statements();
    expect(five.units.nodes).toHaveLength(5);
    expect(five.units.nodes[4].history.nodes).toEqual([
      { type: 'unit.updated', changes: [{ field: 'floor' }] },
    ]);
    expect(five.spent).toBe(one.spent);
  });

  test('is refused without the right to read histories, and the record itself is not', async () => {
    const org = await world.organisation();
    const { id } = await made(org);
    const dashboard = await org.as('DASHBOARD');
    const { data, errors } = await dashboard.send(
      'query($id: ID!) { unit(id: $id) { floor history { nodes { type } } } }',
      { id },
    );
    expect(data.unit).toEqual({ floor: 2, history: null });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
