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
const minutes = (count: number) => count * 60_000;

test('a broken promise says so from its due time on, noted or not, and says afterwards that it was kept too late (T-16)', async () => {
  const plumber = await org.as('ENGINEERING');
  let ticket = await report(desk, org, { kind: 'REPAIR_UNIT' });
  const arrival = async () => clockOf(await readTicket(desk, ticket.id), 'ARRIVAL');
  world.clock.travel(minutes(15) - 1);
  expect(await arrival()).toMatchObject({ status: 'RUNNING', breachedAt: null });
  world.clock.travel(1);
  const broken = { status: 'BREACHED', breachedAt: '2026-03-11T02:15:00.000Z', metAt: null };
  expect(await arrival()).toMatchObject(broken);
  await world.runJob('ticket.escalate');
  expect(await readTicket(desk, ticket.id)).toMatchObject({ promiseState: 'BREACHED' });
  expect(await arrival()).toMatchObject(broken);
  world.clock.travel(minutes(5));
  ticket = await step(desk, ticket, 'Confirm');
  ticket = await step(desk, ticket, 'Dispatch', { department: 'ENGINEERING', assignee: plumber.staffId });
  ticket = await step(plumber, await step(plumber, ticket, 'Accept'), 'Arrive');
  expect(clockOf(ticket, 'ARRIVAL')).toMatchObject({
    ...broken,
    ...{ status: 'MISSED', metAt: '2026-03-11T02:20:00.000Z' },
  });
  expect(ticket.promiseState).toBe('ON_TRACK');
});

test('a broken promise that is put off runs again, and stays broken in the record (T-08, P-1)', async () => {
  let ticket = await report(desk, org, { kind: 'HELP' });
  world.clock.set('2026-03-13T02:00:00.000Z');
  await world.runJob('ticket.escalate');
  ticket = await step(desk, await readTicket(desk, ticket.id), 'Postpone', {
    ...{ clock: 'SETTLE', dueAt: '2026-03-14T02:00:00.000Z' },
    ...{ consentBy: '张女士', consentWay: 'PHONE', told: '配件明天到' },
  });
  const breachedAt = '2026-03-13T02:00:00.000Z';
  expect(clockOf(ticket, 'SETTLE')).toMatchObject({ status: 'RUNNING', breachedAt });
  world.clock.set('2026-03-14T02:00:00.000Z');
  expect(clockOf(await readTicket(desk, ticket.id), 'SETTLE')).toMatchObject({
    status: 'BREACHED',
    breachedAt,
  });
});
