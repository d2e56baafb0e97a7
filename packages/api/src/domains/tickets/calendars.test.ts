// long: calendars, policies and rosters share one community whose hours they change
import { handbookNumbers } from '@desk/schema/policies/numbers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { clockOf, readTicket, report, type Shown, step } from './clocks.seed.ts';

let world: World;
let org: TestOrganisation;
let unit: { id: string; community: { id: string } };
let manager: Client;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-03-11T02:00:00.000Z'); // a Wednesday at ten, in China
  org = await world.organisation();
  unit = await org.unit();
  manager = await org.as('MANAGER', { community: unit.community.id });
});

interface Calendar {
  id: string;
  version: number;
}
const calendarOf = async (): Promise<Calendar> => {
  const document =
    'query($id: ID!) { calendars(filter: { community: { eq: $id } }) { nodes { id version } } }';
  return (await manager.query(document, { id: unit.community.id })).calendars.nodes[0];
};
const dayOff = (calendar: Calendar, date: string, more: object = {}) =>
  manager.mutate(
    'calendarDayCreate',
    { calendar: calendar.id, date, kind: 'OFF', ...more },
    'calendarDay { id version }',
  );
const preview = async (calendar: Calendar, change: object) =>
  (
    await manager.query(
      'query($id: ID!, $change: CalendarPreviewInput!) { calendarPreview(calendar: $id, change: $change) { open moved moves { ticket kind from to minutes } } }',
      { id: calendar.id, change },
    )
  ).calendarPreview;
const help = (): Promise<Shown> => report(manager, org, { kind: 'HELP', unit: unit.id });

describe('the policy of a community (P-1)', () => {
  const fields = 'policy { id version effectiveFrom dispatchMinutes usualWorkingDays }';

  test('begins with every number of the handbook (P-1)', async () => {
    const names = Object.keys(handbookNumbers).join(' ');
    const { policies } = await manager.query(
      `query($id: ID!) { policies(filter: { community: { eq: $id } }) { nodes { ${names} } } }`,
      { id: unit.community.id },
    );
    expect(policies.nodes).toEqual([handbookNumbers]);
  });

  test('a change holds for what is received from then on; a ticket keeps the version that it started with (P-1)', async () => {
    const before = await help();
    const input = { community: unit.community.id, dispatchMinutes: 10, note: '新楼盘交付' };
    const { policy, userErrors } = await manager.mutate('policyCreate', input, fields);
    expect(userErrors).toEqual([]);
    expect(policy).toMatchObject({ dispatchMinutes: 10, usualWorkingDays: 2 });
    world.clock.travel(1_000);
    const after = await help();
    expect(clockOf(after, 'DISPATCH').dueAt).toBe('2026-03-11T02:10:01.000Z');
    const confirmed = await step(manager, before, 'Confirm');
    expect(clockOf(confirmed, 'DISPATCH').dueAt).toBe('2026-03-11T02:30:00.000Z');
    expect([confirmed.policy.id, after.policy.id]).toEqual([before.policy.id, policy.id]);
  });

  test('never takes effect in the past; planned versions change, those in effect do not (P-1)', async () => {
    const input = { community: unit.community.id, dispatchMinutes: 20 };
    const past = await manager.mutate(
      'policyCreate',
      { ...input, effectiveFrom: '2026-03-10T00:00:00Z' },
      fields,
    );
    expect(past.userErrors).toMatchObject([
      { code: 'EFFECTIVE_IN_PAST', field: ['effectiveFrom'], rule: 'P-1' },
    ]);
    const { policy } = await manager.mutate(
      'policyCreate',
      { ...input, effectiveFrom: '2026-04-01T00:00:00Z' },
      fields,
    );
    const planned = await manager.mutate(
      'policyUpdate',
      { id: policy.id, version: policy.version, dispatchMinutes: 25 },
      fields,
    );
    expect(planned.policy.dispatchMinutes).toBe(25);
    expect(clockOf(await help(), 'DISPATCH').dueAt).toBe('2026-03-11T02:30:00.000Z');
    world.clock.set('2026-04-01T02:00:00.000Z');
    expect(clockOf(await help(), 'DISPATCH').dueAt).toBe('2026-04-01T02:25:00.000Z');
    const change = { id: policy.id, version: planned.policy.version, dispatchMinutes: 5 };
    const english = await org.as('MANAGER', { community: unit.community.id, locale: 'en' });
    for (const [by, words] of [
      [manager, '已经生效'],
      [english, 'is in effect'],
    ] as const) {
      const fixed = await by.mutate('policyUpdate', change, fields);
      expect(fixed.userErrors).toMatchObject([{ code: 'POLICY_FIXED', rule: 'P-1' }]);
      expect(fixed.userErrors[0].message).toContain(words);
    }
  });

  test('numbers out of their range and two versions at the same time are refused', async () => {
    const input = { community: unit.community.id, effectiveFrom: '2026-04-01T00:00:00Z' };
    const wrong = await manager.mutate(
      'policyCreate',
      { ...input, warnPercent: 100, dispatchMinutes: 0 },
      fields,
    );
    expect(wrong.userErrors.map(({ field }: { field: string[] }) => field).sort()).toEqual([
      ['dispatchMinutes'],
      ['warnPercent'],
    ]);
    const twice = await Promise.all(
      Array.from({ length: 10 }, () => manager.mutate('policyCreate', input, fields)),
    );
    expect(twice.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(twice.flatMap(({ userErrors }) => userErrors)[0]).toMatchObject({ code: 'DUPLICATE' });
  });
});

describe('the working calendar (P-4)', () => {
  test('a preview says which open promises would move and by how much, and changes nothing; then they do move (P-4)', async () => {
    const [first, second] = [await help(), await help()];
    const calendar = await calendarOf();
    const change = { days: [{ date: '2026-03-12', kind: 'OFF' }] };
    const shown = await preview(calendar, change);
    expect(shown).toMatchObject({ open: 2, moved: 2 });
    expect(shown.moves[0]).toMatchObject({
      kind: 'SETTLE',
      from: '2026-03-13T02:00:00.000Z',
      to: '2026-03-16T02:00:00.000Z',
      minutes: 3 * 24 * 60,
    });
    expect(await readTicket(manager, first.id)).toEqual(first);
    expect((await dayOff(calendar, '2026-03-12', { note: '业主大会' })).userErrors).toEqual([]);
    await world.runJob('ticket.recompute');
    for (const ticket of [first, second]) {
      const moved = await readTicket(manager, ticket.id);
      expect(clockOf(moved, 'SETTLE')).toMatchObject({
        dueAt: '2026-03-16T02:00:00.000Z',
        firstDueAt: '2026-03-13T02:00:00.000Z',
      });
      expect(moved.promiseChanges).toMatchObject([
        { kind: 'SETTLE', change: 'CALENDAR', fromDueAt: '2026-03-13T02:00:00.000Z' },
      ]);
      // Minutes on the wall know no calendar.
      expect(clockOf(moved, 'DISPATCH').dueAt).toBe('2026-03-11T02:30:00.000Z');
    }
    expect(await world.runJob('ticket.recompute')).toBe(0);
    expect(clockOf(await help(), 'SETTLE').dueAt).toBe('2026-03-16T02:00:00.000Z');
  });

  test('what was broken stays broken, whatever the calendar says afterwards (P-1)', async () => {
    const ticket = await help();
    world.clock.set('2026-03-13T02:00:00.000Z');
    await world.runJob('ticket.escalate');
    await dayOff(await calendarOf(), '2026-03-12');
    await world.runJob('ticket.recompute');
    const after = await readTicket(manager, ticket.id);
    expect(clockOf(after, 'SETTLE')).toMatchObject({
      dueAt: '2026-03-13T02:00:00.000Z',
      breachedAt: '2026-03-13T02:00:00.000Z',
    });
    expect(after.promiseChanges).toEqual([]);
  });

  test('promises into a year that is not published move when it is entered, and are certain then (P-4)', async () => {
    world.clock.set('2026-12-30T02:00:00.000Z');
    const ticket = await help();
    expect(clockOf(ticket, 'SETTLE')).toMatchObject({ provisional: true, dueAt: '2027-01-01T02:00:00.000Z' });
    const calendar = await calendarOf();
    const year = {
      id: calendar.id,
      version: calendar.version,
      year: 2027,
      off: ['2027-01-01'],
      working: ['2027-01-02'],
    };
    const wrong = await manager.mutate(
      'calendarPublish',
      { ...year, off: ['2026-12-31'] },
      'calendar { id }',
    );
    expect(wrong.userErrors).toMatchObject([{ code: 'WRONG_YEAR', field: ['off'], rule: 'P-4' }]);
    const { userErrors } = await manager.mutate('calendarPublish', year, 'calendar { coveredYears }');
    expect(userErrors).toEqual([]);
    await world.runJob('ticket.recompute');
    const after = await readTicket(manager, ticket.id);
    expect(clockOf(after, 'SETTLE')).toMatchObject({ provisional: false, dueAt: '2027-01-02T02:00:00.000Z' });
  });

  test('hours, half days and removed days move promises too; wrong ones are refused (P-4)', async () => {
    const calendar = await calendarOf();
    const half = await manager.mutate(
      'calendarDayCreate',
      { calendar: calendar.id, date: '2026-03-12', kind: 'HALF' },
      'calendarDay { id version }',
    );
    expect(clockOf(await help(), 'SETTLE').dueAt).toBe('2026-03-13T07:20:00.000Z');
    const { id, version } = half.calendarDay;
    const without = await manager.mutate(
      'calendarDayUpdate',
      { id, version, kind: 'HOURS' },
      'calendarDay { id }',
    );
    expect(without.userErrors).toMatchObject([{ code: 'REQUIRED', field: ['hours'], rule: 'P-4' }]);
    const wrong = await manager.mutate(
      'calendarDayUpdate',
      { id, version, kind: 'HOURS', hours: '12:00-08:00' },
      'calendarDay { id }',
    );
    expect(wrong.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['hours'] }]);
    const twice = await dayOff(calendar, '2026-03-12');
    expect(twice.userErrors).toMatchObject([{ code: 'DUPLICATE', field: ['date'] }]);
    const removed = await manager.mutate('calendarDayRemove', { id, version }, 'calendarDay { id }');
    expect(removed).toEqual({ calendarDay: null, userErrors: [] });
    expect(clockOf(await help(), 'SETTLE').dueAt).toBe('2026-03-13T02:00:00.000Z');
    const { version: now } = await calendarOf();
    const week = Object.fromEntries(
      ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, '']),
    );
    const never = await manager.mutate(
      'calendarUpdate',
      { id: calendar.id, version: now, ...week },
      'calendar { id }',
    );
    expect(never.userErrors).toMatchObject([{ code: 'CALENDAR_NEVER_WORKS', rule: 'P-4' }]);
  });

  test('another community’s calendar cannot be tried out, nor by those who may not change it', async () => {
    const calendar = await calendarOf();
    const elsewhere = await org.as('MANAGER', { community: (await org.community()).id });
    const clerk = await org.as('FRONT_DESK');
    const document = 'query($id: ID!) { calendarPreview(calendar: $id, change: {}) { open } }';
    for (const [by, code] of [
      [elsewhere, 'NOT_FOUND'],
      [clerk, 'FORBIDDEN'],
      [world.anonymous, 'UNAUTHENTICATED'],
    ] as const) {
      const { errors } = await by.send(document, { id: calendar.id });
      expect(errors?.[0]?.extensions.code).toBe(code);
    }
  });
});

describe('duty roster and absence (S-5)', () => {
  test('nobody is on the same duty twice at once, nor absent twice; 20 who enter it together make one (S-5)', async () => {
    const guard = await org.as('SECURITY', { community: unit.community.id });
    const base = { community: unit.community.id, staff: guard.staffId };
    const period = { startsAt: '2026-03-11T00:00:00Z', endsAt: '2026-03-12T00:00:00Z' };
    const made = await Promise.all(
      Array.from({ length: 20 }, () =>
        manager.mutate('dutyCreate', { ...base, ...period, role: 'SECURITY' }, 'duty { id version }'),
      ),
    );
    const [one, ...more] = made.filter(({ userErrors }) => userErrors.length === 0);
    expect(more).toEqual([]);
    expect(made.flatMap(({ userErrors }) => userErrors)[0]).toMatchObject({
      code: 'DUTY_OVERLAP',
      rule: 'S-5',
    });
    const next = { ...base, startsAt: period.endsAt, endsAt: '2026-03-13T00:00:00Z', role: 'SECURITY' };
    expect((await manager.mutate('dutyCreate', next, 'duty { id }')).userErrors).toEqual([]);
    const longer = await manager.mutate(
      'dutyUpdate',
      { ...one.duty, endsAt: '2026-03-12T08:00:00Z' },
      'duty { id }',
    );
    expect(longer.userErrors).toMatchObject([{ code: 'DUTY_OVERLAP' }]);
    for (const kind of ['SICK', 'LEAVE']) {
      const { userErrors } = await manager.mutate(
        'absenceCreate',
        { ...base, ...period, kind },
        'absence { id }',
      );
      expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(
        kind === 'SICK' ? [] : ['ABSENCE_OVERLAP'],
      );
    }
  });

  test('nobody is on duty as what he is not, backwards in time, or for years (S-5, P-3)', async () => {
    const guard = await org.as('SECURITY', { community: unit.community.id });
    const base = {
      community: unit.community.id,
      staff: guard.staffId,
      startsAt: '2026-03-11T00:00:00Z',
      endsAt: '2026-03-12T00:00:00Z',
    };
    const refused = async (change: object) =>
      (await manager.mutate('dutyCreate', { ...base, role: 'SECURITY', ...change }, 'duty { id }'))
        .userErrors[0]?.code;
    expect(await refused({ role: 'ENGINEERING' })).toBe('ASSIGNEE_UNAVAILABLE');
    expect(await refused({ endsAt: base.startsAt })).toBe('PERIOD_WRONG');
    expect(await refused({ endsAt: '2029-01-01T00:00:00Z' })).toBe('PERIOD_WRONG');
    expect(await refused({ lead: true })).toBe('REQUIRED');
  });
});

test('a community that was brought in past the triggers gets the handbook’s policy with its first ticket (P-1)', async () => {
  const uuid = world.app.uuidOf(unit.community.id);
  for (const table of ['policy', 'calendar'])
    await world.app.db.owner.query(`delete from ${table} where community_id = $1`, [uuid]);
  const both = await Promise.all([help(), help()]);
  expect(both.map((ticket) => clockOf(ticket, 'DISPATCH').dueAt)).toEqual([
    '2026-03-11T02:30:00.000Z',
    '2026-03-11T02:30:00.000Z',
  ]);
  expect(new Set(both.map(({ policy }) => policy.id)).size).toBe(1);
});
