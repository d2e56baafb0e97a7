import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../harness/postgres.ts';
import { type Client, startWorld, type TestOrganisation, unique, type World } from '../harness/world.ts';

/** What every write promises: one line of history, one event, all or nothing, and nothing that could be edited later. */
let world: World;
let organisation: TestOrganisation;
let admin: Client;
beforeAll(async () => {
  world = await startWorld();
  organisation = await world.organisation();
  admin = organisation.admin;
});
afterAll(() => world.close());

// biome-ignore lint/suspicious/noExplicitAny: tests read rows of statements written beside them
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await world.app.db.owner.query(text, values)).rows;
const entriesOf = (id: string) =>
  rows('select * from history where subject_id = $1 order by id', [world.app.uuidOf(id)]);
const eventsOf = (id: string) =>
  rows('select * from event where subject_id = $1 order by id', [world.app.uuidOf(id)]);
const sqlState = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );

describe('history', () => {
  test('has who, when, what from, what to and why', async () => {
    const manager = await organisation.as('MANAGER');
    const unit = await organisation.unit();
    const before = Date.now();
    await manager.mutate(
      'unitUpdate',
      { id: unit.id, version: unit.version, note: '朝南', area: '90.00' },
      'unit { id }',
    );
    const handover = await manager.mutate(
      'unitStartHandover',
      { id: unit.id, version: unit.version + 1, reason: '钥匙已备' },
      'unit { version }',
    );
    expect(handover.userErrors).toEqual([]);
    const { unit: read } = await manager.query(
      'query($id: ID!) { unit(id: $id) { version history { nodes { type at reason actor { id name kind } changes { field from to } } } } }',
      { id: unit.id },
    );
    const [move, update, created] = read.history.nodes;
    expect(read.history.nodes.map((entry: { type: string }) => entry.type)).toEqual([
      'unit.startHandover',
      'unit.updated',
      'unit.created',
    ]);
    expect(move).toMatchObject({
      reason: '钥匙已备',
      actor: { id: manager.staffId, kind: 'STAFF' },
      changes: [{ field: 'status', from: 'VACANT', to: 'HANDOVER' }],
    });
    expect(update.changes).toEqual(
      expect.arrayContaining([
        { field: 'note', from: null, to: '朝南' },
        { field: 'area', from: '89.50', to: '90.00' },
      ]),
    );
    expect(update.changes).toHaveLength(2);
    expect(Date.parse(update.at)).toBeGreaterThanOrEqual(before - 1);
    expect(created.actor.id).toBe(admin.staffId);
  });

  test('keeps no personal data in clear, nor does the event', async () => {
    const { id: community } = await organisation.community();
    const secrets = {
      name: '欧阳若水',
      phone: '13712345678',
      idKind: 'ID_CARD',
      idNumber: '11010519491231002X',
    };
    const { resident, userErrors } = await admin.mutate(
      'residentCreate',
      { community, kind: 'PERSON', ...secrets },
      'resident { id version }',
    );
    expect(userErrors).toEqual([]);
    await admin.mutate(
      'residentUpdate',
      { id: resident.id, version: resident.version, phone: '13787654321' },
      'resident { id }',
    );
    for (const kept of [await entriesOf(resident.id), await eventsOf(resident.id)]) {
      const text = JSON.stringify(kept);
      for (const secret of ['欧阳若水', '13712345678', '13787654321', '11010519491231002X', '5678', '4321'])
        expect(text.includes(`"${secret}`) || text.includes(`${secret}"`), secret).toBe(false);
      expect(text).toContain('***');
    }
  });

  test('cannot be changed: not by the owner of the tables, not by the role of the app', async () => {
    const unit = await organisation.unit();
    for (const statement of [`update history set reason = 'x'`, 'delete from history'])
      expect(
        await sqlState(rows(`${statement} where subject_id = $1`, [world.app.uuidOf(unit.id)])),
        statement,
      ).toBe('23001');
    await withClient(world.app.databaseUrl, async (client) => {
      await client.query(`set role desk_app; select set_config('app.org', '${organisation.uuid}', false)`);
      for (const statement of [`update history set reason = 'x'`, 'delete from history', 'truncate history'])
        expect(await sqlState(client.query(statement)), statement).toBe('42501');
    });
    expect(await entriesOf(unit.id)).toHaveLength(1);
  });

  test('no mutation of the API edits or removes it', () => {
    const fields = Object.keys(world.app.engine.schema.getMutationType()?.getFields() ?? {});
    expect(fields.filter((name) => /history|event/i.test(name))).toEqual([]);
  });
});

test('every command writes one entry and one event for each record that it changes, together', async () => {
  const unit = await organisation.unit();
  const steps: [string, object][] = [
    ['unitUpdate', { note: '一' }],
    ['unitStartHandover', {}],
    ['unitMoveIn', {}],
    ['unitUpdate', { note: '二', layout: '三室' }],
    ['unitMoveOut', { reason: '出售' }],
  ];
  for (const [at, [name, input]] of steps.entries()) {
    const { userErrors } = await admin.mutate(
      name,
      { id: unit.id, version: unit.version + at, ...input },
      'unit { id }',
    );
    expect(userErrors, name).toEqual([]);
    const [entries, events] = [await entriesOf(unit.id), await eventsOf(unit.id)];
    expect(entries).toHaveLength(at + 2);
    expect(events.map(({ type, changes, actor_id }) => ({ type, changes, actor_id }))).toEqual(
      entries.map(({ type, changes, actor_id }) => ({ type, changes, actor_id })),
    );
  }
});

test('a refused command leaves no entry and no event', async () => {
  const unit = await organisation.unit();
  for (const [name, input] of [
    ['unitMoveIn', {}],
    ['unitUpdate', { area: '-1' }],
    ['unitUpdate', { version: 99, note: 'x' }],
  ] as const) {
    const { userErrors } = await admin.mutate(
      name,
      { id: unit.id, version: unit.version, ...input },
      'unit { id }',
    );
    expect(userErrors).toHaveLength(1);
  }
  expect([await entriesOf(unit.id), await eventsOf(unit.id)].map((list) => list.length)).toEqual([1, 1]);
});

test('a variable that is left out leaves the field as it is, null empties it', async () => {
  const unit = await organisation.unit();
  const source =
    'mutation($id: ID!, $version: Int!, $note: String, $layout: String) { unitUpdate(input: { id: $id, version: $version, note: $note, layout: $layout }) { unit { note layout } userErrors { code } } }';
  const send = async (variables: object) =>
    (await admin.query(source, { id: unit.id, ...variables })).unitUpdate.unit;
  expect(await send({ version: 1, note: '朝南', layout: '三室' })).toEqual({ note: '朝南', layout: '三室' });
  expect(await send({ version: 2, layout: '两室' })).toEqual({ note: '朝南', layout: '两室' });
  expect(await send({ version: 3, note: null })).toEqual({ note: null, layout: '两室' });
});

test.each(['40P01', '40001'])(
  'a command that the database gave up with %s is tried again, and has one effect',
  async (state) => {
    const unit = await organisation.unit();
    const idempotencyKey = unique('retry');
    // Sequences do not roll back: the first two tries fail, whatever the command had done by then.
    await rows(`create sequence tries; grant usage on sequence tries to desk_app;
    create function give_up() returns trigger language plpgsql as $$ begin
      if new.note = 'retry' and nextval('tries') <= 2 then raise exception 'gave up' using errcode = '${state}'; end if;
      return new; end $$;
    create trigger give_up after update on unit for each row execute function give_up()`);
    const answer = await admin.mutate(
      'unitUpdate',
      { id: unit.id, version: unit.version, note: 'retry', idempotencyKey },
      'unit { note version }',
    );
    expect(await rows('select last_value::int from tries')).toEqual([{ last_value: 3 }]);
    await rows('drop trigger give_up on unit; drop function give_up(); drop sequence tries');
    expect(answer).toEqual({ unit: { note: 'retry', version: unit.version + 1 }, userErrors: [] });
    expect([await entriesOf(unit.id), await eventsOf(unit.id)].map((list) => list.length)).toEqual([2, 2]);
  },
);
