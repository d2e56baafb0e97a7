import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { App } from '../../src/app.ts';
import { another } from '../harness/another.ts';
import { type Client, secret, startWorld, type World } from '../harness/world.ts';
import { connect, type LiveClient, type Results } from '../live/client.ts';

let world: World;
let other: App & { url: string };
const clients: LiveClient[] = [];
beforeAll(async () => {
  world = await startWorld();
  other = await another(world);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});
afterAll(async () => {
  await other.close();
  await world.close();
});

const document = `subscription($subject: ID!, $mode: PresenceMode!) {
  presence(subject: $subject, mode: $mode) { people { staff { id name kind } mode since } } }`;

function at(
  subject: string,
  { headers }: Client,
  mode = 'VIEWING',
  url = world.app.url,
): Results & LiveClient {
  const client = connect(url, { headers });
  clients.push(client);
  return { ...client, ...client.open(document, { subject, mode }) };
}

/** Reads until the people are these, by public id and mode. */
async function becomes(stream: Results, people: [Client, string][], ms = 5_000): Promise<void> {
  const wanted = people.map(([{ staffId }, mode]) => `${staffId} ${mode}`);
  for (const end = Date.now() + ms; ; ) {
    const { presence } = await stream.next(Math.max(1, end - Date.now()));
    const found = presence.people.map(
      ({ staff, mode }: { staff: { id: string }; mode: string }) => `${staff.id} ${mode}`,
    );
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  }
}

test('who opens a record sees who is there and is seen, also from another process, and leaves at once', async () => {
  const org = await world.organisation();
  const [unit, clerk] = [await org.unit(), await org.as('FRONT_DESK')];
  const first = at(unit.id, org.admin);
  const { presence } = await first.next();
  expect(presence.people).toEqual([
    {
      staff: { id: org.admin.staffId, name: expect.stringMatching(/^员工/), kind: 'STAFF' },
      mode: 'VIEWING',
      since: expect.stringMatching(/^\d{4}-.*Z$/),
    },
  ]);
  const second = at(unit.id, clerk, 'EDITING', other.url);
  await becomes(second, [
    [org.admin, 'VIEWING'],
    [clerk, 'EDITING'],
  ]);
  await becomes(first, [
    [org.admin, 'VIEWING'],
    [clerk, 'EDITING'],
  ]);
  const left = performance.now();
  await second.stop();
  await becomes(first, [[org.admin, 'VIEWING']]);
  expect(performance.now() - left).toBeLessThan(4_000);
});

test('a person with two windows is there once, and edits when one of them does', async () => {
  const org = await world.organisation();
  const [unit, clerk] = [await org.unit(), await org.as('FRONT_DESK')];
  const watching = at(unit.id, org.admin);
  await becomes(watching, [[org.admin, 'VIEWING']]);
  const window = at(unit.id, clerk);
  await becomes(watching, [
    [org.admin, 'VIEWING'],
    [clerk, 'VIEWING'],
  ]);
  const form = at(unit.id, clerk, 'EDITING', other.url);
  await becomes(watching, [
    [org.admin, 'VIEWING'],
    [clerk, 'EDITING'],
  ]);
  await form.stop();
  await becomes(watching, [
    [org.admin, 'VIEWING'],
    [clerk, 'VIEWING'],
  ]);
  await window.stop();
  await becomes(watching, [[org.admin, 'VIEWING']]);
});

test('who goes from looking to editing is seen editing, over a new connection too', async () => {
  const org = await world.organisation();
  const [unit, clerk] = [await org.unit(), await org.as('FRONT_DESK')];
  const watching = at(unit.id, org.admin);
  for (let round = 0; round < 3; round += 1) {
    for (const mode of ['VIEWING', 'EDITING']) {
      const stream = at(unit.id, clerk, mode);
      await becomes(watching, [
        [org.admin, 'VIEWING'],
        [clerk, mode],
      ]);
      await becomes(stream, [
        [org.admin, 'VIEWING'],
        [clerk, mode],
      ]);
      await stream.stop();
      await stream.close();
    }
  }
});

test('nothing of it is recorded', async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const count = async () =>
    Number(
      (await world.app.db.owner.query('select count(*) from event where organisation_id = $1', [org.uuid]))
        .rows[0]?.count,
    );
  const before = await count();
  const stream = at(unit.id, org.admin);
  await stream.next();
  await stream.stop();
  expect(await count()).toBe(before);
});

describe('only who may read the record', () => {
  test('another organisation, another community and an unknown id all look missing', async () => {
    const [org, foreign] = [await world.organisation(), await world.organisation()];
    const unit = await org.unit();
    const elsewhere = await org.as('STEWARD', { community: (await org.community()).id, buildings: [] });
    const unknown = `${unit.id.slice(0, -4)}0000`;
    for (const [who, subject] of [
      [foreign.admin, unit.id],
      [elsewhere, unit.id],
      [org.admin, unknown],
      [org.admin, 'nonsense'],
    ] as const)
      expect((await at(subject, who).refusal()).code).toBe('NOT_FOUND');
  });

  test('a machine is refused, and sees nobody', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const { secret: token } = await org.admin.mutate(
      'apiTokenCreate',
      { name: '大屏', role: 'DASHBOARD' },
      'secret',
    );
    const client = connect(world.app.url, { connectionParams: { authorization: `Bearer ${token}` } });
    clients.push(client);
    const refusal = await client.open(document, { subject: unit.id, mode: 'VIEWING' }).refusal();
    expect(refusal.code).toBe('FORBIDDEN');
  });

  test('who loses the right is told so, and is gone', async () => {
    const org = await world.organisation();
    const [unit, clerk] = [await org.unit(), await org.as('FRONT_DESK')];
    const [watching, losing] = [at(unit.id, org.admin), at(unit.id, clerk)];
    await losing.next();
    await becomes(watching, [
      [org.admin, 'VIEWING'],
      [clerk, 'VIEWING'],
    ]);
    const { staff } = await org.admin.query('query($id: ID!) { staff(id: $id) { id version } }', {
      id: clerk.staffId,
    });
    const elsewhere = (await org.community()).id;
    const answer = await org.admin.mutate(
      'staffUpdate',
      { ...staff, assignments: [{ role: 'FRONT_DESK', community: elsewhere }] },
      'staff { id }',
    );
    expect(answer.userErrors).toEqual([]);
    for (;;) {
      const refusal = await losing.refusal();
      if (refusal) {
        expect(refusal.code).toBe('NOT_FOUND');
        break;
      }
    }
    await becomes(watching, [[org.admin, 'VIEWING']]);
  });
});

describe('whoever is lost is gone within 15 seconds', () => {
  test('a connection that says nothing any more', { timeout: 60_000 }, async () => {
    const org = await world.organisation();
    const [unit, clerk] = [await org.unit(), await org.as('FRONT_DESK')];
    const watching = at(unit.id, org.admin);
    await becomes(watching, [[org.admin, 'VIEWING']]);
    // A computer whose cable was pulled: it neither answers nor hangs up.
    const socket = new WebSocket(`${world.app.url.replace('http', 'ws')}/graphql`, ['graphql-transport-ws'], {
      headers: clerk.headers,
      autoPong: false,
    });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await once(socket, 'message');
    const payload = { query: document, variables: { subject: unit.id, mode: 'EDITING' } };
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    await becomes(watching, [
      [org.admin, 'VIEWING'],
      [clerk, 'EDITING'],
    ]);
    await becomes(watching, [[org.admin, 'VIEWING']], 15_000);
    socket.terminate();
  });

  test('a process that was killed', { timeout: 120_000 }, async () => {
    const org = await world.organisation();
    const [unit, clerk] = [await org.unit(), await org.as('FRONT_DESK')];
    const program = fileURLToPath(new URL('./killed.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), program, world.app.databaseUrl, secret],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [address] = await once(child.stdout, 'data');
    const watching = at(unit.id, org.admin);
    await becomes(watching, [[org.admin, 'VIEWING']]);
    const lost = at(unit.id, clerk, 'EDITING', String(address).trim());
    lost.next().catch(() => undefined);
    await becomes(
      watching,
      [
        [org.admin, 'VIEWING'],
        [clerk, 'EDITING'],
      ],
      20_000,
    );
    child.kill('SIGKILL');
    await becomes(watching, [[org.admin, 'VIEWING']], 15_000);
  });
});

test('presence comes back by itself when the database has forgotten it', async () => {
  const org = await world.organisation();
  const [unit, clerk] = [await org.unit(), await org.as('FRONT_DESK')];
  const [watching, there] = [at(unit.id, org.admin), at(unit.id, clerk, 'EDITING', other.url)];
  await becomes(
    there,
    [
      [org.admin, 'VIEWING'],
      [clerk, 'EDITING'],
    ].reverse() as [Client, string][],
  ).catch(() => undefined);
  // A crash of the server empties tables that are not logged.
  await world.app.db.owner.query('truncate presence, presence_process');
  const late = at(unit.id, await org.as('MANAGER'));
  await vi.waitFor(
    async () => {
      const { presence } = await late.next(1_000);
      expect(presence.people).toHaveLength(3);
    },
    { timeout: 10_000, interval: 50 },
  );
  await watching.stop();
});
