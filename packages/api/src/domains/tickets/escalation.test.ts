import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { clockOf, readTicket, report, type Shown, step } from './clocks.seed.ts';

let world: World;
let org: TestOrganisation;
let unit: { id: string; building: { id: string }; community: { id: string } };
let desk: Client;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' });
});
afterAll(() => world.close());
const wednesday = '2026-03-11T02:00:00.000Z';
const minutes = (count: number) => count * 60_000;
beforeEach(async () => {
  world.clock.set(wednesday);
  org = await world.organisation();
  unit = await org.unit();
  desk = await org.as('FRONT_DESK');
});

/** The whole chain of handbook P-5 besides the first handler. */
async function chain() {
  const community = unit.community.id;
  const steward = await org.as('STEWARD', { community, buildings: [unit.building.id] });
  const [supervisor, manager, general] = [
    await org.as('SUPERVISOR'),
    await org.as('MANAGER'),
    await org.as('GENERAL_MANAGER'),
  ];
  return { steward, supervisor, manager, general };
}
const linksOf = (ticket: Shown) =>
  ticket.escalations.nodes.map(({ kind, link, about }) => `${about} ${kind} ${link}`);
const helpless = { kind: 'HELP', title: '电梯困人' };

describe('escalation by itself (T-16)', () => {
  test('at 80 % the first handler hears, at 100 % the steward, each exactly once however often anybody looks (T-16, P-5)', async () => {
    const { steward } = await chain();
    const ticket = await report(desk, org, { ...helpless, unit: unit.id });
    world.clock.travel(minutes(24) - 1);
    await world.runJob('ticket.escalate');
    expect(linksOf(await readTicket(desk, ticket.id))).toEqual([]);
    world.clock.travel(1);
    await Promise.all(Array.from({ length: 5 }, () => world.runJob('ticket.escalate')));
    const warned = await readTicket(desk, ticket.id);
    expect(warned.promiseState).toBe('AT_RISK');
    expect(linksOf(warned)).toEqual(['DISPATCH PROMISE_AT_RISK FIRST_HANDLER']);
    expect(warned.escalations.nodes[0]?.recipient.id).toBe(desk.staffId);
    world.clock.travel(minutes(6));
    await Promise.all(Array.from({ length: 5 }, () => world.runJob('ticket.escalate')));
    const broken = await readTicket(desk, ticket.id);
    expect(broken.promiseState).toBe('BREACHED');
    expect(linksOf(broken)).toEqual([
      'DISPATCH PROMISE_AT_RISK FIRST_HANDLER',
      'DISPATCH PROMISE_BROKEN STEWARD',
    ]);
    expect(broken.escalations.nodes[1]?.recipient.id).toBe(steward.staffId);
    expect(clockOf(broken, 'DISPATCH').breachedAt).toBe('2026-03-11T02:30:00.000Z');
    // Nobody's work became stale by it.
    expect(broken.version).toBe(ticket.version);
  });

  test('a broken promise climbs link by link to the general manager, and there it ends (P-5)', async () => {
    await chain();
    const ticket = await report(desk, org, { ...helpless, unit: unit.id });
    world.clock.travel(minutes(30 + 5 * 15));
    await world.runJob('ticket.escalate');
    const links = linksOf(await readTicket(desk, ticket.id));
    expect(links).toEqual([
      'DISPATCH PROMISE_AT_RISK FIRST_HANDLER',
      'DISPATCH PROMISE_BROKEN STEWARD',
      'DISPATCH PROMISE_BROKEN SUPERVISOR',
      'DISPATCH PROMISE_BROKEN MANAGER',
      'DISPATCH PROMISE_BROKEN GENERAL_MANAGER',
    ]);
    world.clock.travel(minutes(600));
    await world.runJob('ticket.escalate');
    expect(linksOf(await readTicket(desk, ticket.id)).filter((line) => line.startsWith('DISPATCH'))).toEqual(
      links,
    );
  });

  test('who is absent is passed over, and where the roster says who is on duty only they hear (S-5, P-5)', async () => {
    const { steward, supervisor } = await chain();
    const second = await org.as('SUPERVISOR');
    const community = unit.community.id;
    const today = { community, startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-12T00:00:00Z' };
    await org.admin.mutate(
      'absenceCreate',
      { ...today, staff: steward.staffId, kind: 'SICK' },
      'absence { id }',
    );
    await org.admin.mutate(
      'dutyCreate',
      { ...today, staff: second.staffId, role: 'SUPERVISOR' },
      'duty { id }',
    );
    const ticket = await report(desk, org, { ...helpless, unit: unit.id });
    world.clock.travel(minutes(30));
    await world.runJob('ticket.escalate');
    const told = (await readTicket(desk, ticket.id)).escalations.nodes;
    expect(told.map(({ link }) => link)).toEqual(['FIRST_HANDLER', 'SUPERVISOR']);
    expect(told[1]?.recipient.id).toBe(second.staffId);
    expect(told[1]?.recipient.id).not.toBe(supervisor.staffId);
  });

  test('the head of the department is a link of its own (P-5)', async () => {
    const { manager } = await chain();
    const head = await org.as('ENGINEERING');
    const duty = {
      community: unit.community.id,
      staff: head.staffId,
      role: 'ENGINEERING',
      department: 'ENGINEERING',
      lead: true,
    };
    await org.admin.mutate(
      'dutyCreate',
      { ...duty, startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-12-31T00:00:00Z' },
      'duty { id }',
    );
    let ticket = await report(desk, org, { kind: 'REPAIR_UNIT', unit: unit.id });
    ticket = await step(desk, ticket, 'Confirm');
    ticket = await step(desk, ticket, 'Dispatch', { department: 'ENGINEERING' });
    world.clock.travel(minutes(15 + 3 * 10));
    await world.runJob('ticket.escalate');
    const told = (await readTicket(desk, ticket.id)).escalations.nodes;
    expect(told.map(({ link }) => link)).toEqual([
      'FIRST_HANDLER',
      'STEWARD',
      'SUPERVISOR',
      'DEPARTMENT_HEAD',
      'MANAGER',
    ]);
    expect(told[4]?.recipient.id).toBe(manager.staffId);
  });

  test('a kept promise is never escalated, and a move at the same moment as the escalation is not lost', async () => {
    await chain();
    let ticket = await report(desk, org, { ...helpless, unit: unit.id });
    ticket = await step(desk, ticket, 'Confirm');
    world.clock.travel(minutes(24));
    const [moved] = await Promise.all([
      step(desk, ticket, 'Dispatch', { department: 'SECURITY' }),
      world.runJob('ticket.escalate'),
      world.runJob('ticket.escalate'),
    ]);
    expect(clockOf(moved, 'DISPATCH').status).toBe('MET');
    world.clock.travel(minutes(60));
    await world.runJob('ticket.escalate');
    const lines = linksOf(await readTicket(desk, ticket.id));
    expect(lines.filter((line) => line.includes('BROKEN'))).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(1);
  });

  test('a clock of the machine that is set back unbreaks nothing and tells nobody twice', async () => {
    await chain();
    const ticket = await report(desk, org, { ...helpless, unit: unit.id });
    world.clock.travel(minutes(31));
    await world.runJob('ticket.escalate');
    const before = await readTicket(desk, ticket.id);
    world.clock.set('2026-03-11T01:00:00.000Z');
    await world.runJob('ticket.escalate');
    const confirmed = await step(desk, before, 'Confirm');
    const dispatched = await step(desk, confirmed, 'Dispatch', { department: 'SECURITY' });
    expect(clockOf(dispatched, 'DISPATCH')).toMatchObject({
      status: 'MISSED',
      breachedAt: '2026-03-11T02:30:00.000Z',
    });
    expect(dispatched.escalations).toEqual(before.escalations);
    const late = await report(desk, org, { ...helpless, unit: unit.id });
    expect(late.promiseState).toBe('ON_TRACK');
  });

  test('the breach is in the history and an event of the ticket, by the system', async () => {
    await chain();
    const ticket = await report(desk, org, { ...helpless, unit: unit.id });
    world.clock.travel(minutes(30));
    await world.runJob('ticket.escalate');
    const document =
      'query($id: ID!) { ticket(id: $id) { history(first: 1) { nodes { type reason actor { kind } changes { field from to } } } } }';
    const { ticket: found } = await desk.query(document, { id: ticket.id });
    expect(found.history.nodes).toMatchObject([
      {
        type: 'ticket.breach',
        reason: 'ticket.escalate',
        actor: { kind: 'SYSTEM' },
        changes: [{ field: 'promiseState', from: 'ON_TRACK', to: 'BREACHED' }],
      },
    ]);
  });
});

describe('the inbox', () => {
  test('a person counts what he has not seen, and only he marks it as seen (T-16)', async () => {
    await chain();
    await report(desk, org, { ...helpless, unit: unit.id });
    world.clock.travel(minutes(24));
    await world.runJob('ticket.escalate');
    const unseen =
      'query($me: ID!) { notifications(filter: { recipient: { eq: $me }, seenAt: { isNull: true } }) { totalCount nodes { id version title subject } } }';
    const { notifications } = await desk.query(unseen, { me: desk.staffId });
    expect(notifications).toMatchObject({
      totalCount: 1,
      nodes: [{ title: expect.stringContaining('电梯困人'), subject: expect.stringMatching(/^ticket_/) }],
    });
    const [{ id, version }] = notifications.nodes;
    const other = await org.as('FRONT_DESK', { locale: 'en' });
    const refused = await other.mutate('notificationSee', { id, version }, 'notification { id }');
    expect(refused.userErrors).toMatchObject([
      { code: 'NOT_FOR_YOU', message: 'This notification is for somebody else.' },
    ]);
    const { notification } = await desk.mutate('notificationSee', { id, version }, 'notification { seenAt }');
    expect(notification.seenAt).toBe('2026-03-11T02:24:00.000Z');
    expect((await desk.query(unseen, { me: desk.staffId })).notifications.totalCount).toBe(0);
  });
});
