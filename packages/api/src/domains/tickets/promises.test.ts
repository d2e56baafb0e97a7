import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { clockOf, readTicket, report, step } from './clocks.seed.ts';

let world: World;
let org: TestOrganisation;
let desk: Client;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-03-11T02:00:00.000Z'); // a Wednesday at ten, in China
  org = await world.organisation();
  desk = await org.as('FRONT_DESK');
});

test('a major complaint: answer in 3 working days, settled in 7, and the general manager hears at once and once (T-06)', async () => {
  const general = await org.as('GENERAL_MANAGER');
  let ticket = await step(desk, await report(desk, org, { kind: 'COMPLAINT' }), 'Confirm');
  ticket = await step(desk, ticket, 'Assess', { severity: 'MAJOR' });
  expect(clockOf(ticket, 'ANSWER').dueAt).toBe('2026-03-16T02:00:00.000Z');
  expect(clockOf(ticket, 'SETTLE').dueAt).toBe('2026-03-20T02:00:00.000Z');
  ticket = await step(desk, ticket, 'Dispatch', { department: 'CUSTOMER_SERVICE' });
  expect(ticket.escalations.nodes).toMatchObject([
    { kind: 'MAJOR_COMPLAINT', link: 'GENERAL_MANAGER', recipient: { id: general.staffId } },
  ]);
});

test('an appointment takes the place of the quarter of an hour; a later one is the one postponement (T-05, T-08)', async () => {
  let ticket = await step(desk, await report(desk, org, { kind: 'REPAIR_UNIT' }), 'Confirm');
  const appoint = { appointmentAt: '2026-03-12T06:00:00.000Z' };
  ticket = await step(desk, ticket, 'Appoint', appoint);
  expect(clockOf(ticket, 'ARRIVAL')).toMatchObject({
    rule: 'T-05',
    dueAt: appoint.appointmentAt,
    postponed: 0,
  });
  expect(ticket.promiseChanges.map(({ change }) => change)).toContain('AGREED');
  const reason = '住户要求改期';
  ticket = await step(desk, ticket, 'Appoint', { appointmentAt: '2026-03-13T06:00:00.000Z', reason });
  expect(clockOf(ticket, 'ARRIVAL')).toMatchObject({ dueAt: '2026-03-13T06:00:00.000Z', postponed: 1 });
  const again = { appointmentAt: '2026-03-14T06:00:00.000Z', reason };
  const refused = await step(desk, ticket, 'Appoint', again, { refused: true });
  expect(refused.userErrors).toMatchObject([{ code: 'PROMISE_POSTPONED', rule: 'T-08' }]);
});

test('nobody absent is named for a ticket, in either language (S-5, T-04)', async () => {
  const plumber = await org.as('ENGINEERING');
  const english = await org.as('FRONT_DESK', { locale: 'en' });
  const unit = await org.unit();
  const absence = { community: unit.community.id, staff: plumber.staffId, kind: 'LEAVE' };
  const period = { startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-12T00:00:00Z' };
  await org.admin.mutate('absenceCreate', { ...absence, ...period }, 'absence { id }');
  const ticket = await step(desk, await report(desk, org, { kind: 'REPAIR_UNIT', unit: unit.id }), 'Confirm');
  const dispatch = { department: 'ENGINEERING', assignee: plumber.staffId };
  for (const [by, words] of [
    [desk, '现在缺勤'],
    [english, 'is absent now'],
  ] as const) {
    const { userErrors } = await step(by, ticket, 'Dispatch', dispatch, { refused: true });
    expect(userErrors).toMatchObject([{ code: 'ASSIGNEE_ABSENT', field: ['assignee'], rule: 'S-5' }]);
    expect(userErrors[0].message).toContain(words);
  }
  world.clock.set('2026-03-12T01:00:00.000Z');
  expect((await step(desk, ticket, 'Dispatch', dispatch)).status).toBe('DISPATCHED');
});

test('what is parked stands still, is followed up every day, and goes on when it is taken up again (T-06)', async () => {
  const supervisor = await org.as('SUPERVISOR');
  let ticket = await step(desk, await report(desk, org, { kind: 'COMPLAINT' }), 'Confirm');
  ticket = await step(supervisor, ticket, 'Park', { reason: '开发商遗留问题' });
  expect(clockOf(ticket, 'SETTLE').status).toBe('PAUSED');
  expect(clockOf(ticket, 'TRACK').dueAt).toBe('2026-03-12T02:00:00.000Z');
  world.clock.set('2026-03-12T01:00:00.000Z');
  ticket = await step(supervisor, ticket, 'Track', { words: '已致函开发商' });
  const tracks = ticket.clocks.filter(({ kind }) => kind === 'TRACK');
  expect(tracks.map(({ status, dueAt }) => `${status} ${dueAt}`)).toEqual([
    'MET 2026-03-12T02:00:00.000Z',
    'RUNNING 2026-03-13T01:00:00.000Z',
  ]);
  world.clock.set('2026-03-13T01:00:00.000Z');
  await world.runJob('ticket.escalate');
  expect((await readTicket(desk, ticket.id)).promiseState).toBe('BREACHED');
});

test('an inquiry that was drawn for a call-back is in the list of those due, and stays open, until it is made (T-07)', async () => {
  const manager = await org.as('MANAGER');
  const unit = await org.unit();
  const policy = { community: unit.community.id, callBackPercent: 100 };
  expect((await manager.mutate('policyCreate', policy, 'policy { id }')).userErrors).toEqual([]);
  let ticket = await report(desk, org, { kind: 'INQUIRY', unit: unit.id });
  await report(desk, org, { kind: 'INQUIRY', unit: unit.id });
  const due = async () =>
    (await desk.query('{ tickets(filter: { callBack: { eq: true } }) { nodes { id } } }')).tickets.nodes;
  expect(await due()).toEqual([]);
  ticket = await step(desk, ticket, 'Confirm');
  ticket = await step(desk, ticket, 'Dispatch', { department: 'CUSTOMER_SERVICE' });
  ticket = await step(desk, ticket, 'Accept');
  ticket = await step(desk, ticket, 'Finish', { resolution: '每月 300 元' });
  expect(await due()).toEqual([{ id: ticket.id }]);
  ticket = await step(desk, ticket, 'SignOff', { satisfied: true });
  const { userErrors } = await step(desk, ticket, 'Close', {}, { refused: true });
  expect(userErrors).toMatchObject([{ code: 'CALL_BACK_REQUIRED', rule: 'T-07' }]);
  await step(desk, ticket, 'Revisit', { satisfied: true, score: 5, way: 'PHONE' });
  expect(await due()).toEqual([]);
});
