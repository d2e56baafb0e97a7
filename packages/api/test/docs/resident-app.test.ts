import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, type Crew, crew, move } from '../../src/domains/tickets/tickets.seed.ts';
import { type Client, client, startWorld, type World } from '../harness/world.ts';
import { blocks } from './examples.ts';
import { cuttable, example, goneCursor } from './running.ts';

/** docs/examples/resident-app.mjs, run as docs/integrators.md shows it. */
let world: World;
let folder: string;
let photo: string;
let people: Crew;
let unit: string;
let token: string;
let app: Client;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-resident-'));
  world = await startWorld({ DATA_DIR: folder });
  world.clock.set('2026-03-11T02:00:00.000Z'); // a Wednesday at ten in the morning, in China
  photo = join(folder, 'kitchen.jpg');
  const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: '#c0ffee' } });
  await writeFile(photo, await picture.jpeg().toBuffer());
  const org = await world.organisation();
  people = await crew(org);
  unit = (await org.unit()).id;
  const made = await org.admin.mutate('apiTokenCreate', { name: 'app', role: 'INTEGRATOR' }, 'secret');
  token = made.secret;
  app = client(world.app, '', { authorization: `Bearer ${token}` });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const newest = async () => {
  const selection = 'id version status channel attachments { name type width height }';
  const list = `tickets(first: 1, orderBy: { field: CREATED_AT, direction: DESC })`;
  return (await app.query(`{ ${list} { nodes { ${selection} } } }`)).tickets.nodes[0];
};
const act = async (by: Client, action: string, more: object = {}) => {
  const { userErrors } = await move(by, await newest(), action, more);
  expect(userErrors).toEqual([]);
};
const passed = (minutes: number) => world.clock.advance({ minutes });

test('the resident app reports a repair with a photo and prints each change with its promises until it is closed, over a cut as well (T-01, T-02, T-04, T-09)', async () => {
  const { clerk, plumber } = people;
  const wire = await cuttable(world.app.url);
  const resident = example('resident-app', [wire.url, token, 'report', unit, photo, '厨房水槽漏水']);
  const printed: string[] = [];
  const heard = async (what: string) => {
    printed.push(await resident.line());
    expect(printed.at(-1)).toContain(what);
  };
  await heard('photo: kitchen.jpg, 64 × 48');
  await heard('reported: ');
  await heard('ticket.created RECEIVED (ON_TRACK');
  expect(await newest()).toMatchObject({
    channel: 'WECHAT',
    attachments: [{ name: 'kitchen.jpg', type: 'image/jpeg', width: 64, height: 48 }],
  });
  passed(2);
  await act(clerk, 'confirm');
  await heard('ticket.confirm CONFIRMED');
  passed(3);
  await act(clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId });
  await heard('ticket.dispatch DISPATCHED');

  wire.cut();
  await act(plumber, 'accept');
  await heard('ticket.accept ACCEPTED');
  expect(await resident.complaint()).toContain('reconnecting');

  passed(10);
  await world.runJob('ticket.escalate');
  await heard('ticket.breach ACCEPTED (BREACHED');
  passed(5);
  await act(plumber, 'arrive');
  await heard('ticket.arrive ON_SITE');
  passed(30);
  await act(plumber, 'finish', { resolution: '更换角阀' });
  await heard('ticket.finish DONE');
  await act(plumber, 'signOff', accepted);
  await heard('ticket.signOff SIGNED_OFF');
  passed(24 * 60);
  await act(clerk, 'revisit', { satisfied: true, score: 5 });
  await heard('ticket.revisit REVISITED');
  await act(clerk, 'close');
  await heard('ticket.close CLOSED');
  expect(await resident.exited()).toBe(0);
  wire.close();
  expect(`${printed.join('\n')}\n`).toBe(blocks('docs/integrators.md', 'text')[0]);
}, 60_000);

test('started again without a good cursor, it reads the ticket anew and goes on; an ended one it shows and ends', async () => {
  const input = { unit, kind: 'REPAIR_UNIT', title: '灯不亮' };
  const { ticket } = await app.mutate('ticketCreate', input, 'ticket { id }');
  const resident = example('resident-app', [world.app.url, token, 'follow', ticket.id, goneCursor]);
  expect(await resident.line()).toContain('read again RECEIVED');
  await act(people.clerk, 'cancel', { reason: '误报' });
  expect(await resident.line()).toContain('ticket.cancel CANCELLED');
  expect(await resident.exited()).toBe(0);
  const late = example('resident-app', [world.app.url, token, 'follow', ticket.id]);
  expect(await late.line()).toContain('read again CANCELLED');
  expect(await late.exited()).toBe(0);
}, 30_000);

test('what is no photo is refused with its code and rule before anything is reported (T-02)', async () => {
  const before = (await newest()).id;
  const program = join(folder, 'setup.jpg');
  await writeFile(program, Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2_000, 1)]));
  const resident = example('resident-app', [world.app.url, token, 'report', unit, program, '厨房水槽漏水']);
  expect(await resident.complaint()).toMatch(/^FILE_REFUSED: .+ \(handbook T-02\)$/);
  expect(await resident.exited()).toBe(1);
  expect((await newest()).id).toBe(before);
});
