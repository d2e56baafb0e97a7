import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { clockOf, readTicket, report, type Shown, step } from './clocks.seed.ts';

let world: World;
let org: TestOrganisation;
let desk: Client;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-03-11T02:00:00.000Z'); // a Wednesday at ten in the morning, in China
  org = await world.organisation();
  desk = await org.as('FRONT_DESK');
});

const told = { consentBy: '王女士', consentWay: 'PHONE', told: '住户出差，周五上午回来' };
const escalate = () => world.runJob('ticket.escalate');
/** A complaint, to be answered within 24 hours, whose resident agreed after an hour to wait until a time. */
async function waiting(until: string): Promise<Shown> {
  const ticket = await report(desk, org, { kind: 'COMPLAINT' });
  world.clock.travel(3_600_000);
  return step(desk, ticket, 'PauseClock', { clock: 'ANSWER', until, ...told });
}
const friday = '2026-03-13T01:00:00.000Z';
/** 23 hours were left. */
const due = '2026-03-14T00:00:00.000Z';
const resumed = {
  ...{ kind: 'ANSWER', change: 'RESUMED', at: friday, toDueAt: due, pausedUntil: null },
  ...{ actorName: 'system', consentBy: null, told: null },
};

describe('a wait that the resident agreed to (T-04)', () => {
  test('ends at the agreed instant by itself, once, however late and often anybody looks, and makes no work stale (T-04, P-6)', async () => {
    const before = await waiting(friday);
    expect(before.promiseChanges).toMatchObject([{ change: 'PAUSED', pausedUntil: friday, toDueAt: null }]);
    world.clock.set('2026-03-13T00:59:59.000Z');
    await escalate();
    expect(clockOf(await readTicket(desk, before.id), 'ANSWER').status).toBe('PAUSED');
    // Nobody was there to look for three hours.
    world.clock.set('2026-03-13T04:00:00.000Z');
    await Promise.all([escalate(), escalate(), escalate()]);
    await escalate();
    const after = await readTicket(desk, before.id);
    expect(clockOf(after, 'ANSWER')).toMatchObject({
      ...{ status: 'RUNNING', dueAt: due, pausedAt: null, pausedUntil: null, breachedAt: null },
      warnAt: '2026-03-13T19:12:00.000Z',
    });
    expect(after.promiseChanges.filter(({ change }) => change !== 'PAUSED')).toMatchObject([resumed]);
    expect(after.version).toBe(before.version);
    const lines =
      'query($id: ID!) { ticket(id: $id) { history(first: 20) { nodes { type actor { kind } } } } }';
    const { history } = (await desk.query(lines, { id: before.id })).ticket;
    expect(history.nodes[0]).toEqual({ type: 'ticket.endWait', actor: { kind: 'SYSTEM' } });
    world.clock.set('2026-03-14T00:00:01.000Z');
    await escalate();
    expect(clockOf(await readTicket(desk, before.id), 'ANSWER')).toMatchObject({
      ...{ status: 'BREACHED', breachedAt: due },
    });
  });

  test('ends at that instant too where a command comes before the timer (T-04)', async () => {
    const before = await waiting(friday);
    world.clock.set('2026-03-14T02:00:00.000Z');
    const after = await step(desk, before, 'Answer', { answer: '已安排' });
    expect(clockOf(after, 'ANSWER')).toMatchObject({ status: 'MISSED', dueAt: due, breachedAt: due });
    expect(after.promiseChanges.filter(({ change }) => change !== 'PAUSED')).toMatchObject([resumed]);
    await escalate();
    expect((await readTicket(desk, before.id)).promiseChanges).toEqual(after.promiseChanges);
  });

  test('that is over runs already: it is not resumed a second time, and can be agreed anew (T-04)', async () => {
    const before = await waiting(friday);
    world.clock.set('2026-03-13T02:00:00.000Z');
    const runs = await step(desk, before, 'ResumeClock', { clock: 'ANSWER' }, { refused: true });
    expect(runs.userErrors).toMatchObject([{ code: 'CLOCK_RUNS', rule: 'T-04' }]);
    const until = '2026-03-13T06:00:00.000Z';
    const again = await step(desk, before, 'PauseClock', { clock: 'ANSWER', until, ...told });
    expect(again.promiseChanges.map(({ change }) => change)).toEqual(['PAUSED', 'RESUMED', 'PAUSED']);
    world.clock.set(until);
    await escalate();
    // Four hours more.
    expect(clockOf(await readTicket(desk, before.id), 'ANSWER').dueAt).toBe('2026-03-14T04:00:00.000Z');
  });

  test('stands on with the matter while that is parked, and goes on with it (T-04, T-06)', async () => {
    const supervisor = await org.as('SUPERVISOR');
    let ticket = await step(desk, await waiting(friday), 'Confirm');
    ticket = await step(supervisor, ticket, 'Park', { reason: '开发商遗留问题' });
    world.clock.set('2026-03-13T05:00:00.000Z');
    await escalate();
    expect(clockOf(await readTicket(desk, ticket.id), 'ANSWER')).toMatchObject({
      ...{ status: 'PAUSED', pausedUntil: null },
    });
    ticket = await step(desk, ticket, 'Resume');
    // It stood from Wednesday eleven to Friday one o'clock: 50 hours.
    expect(clockOf(ticket, 'ANSWER')).toMatchObject({ status: 'RUNNING', dueAt: '2026-03-14T04:00:00.000Z' });
  });

  test('needs its end: ahead, and no longer than a promise unless a manager agrees (T-04, T-08)', async () => {
    const ticket = await report(desk, org, { kind: 'COMPLAINT' });
    const ask = (by: Client, until?: string | null) =>
      step(by, ticket, 'PauseClock', { clock: 'ANSWER', until, ...told }, { refused: true });
    for (const until of [undefined, null, '2026-03-11T02:00:00.000Z', '2026-03-10T02:00:00.000Z'])
      expect((await ask(desk, until)).userErrors).toMatchObject([
        {
          code: 'PAUSE_END',
          field: ['until'],
          rule: 'T-04',
          message: '暂停须与住户约定到何时，且晚于现在。',
        },
      ]);
    const month = '2026-04-11T02:00:00.000Z';
    expect((await ask(desk, month)).userErrors).toMatchObject([{ code: 'PROMISE_TOO_LONG', rule: 'T-08' }]);
    const manager = await org.as('MANAGER');
    expect((await ask(manager, '2046-03-11T02:00:00.000Z')).userErrors).toMatchObject([
      { code: 'PROMISE_TOO_LONG' },
    ]);
    expect((await ask(manager, month)).userErrors).toEqual([]);
  });
});
