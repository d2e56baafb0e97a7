import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { clockOf, promised, report, type Shown, step } from './clocks.seed.ts';
import { accepted } from './tickets.seed.ts';

let world: World;
let org: TestOrganisation;
let desk: Client;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' });
});
afterAll(() => world.close());
/** A Wednesday at ten in the morning, in China. */
const wednesday = '2026-03-11T02:00:00.000Z';
const minutes = (count: number) => count * 60_000;
const hours = (count: number) => count * 3_600_000;
beforeEach(async () => {
  world.clock.set(wednesday);
  org = await world.organisation();
  desk = await org.as('FRONT_DESK');
});

const dueTimes = (ticket: Shown) => Object.fromEntries(ticket.clocks.map(({ kind, dueAt }) => [kind, dueAt]));
const told = { consentBy: '王女士', consentWay: 'PHONE', told: '配件明天到货，后天上午上门' };

describe('what is promised', () => {
  test('an in-unit repair: dispatched in 30 minutes, at the door in 15, done in two working days (T-04, T-08)', async () => {
    const ticket = await report(desk, org, { kind: 'REPAIR_UNIT' });
    expect(ticket.promiseState).toBe('ON_TRACK');
    expect(ticket.nextDueAt).toBe('2026-03-11T02:15:00.000Z');
    expect(dueTimes(ticket)).toEqual({
      ARRIVAL: '2026-03-11T02:15:00.000Z',
      DISPATCH: '2026-03-11T02:30:00.000Z',
      SETTLE: '2026-03-13T02:00:00.000Z',
    });
    expect(clockOf(ticket, 'ARRIVAL')).toMatchObject({
      rule: 'T-04',
      unit: 'MINUTES',
      amount: 15,
      warnAt: '2026-03-11T02:12:00.000Z',
    });
  });

  test('an urgent repair: on site within 30 minutes (T-05)', async () => {
    const ticket = await report(desk, org, { kind: 'REPAIR_PUBLIC', urgent: true });
    expect(clockOf(ticket, 'ARRIVAL')).toMatchObject({ rule: 'T-05', dueAt: '2026-03-11T02:30:00.000Z' });
  });

  test('an inquiry: answered within 24 hours, at night too (T-07)', async () => {
    world.clock.set('2026-02-16T15:00:00.000Z'); // an hour before midnight, in the Spring Festival
    const ticket = await report(desk, org, { kind: 'INQUIRY' });
    expect(dueTimes(ticket)).toEqual({
      DISPATCH: '2026-02-16T15:30:00.000Z',
      ANSWER: '2026-02-17T15:00:00.000Z',
    });
  });

  test('a complaint that nobody has classified is answered and settled within 24 hours (T-06)', async () => {
    const ticket = await report(desk, org, { kind: 'COMPLAINT' });
    expect(dueTimes(ticket)).toMatchObject({
      ANSWER: '2026-03-12T02:00:00.000Z',
      SETTLE: '2026-03-12T02:00:00.000Z',
    });
  });

  test('working days pass over holidays, and what reaches into an unpublished year is provisional (P-4)', async () => {
    world.clock.set('2026-02-13T02:00:00.000Z');
    const festival = await report(desk, org, { kind: 'HELP' });
    expect(clockOf(festival, 'SETTLE').dueAt).toBe('2026-02-24T02:00:00.000Z');
    world.clock.set('2026-12-30T02:00:00.000Z');
    const newYear = await report(desk, org, { kind: 'HELP' });
    expect(clockOf(newYear, 'SETTLE')).toMatchObject({ provisional: true });
    expect(clockOf(festival, 'SETTLE')).toMatchObject({ provisional: false });
  });

  test('each move ends its clock: in time, or too late; the revisit is promised for 48 hours after the signature (T-09, T-12)', async () => {
    const plumber = await org.as('ENGINEERING');
    let ticket = await report(desk, org, { kind: 'REPAIR_UNIT' });
    ticket = await step(desk, ticket, 'Confirm');
    world.clock.travel(minutes(10));
    ticket = await step(desk, ticket, 'Dispatch', { department: 'ENGINEERING', assignee: plumber.staffId });
    ticket = await step(plumber, ticket, 'Accept');
    world.clock.travel(minutes(10));
    ticket = await step(plumber, ticket, 'Arrive');
    expect(clockOf(ticket, 'DISPATCH')).toMatchObject({ status: 'MET', metAt: '2026-03-11T02:10:00.000Z' });
    expect(clockOf(ticket, 'ARRIVAL')).toMatchObject({
      ...{ status: 'MISSED', metAt: '2026-03-11T02:20:00.000Z', breachedAt: '2026-03-11T02:15:00.000Z' },
    });
    ticket = await step(plumber, ticket, 'Finish', { resolution: '更换角阀' });
    expect(ticket).toMatchObject({ promiseState: 'NONE', nextDueAt: null });
    ticket = await step(plumber, ticket, 'SignOff', accepted);
    expect(clockOf(ticket, 'REVISIT')).toMatchObject({
      status: 'RUNNING',
      rule: 'T-12',
      dueAt: '2026-03-13T02:20:00.000Z',
    });
    ticket = await step(desk, ticket, 'Revisit', { satisfied: true, score: 5 });
    ticket = await step(desk, ticket, 'Close');
    expect(ticket.clocks.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['MET', 'MISSED', 'MET', 'MET']),
    );
    expect(ticket.promiseState).toBe('NONE');
  });

  test('rework begins new clocks and keeps the old ones (T-09)', async () => {
    const plumber = await org.as('ENGINEERING');
    let ticket = await promised(desk, plumber, await report(desk, org, { kind: 'REPAIR_UNIT' }));
    world.clock.travel(hours(2));
    ticket = await step(plumber, ticket, 'SignOff', { satisfied: false, words: '还在滴水' });
    const [first, second] = ticket.clocks.filter(({ kind }) => kind === 'SETTLE');
    expect(first).toMatchObject({ round: 0, status: 'MET' });
    expect(second).toMatchObject({ round: 1, status: 'RUNNING', startedAt: '2026-03-11T04:00:00.000Z' });
    expect(
      ticket.clocks
        .filter(({ round }) => round === 1)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['ARRIVAL', 'DISPATCH', 'SETTLE']);
  });

  test('a cancelled ticket promises nothing any more', async () => {
    const ticket = await step(desk, await report(desk, org, { kind: 'HELP' }), 'Cancel', {
      reason: '重复报事',
    });
    expect(ticket).toMatchObject({ promiseState: 'NONE', nextDueAt: null });
    expect(new Set(ticket.clocks.map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
  });
});

describe('a promise moves only with the resident’s consent', () => {
  test('postponed once with what he was told, never twice for the same matter, in both languages (T-08)', async () => {
    const clerk = await org.as('FRONT_DESK', { locale: 'en' });
    const before = await report(desk, org, { kind: 'HELP' });
    const once = { clock: 'SETTLE', dueAt: '2026-03-16T02:00:00.000Z', ...told };
    const after = await step(desk, before, 'Postpone', once);
    expect(clockOf(after, 'SETTLE')).toMatchObject({
      postponed: 1,
      dueAt: once.dueAt,
      firstDueAt: '2026-03-13T02:00:00.000Z',
    });
    expect(after.promiseChanges).toMatchObject([
      {
        kind: 'SETTLE',
        change: 'POSTPONED',
        fromDueAt: '2026-03-13T02:00:00.000Z',
        toDueAt: once.dueAt,
        ...told,
        approved: false,
      },
    ]);
    for (const [by, text] of [
      [desk, '只能延期 1 次'],
      [clerk, 'may be postponed 1 time'],
    ] as const) {
      const again = await step(
        by,
        after,
        'Postpone',
        { ...once, dueAt: '2026-03-17T02:00:00.000Z' },
        { refused: true },
      );
      expect(again.userErrors).toMatchObject([{ code: 'PROMISE_POSTPONED', rule: 'T-08' }]);
      expect(again.userErrors[0].message).toContain(text);
    }
  });

  test('more than a week needs a manager; nobody promises the year 2099 (T-08)', async () => {
    const manager = await org.as('MANAGER');
    const ticket = await report(desk, org, { kind: 'HELP' });
    const late = { clock: 'SETTLE', dueAt: '2026-03-20T02:00:00.000Z', ...told };
    const refused = await step(desk, ticket, 'Postpone', late, { refused: true });
    expect(refused.userErrors).toMatchObject([{ code: 'PROMISE_TOO_LONG', rule: 'T-08' }]);
    const never = await step(
      manager,
      ticket,
      'Postpone',
      { ...late, dueAt: '2099-01-01T00:00:00.000Z' },
      { refused: true },
    );
    expect(never.userErrors).toMatchObject([{ code: 'PROMISE_TOO_LONG', rule: 'T-08' }]);
    const approved = await step(manager, ticket, 'Postpone', late);
    expect(approved.promiseChanges).toMatchObject([{ approved: true }]);
  });

  test('without who, how and what was said nothing moves; nor to the past, nor to an impossible date (T-04, T-08)', async () => {
    const ticket = await report(desk, org, { kind: 'HELP' });
    const to = { clock: 'SETTLE', dueAt: '2026-03-16T02:00:00.000Z' };
    for (const missing of ['consentBy', 'consentWay', 'told']) {
      const input = { ...to, ...told, [missing]: missing === 'consentWay' ? null : '  ' };
      const { userErrors } = await step(desk, ticket, 'Postpone', input, { refused: true });
      expect(userErrors).toMatchObject([{ code: 'RESIDENT_NOT_TOLD', field: [missing], rule: 'T-08' }]);
    }
    for (const dueAt of ['2026-03-10T02:00:00.000Z', '2026-03-12T02:00:00.000Z']) {
      const { userErrors } = await step(
        desk,
        ticket,
        'Postpone',
        { ...to, ...told, dueAt },
        { refused: true },
      );
      expect(userErrors).toMatchObject([{ code: 'PROMISE_NOT_LATER', rule: 'T-08' }]);
    }
    const impossible = await desk.send(
      'mutation($input: TicketPostponeInput!) { ticketPostpone(input: $input) { ticket { id } } }',
      { input: { id: ticket.id, version: ticket.version, ...to, ...told, dueAt: '2026-02-30T02:00:00Z' } },
    );
    expect(impossible.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const other = await step(
      desk,
      ticket,
      'Postpone',
      { ...to, ...told, clock: 'REVISIT' },
      { refused: true },
    );
    expect(other.userErrors).toMatchObject([{ code: 'PROMISE_NOT_OPEN', rule: 'T-08' }]);
  });

  test('a clock stands while the resident agrees to wait, and goes on with what was left (T-04)', async () => {
    let ticket = await report(desk, org, { kind: 'HELP' });
    world.clock.travel(hours(1));
    const wait = { clock: 'SETTLE', until: '2026-03-17T03:00:00.000Z', ...told };
    ticket = await step(desk, ticket, 'PauseClock', wait);
    expect(clockOf(ticket, 'SETTLE')).toMatchObject({
      status: 'PAUSED',
      pausedAt: '2026-03-11T03:00:00.000Z',
      pausedUntil: '2026-03-17T03:00:00.000Z',
    });
    const twice = await step(desk, ticket, 'PauseClock', wait, { refused: true });
    expect(twice.userErrors).toMatchObject([{ code: 'CLOCK_STANDS', rule: 'T-04' }]);
    world.clock.set('2026-03-16T03:00:00.000Z'); // Monday, same time
    await world.runJob('ticket.escalate');
    ticket = await step(desk, ticket, 'ResumeClock', { clock: 'SETTLE' });
    // 15 of 16 working hours were left: from Monday eleven, that is Wednesday ten.
    expect(clockOf(ticket, 'SETTLE')).toMatchObject({
      status: 'RUNNING',
      dueAt: '2026-03-18T02:00:00.000Z',
      breachedAt: null,
    });
    expect(ticket.promiseChanges.map(({ change }) => change)).toEqual(['PAUSED', 'RESUMED']);
    const runs = await step(desk, ticket, 'ResumeClock', { clock: 'SETTLE' }, { refused: true });
    expect(runs.userErrors).toMatchObject([{ code: 'CLOCK_RUNS', rule: 'T-04' }]);
  });

  test('of 50 clerks who postpone at once one does, and it counts once (T-08)', async () => {
    const ticket = await report(desk, org, { kind: 'HELP' });
    const input = {
      id: ticket.id,
      version: ticket.version,
      clock: 'SETTLE',
      dueAt: '2026-03-16T02:00:00.000Z',
      ...told,
    };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        desk.mutate(
          'ticketPostpone',
          input,
          'ticket { id clocks { kind postponed } promiseChanges { change } }',
        ),
      ),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(
      new Set(answers.flatMap(({ userErrors }) => userErrors.map((error: { code: string }) => error.code))),
    ).toEqual(new Set(['CONFLICT']));
    const after = answers.find(({ userErrors }) => userErrors.length > 0).ticket;
    expect(clockOf(after, 'SETTLE').postponed).toBe(1);
    expect(after.promiseChanges).toHaveLength(1);
  });
});
