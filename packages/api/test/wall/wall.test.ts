import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keyOf, loanFields, staffLoan } from '../../src/domains/keys/keys.seed.ts';
import { TestClock } from '../../src/platform/clock.ts';
import { issuedFee, pay } from '../fees/story.ts';
import { type Client, client, startWorld, type TestOrganisation, type World } from '../harness/world.ts';

const monday = '2026-03-02T02:00:00.000Z';
const clock = new TestClock(monday);
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());
beforeEach(() => clock.set(monday));

const document = `query($community: ID) { wall(community: $community) { at
  tickets { states { status count urgent } promises { onTrack atRisk breached paused } } day { received arrived closed }
  money { takenToday payments } debts { owed overdue }
  keys { out overdue escalated } permits { onSite expired suspended inspecting pending } } }`;
const wallOf = async (by: Client, community?: string) =>
  (await by.query(document, { community: community ?? null })).wall;

async function fileTicket(org: TestOrganisation, unit: { id: string }, fields: object = {}) {
  const input = {
    unit: unit.id,
    kind: 'REPAIR_UNIT',
    title: '漏水',
    reporterName: '住户',
    readBack: true,
    ...fields,
  };
  const { ticket, userErrors } = await org.admin.mutate(
    'ticketCreate',
    input,
    'ticket { id version status }',
  );
  expect(userErrors).toEqual([]);
  return ticket as { id: string; version: number };
}

/** Work in one community: two tickets, a debt that is partly paid, a key out. */
async function busy(org: TestOrganisation) {
  const unit = await org.unit();
  await fileTicket(org, unit);
  const urgent = await fileTicket(org, unit, { urgent: true });
  await issuedFee(org.admin, unit, { amount: 10_000, dueOn: '2026-03-01' });
  await issuedFee(org.admin, unit, { amount: 5_000, dueOn: '2026-03-02' });
  await pay(org.admin, unit, 4_000);
  const { copy } = await keyOf(org, { unit: unit.id });
  await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
  return { unit, urgent };
}

test('the figures are what the lists would add up to, and follow what happens', async () => {
  const org = await world.organisation();
  const { urgent } = await busy(org);
  const wall = await wallOf(org.admin);
  const open = (status: string, of = wall) =>
    of.tickets.states.find((state: { status: string }) => state.status === status);
  const received = wall.tickets.states.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  expect(received).toBe(2);
  expect(wall.tickets.states.reduce((sum: number, state: { urgent: number }) => sum + state.urgent, 0)).toBe(
    1,
  );
  expect(wall).toMatchObject({
    at: monday,
    day: { received: 2, arrived: 0, closed: 0 },
    money: { takenToday: 4_000, payments: 1 },
    debts: { owed: 11_000, overdue: 6_000 },
    keys: { out: 1, overdue: 0, escalated: 0 },
    permits: { onSite: 0, expired: 0, suspended: 0, inspecting: 0, pending: 0 },
  });

  const { ticket } = await org.admin.query('query($id: ID!) { ticket(id: $id) { version status } }', urgent);
  const before = open(ticket.status).count;
  await org.admin.mutate(
    'ticketCancel',
    { id: urgent.id, version: ticket.version, reason: '重复报修' },
    'ticket { id }',
  );
  clock.set('2026-03-02T12:00:00Z');
  await world.runJob('keyLoan.overdue');
  const later = await wallOf(org.admin);
  expect(open(ticket.status, later).count).toBe(before - 1);
  expect(later.keys).toEqual({ out: 1, overdue: 1, escalated: 1 });
  clock.set('2026-03-02T16:00:01Z'); // the next day begins in Shanghai
  expect(await wallOf(org.admin)).toMatchObject({
    day: { received: 0 },
    money: { takenToday: 0, payments: 0 },
    debts: { owed: 11_000, overdue: 11_000 },
  });
});

test('money that was handed back or voided today is not counted as taken (F-05)', async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  await issuedFee(org.admin, unit, { amount: 10_000 });
  const { payment } = await pay(org.admin, unit, 10_000);
  await org.admin.mutate(
    'paymentVoid',
    { id: payment.id, version: payment.version, reason: '录入错误' },
    'payment { id }',
  );
  expect(await wallOf(org.admin)).toMatchObject({ money: { takenToday: 0 }, debts: { owed: 10_000 } });
});

test('one community is counted by itself; a foreign, unknown or closed one looks missing', async () => {
  const [org, foreign] = [await world.organisation(), await world.organisation()];
  const { unit } = await busy(org);
  const empty = (await org.community()).id;
  expect((await wallOf(org.admin, unit.community.id)).keys.out).toBe(1);
  expect((await wallOf(org.admin, empty)).keys.out).toBe(0);
  expect(await wallOf(foreign.admin, unit.community.id)).toBeNull();
  expect(await wallOf(org.admin, 'community_nonsense')).toBeNull();
  const elsewhere = await org.as('FRONT_DESK', { community: empty });
  expect(await wallOf(elsewhere, unit.community.id)).toBeNull();
  expect(await wallOf(foreign.admin)).toMatchObject({
    keys: { out: 0 },
    debts: { owed: 0 },
    day: { received: 0 },
  });
});

test("a steward's figures are those of the buildings", async () => {
  const org = await world.organisation();
  const { unit } = await busy(org);
  await busy(org);
  const steward = await org.as('STEWARD', { community: unit.community.id, buildings: [unit.building.id] });
  expect(await wallOf(steward)).toMatchObject({
    day: { received: 2 },
    money: { takenToday: 4_000 },
    debts: { owed: 11_000 },
    keys: { out: 1 },
  });
  const nowhere = await org.as('STEWARD', { community: unit.community.id, buildings: [] });
  expect((await nowhere.send(document)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('a screen in the hall sees the figures with its own token, and nobody without one does', async () => {
  const org = await world.organisation();
  await busy(org);
  const { secret } = await org.admin.mutate('apiTokenCreate', { name: '大屏', role: 'DASHBOARD' }, 'secret');
  const screen = client(world.app, '', { authorization: `Bearer ${secret}` });
  expect(await wallOf(screen)).toMatchObject({ money: { takenToday: 4_000 }, keys: { out: 1 } });
  expect((await world.anonymous.send(document)).errors).toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ]);
});
