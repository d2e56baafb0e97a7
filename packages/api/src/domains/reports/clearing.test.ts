import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuedFee, pay } from '../../../test/fees/story.ts';
import { type Client, startWorld, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';
import { monthOf } from './reports.jobs.ts';
import { advance, file, twoBuildings } from './reports.seed.ts';

const clock = new TestClock('2026-11-23T02:00:00Z');
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());

const record = (by: Client, ticket: string, input: object = {}) =>
  by.mutate(
    'dailyFollowUpRecord',
    { ticket, note: '已联系厂家', ...input },
    'dailyFollowUp { id version day state note delayReason residentTold staff { id } }',
  );
const lacking = async (by: Client, missing: string | null) =>
  (
    await by.query(
      'query($missing: ClearingGap) { clearing(missing: $missing) { totalCount nodes { id } } }',
      { missing },
    )
  ).clearing.nodes
    .map(({ id }: { id: string }) => id)
    .sort();

describe('daily clearing (T-13)', () => {
  test('lists every open matter, and what each still lacks today', async () => {
    const org = await world.organisation();
    const { units } = await twoBuildings(org);
    clock.set('2026-11-23T02:00:00Z');
    const [one, two, ended] = [
      await file(org.admin, units[0]),
      await file(org.admin, units[1]),
      await file(org.admin, units[0]),
    ];
    await advance(world, org.admin, ended, [[1, 'Cancel', { reason: '重复' }]]);
    const both = [one.id, two.id].sort();
    expect(await lacking(org.admin, null)).toEqual(both);
    expect(await lacking(org.admin, 'FOLLOW_UP')).toEqual(both);
    const followed = await record(org.admin, one.id, { delayReason: '配件缺货' });
    expect(followed.dailyFollowUp).toMatchObject({
      ...{
        day: '2026-11-23',
        state: 'DONE',
        note: '已联系厂家',
        delayReason: '配件缺货',
        residentTold: null,
      },
      staff: { id: org.admin.staffId },
    });
    expect(await lacking(org.admin, 'FOLLOW_UP')).toEqual([two.id]);
    expect(await lacking(org.admin, 'UPDATE')).toEqual(both);
    const told = await record(org.admin, one.id, { note: '已回电', residentTold: '明早九点上门' });
    expect(told.dailyFollowUp).toMatchObject({
      id: followed.dailyFollowUp.id,
      note: '已回电',
      delayReason: '配件缺货',
    });
    expect(await lacking(org.admin, 'UPDATE')).toEqual([two.id]);
    clock.advance({ days: 1 });
    expect(await lacking(org.admin, 'UPDATE')).toEqual(both);
  });

  test('who tracked a ticket or answered the resident has followed it up: nobody writes it down twice (T-13)', async () => {
    const org = await world.organisation();
    const { units } = await twoBuildings(org);
    clock.set('2026-11-23T02:00:00Z');
    const [tracked, answered] = [await file(org.admin, units[0]), await file(org.admin, units[1])];
    await advance(world, org.admin, tracked, [[1, 'Track', { words: '已催厂家' }]]);
    expect(await lacking(org.admin, 'FOLLOW_UP')).toEqual([answered.id]);
    expect(await lacking(org.admin, 'UPDATE')).toEqual([tracked.id, answered.id].sort());
    await advance(world, org.admin, answered, [[1, 'Answer', { answer: '明早上门' }]]);
    expect(await lacking(org.admin, 'FOLLOW_UP')).toEqual([]);
    expect(await lacking(org.admin, 'UPDATE')).toEqual([tracked.id]);
    const { ticket } = await org.admin.query(
      'query($id: ID!) { ticket(id: $id) { dailyFollowUps { nodes { day state note residentTold } } } }',
      { id: answered.id },
    );
    expect(ticket.dailyFollowUps.nodes).toEqual([
      { day: '2026-11-23', state: 'DONE', note: '明早上门', residentTold: '明早上门' },
    ]);
  });

  test('one record for a day, however many write at once; ended matters take none', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const ticket = await file(org.admin, unit.id);
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => record(org.admin, ticket.id, { note: `第${index}次` })),
    );
    expect(all.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(all.map(({ dailyFollowUp }) => dailyFollowUp.id)).size).toBe(1);
    await advance(world, org.admin, ticket, [[1, 'Cancel', { reason: '重复' }]]);
    expect((await record(org.admin, ticket.id)).userErrors).toMatchObject([
      { code: 'TICKET_ENDED', rule: 'T-13' },
    ]);
    expect((await record(org.admin, ticket.id, { note: ' ' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['note'] },
    ]);
  });

  test('what nobody followed up is entered that night, exactly once, also after a stop of some days', async () => {
    const org = await world.organisation();
    const { units } = await twoBuildings(org);
    clock.set('2026-12-01T02:00:00Z'); // 10:00 in Shanghai
    const [seen, unseen] = [await file(org.admin, units[0]), await file(org.admin, units[1])];
    const days = async (ticket: string) =>
      (
        await org.admin.query(
          'query($id: ID!) { ticket(id: $id) { dailyFollowUps(orderBy: { field: DAY }) { nodes { day state } } } }',
          { id: ticket },
        )
      ).ticket.dailyFollowUps.nodes.map(
        ({ day, state }: { day: string; state: string }) => `${day} ${state}`,
      );
    clock.set('2026-12-01T16:01:00Z');
    await world.runJob('clearing.close');
    expect(await days(unseen.id)).toEqual([]); // the day of its receipt
    clock.set('2026-12-02T02:00:00Z');
    await record(org.admin, seen.id);
    clock.set('2026-12-02T16:01:00Z');
    await Promise.all([world.runJob('clearing.close'), world.runJob('clearing.close')]);
    await world.runJob('clearing.close');
    expect(await days(seen.id)).toEqual(['2026-12-02 DONE']);
    expect(await days(unseen.id)).toEqual(['2026-12-02 MISSED']);
    clock.set('2026-12-04T15:59:00Z'); // still the 4th
    await world.runJob('clearing.close');
    clock.set('2026-12-05T16:01:00Z');
    await world.runJob('clearing.close');
    expect(await days(unseen.id)).toEqual(['02', '03', '04', '05'].map((day) => `2026-12-${day} MISSED`));
    const late = await record(org.admin, unseen.id);
    expect(late.dailyFollowUp).toMatchObject({ day: '2026-12-06', state: 'DONE' });
  });
});

describe('the month (T-14)', () => {
  test('runs from the 28th to the 27th, and is due on the 28th', () => {
    const months = {
      '2026-11-27': '2026-10',
      '2026-11-28': '2026-11',
      '2026-12-01': '2026-11',
      '2027-03-01': '2027-02',
      '2027-01-28': '2027-01',
    };
    for (const [today, month] of Object.entries(months)) expect(monthOf(today, 28).month, today).toBe(month);
    expect(monthOf('2027-03-28', 28)).toEqual({ month: '2027-03', from: '2027-02-28', to: '2027-03-27' });
  });

  test('holds the fee details by the ledger: charged, collected, waived, owed (T-14, F-04)', async () => {
    const org = await world.organisation();
    const { units, community } = await twoBuildings(org);
    const unit = { id: units[0] as string, version: 1 };
    clock.set('2026-11-20T02:00:00Z');
    await issuedFee(org.admin, unit, { amount: 5_000 });
    clock.set('2026-12-20T02:00:00Z');
    await file(org.admin, unit.id);
    await issuedFee(org.admin, unit, { amount: 10_000 });
    await issuedFee(org.admin, unit, { kind: 'WATER', amount: 700 });
    await pay(org.admin, unit, 6_000);
    clock.set('2026-12-27T16:01:00Z');
    await pay(org.admin, unit, 1_000); // the 28th: next month's
    await world.runJob('report.freeze');
    const { monthlyReports } = await org.admin.query(
      'query($community: ID!) { monthlyReports(filter: { community: { eq: $community } }) { nodes { fees { kind charged collected waived outstanding } } } }',
      { community },
    );
    expect(monthlyReports.nodes[0].fees).toEqual([
      { kind: 'MANAGEMENT', charged: 10_000, collected: 6_000, waived: 0, outstanding: 9_000 },
      { kind: 'WATER', charged: 700, collected: 0, waived: 0, outstanding: 700 },
    ]);
  });

  test('is frozen with the very figures that the period shows, each in its place', async () => {
    const org = await world.organisation();
    const { units, community } = await twoBuildings(org);
    clock.set('2026-12-20T02:00:00Z');
    const done = await file(org.admin, units[0]);
    await advance(world, org.admin, done, [
      [5, 'Confirm'],
      [5, 'Dispatch', { department: 'ENGINEERING' }],
      [5, 'Accept'],
      [45, 'Finish', { resolution: '好' }],
      [5, 'SignOff', { satisfied: true, unsignedReason: '住户外出' }],
    ]);
    await file(org.admin, units[1]);
    const table =
      '{ satisfactionTarget total { volume open void responseMedian settleMedian settleP90 satisfaction reworkRate promisesKept promisesMissed keptRate } groups { key label volume open settleMedian } }';
    const live = await org.admin.query(
      `query($community: ID!) { ticketFigures(from: "2026-11-28", to: "2026-12-27", groupBy: DEPARTMENT, community: $community) ${table} }`,
      { community },
    );
    expect(live.ticketFigures.total).toMatchObject({
      volume: 2,
      open: 2,
      responseMedian: 5,
      settleMedian: 60,
    });
    clock.set('2026-12-28T02:00:00Z');
    await world.runJob('report.freeze');
    const { monthlyReports } = await org.admin.query(
      `query($community: ID!) { monthlyReports(filter: { community: { eq: $community } }) { nodes { tickets(groupBy: DEPARTMENT) ${table} } } }`,
      { community },
    );
    expect(monthlyReports.nodes).toMatchObject([{ tickets: { total: { volume: 2, settleMedian: 60 } } }]);
    expect(monthlyReports.nodes[0].tickets.groups).toEqual(live.ticketFigures.groups);
  });

  test('is frozen once, and what happens later does not change it', async () => {
    const org = await world.organisation();
    const { units, community } = await twoBuildings(org);
    clock.set('2026-12-20T02:00:00Z');
    await file(org.admin, units[0], { kind: 'COMPLAINT' });
    clock.set('2026-12-27T15:59:00Z');
    await world.runJob('report.freeze');
    const reports = async (by: Client) =>
      (
        await by.query(
          `query($community: ID!) { monthlyReports(filter: { community: { eq: $community } }) { nodes { month from to
            tickets(groupBy: BUILDING) { total { volume } groups { label } } complaints(groupBy: KIND) { groups { key volume } } calls { inbound } } } }`,
          { community },
        )
      ).monthlyReports.nodes;
    expect(await reports(org.admin)).toEqual([]);
    clock.set('2026-12-27T16:01:00Z');
    await Promise.all([world.runJob('report.freeze'), world.runJob('report.freeze')]);
    const frozen = {
      ...{ month: '2026-12', from: '2026-11-28', to: '2026-12-27' },
      tickets: { total: { volume: 1 }, groups: [{ label: expect.any(String) }] },
      complaints: { groups: [{ key: 'COMPLAINT', volume: 1 }] },
      calls: { inbound: 0 },
    };
    expect(await reports(org.admin)).toEqual([frozen]);
    await world.app.db.owner.query(
      "update ticket set received_at = received_at - interval '1 year' where organisation_id = $1",
      [org.uuid],
    );
    await world.runJob('report.freeze');
    expect(await reports(org.admin)).toEqual([frozen]);
    const { errors } = await (await org.as('FRONT_DESK')).send('{ monthlyReports { nodes { id } } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
