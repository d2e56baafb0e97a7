import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';
import { advance, file, twoBuildings } from './reports.seed.ts';

const clock = new TestClock('2026-11-23T02:00:00Z');
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());

const numbers = `key label volume open void responseMedian responseP90 settleMedian settleP90 satisfied unsatisfied satisfaction
  reworked reworkRate promisesKept promisesMissed keptRate postponed postponementRate`;
const document = `query($from: Date!, $to: Date!, $groupBy: FigureGroup!, $community: ID, $kinds: [TicketKind!]) {
  ticketFigures(from: $from, to: $to, groupBy: $groupBy, community: $community, kinds: $kinds) { from to satisfactionTarget total { ${numbers} } groups { ${numbers} } } }`;
const november = { from: '2026-11-01', to: '2026-11-30' };

describe('figures of tickets (T-12, T-14, S-6)', () => {
  test('count volume, response, settling, satisfaction and rework as somebody with a pencil would', async () => {
    const org = await world.organisation();
    const { units } = await twoBuildings(org);
    clock.set('2026-11-23T02:00:00Z');
    const dispatch = { department: 'ENGINEERING' };
    // Settled after 60 minutes, first response after 5, satisfied.
    const done = await file(org.admin, units[0]);
    await advance(world, org.admin, done, [
      [5, 'Confirm'],
      [5, 'Dispatch', dispatch],
      [5, 'Accept'],
      [45, 'Finish', { resolution: '好' }],
      [5, 'SignOff', { satisfied: true, unsignedReason: '住户外出' }],
      [60, 'Revisit', { satisfied: true, score: 5 }],
      [1, 'Close'],
    ]);
    // First response after 15; the revisit sends it back; done again 200 minutes after it came in.
    const again = await file(org.admin, units[1]);
    await advance(world, org.admin, again, [
      [15, 'Confirm'],
      [5, 'Dispatch', dispatch],
      [10, 'Accept'],
      [30, 'Finish', { resolution: '好' }],
      [5, 'SignOff', { satisfied: true, unsignedReason: '住户外出' }],
      [35, 'Revisit', { satisfied: false, score: 1, words: '又坏了' }],
      [20, 'Accept'],
      [80, 'Finish', { resolution: '换新' }],
    ]);
    const gone = await file(org.admin, units[0], { kind: 'INQUIRY' });
    await advance(world, org.admin, gone, [[100, 'Cancel', { reason: '重复' }]]);
    await file(org.admin, units[0]);
    const before = world.app.db.statements();
    const { ticketFigures } = await org.admin.query(document, { ...november, groupBy: 'KIND' });
    expect(world.app.db.statements() - before).toBe(2); // and the policy's aim
    expect(ticketFigures.satisfactionTarget).toBe(90);
    expect(ticketFigures.total).toMatchObject({
      ...{ volume: 4, open: 2, void: 1, responseMedian: 10, settleMedian: 130, settleP90: 186 },
      ...{ satisfied: 1, unsatisfied: 1, satisfaction: 50, reworked: 1, reworkRate: 50 },
    });
    expect(
      ticketFigures.groups.map(({ key, label, volume }: { key: string; label: string; volume: number }) => [
        key,
        label,
        volume,
      ]),
    ).toEqual([
      ['HELP', '求助', 3],
      ['INQUIRY', '咨询', 1],
    ]);
    const only = await org.admin.query(document, { ...november, groupBy: 'MONTH', kinds: ['INQUIRY'] });
    expect(only.ticketFigures.groups).toMatchObject([
      { key: '2026-11', volume: 1, void: 1, satisfaction: null },
    ]);
  });

  test('a day is a business day of the community, whatever the zone of the server (T-14)', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    clock.set('2026-11-22T15:59:00Z');
    await file(org.admin, unit.id);
    clock.set('2026-11-22T16:01:00Z');
    await file(org.admin, unit.id);
    const volume = async (day: string) =>
      (await org.admin.query(document, { from: day, to: day, groupBy: 'KIND' })).ticketFigures.total.volume;
    expect([await volume('2026-11-22'), await volume('2026-11-23'), await volume('2026-11-24')]).toEqual([
      1, 1, 0,
    ]);
  });

  test('are those of the viewer’s buildings; by person for supervisors and above only (S-6)', async () => {
    const org = await world.organisation();
    const { community, one, units } = await twoBuildings(org);
    clock.set('2026-11-23T02:00:00Z');
    for (const unit of units) await file(org.admin, unit);
    const steward = await org.as('STEWARD', { community, buildings: [one] });
    const mine = await steward.query(document, { ...november, groupBy: 'BUILDING' });
    expect(mine.ticketFigures.groups.map(({ key }: { key: string }) => key)).toEqual([one]);
    expect(mine.ticketFigures.total.volume).toBe(1);
    const { errors } = await steward.send(document, { ...november, groupBy: 'PERSON' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', rule: 'S-6' });
    const supervisor = await org.as('SUPERVISOR', { community });
    const people = await supervisor.query(document, { ...november, groupBy: 'PERSON' });
    expect(people.ticketFigures.groups).toMatchObject([{ key: null, label: '（未填）', volume: 2 }]);
    const foreign = await (await world.organisation()).community();
    for (const id of [foreign.id, 'nonsense'])
      expect(
        (await org.admin.query(document, { ...november, groupBy: 'KIND', community: id })).ticketFigures.total
          .volume,
      ).toBe(0);
  });

  test('refuse a period that is turned round or too long, and have nothing to say of an empty one', async () => {
    const org = await world.organisation();
    for (const to of ['2026-10-31', '2029-11-30']) {
      const { errors } = await org.admin.send(document, { ...november, to, groupBy: 'KIND' });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'PERIOD_OUT_OF_RANGE', rule: 'T-14' });
    }
    const { ticketFigures } = await org.admin.query(document, { ...november, groupBy: 'KIND' });
    expect(ticketFigures).toMatchObject({
      groups: [],
      total: { volume: 0, satisfaction: null, settleMedian: null },
    });
  });
});

test('calls are counted by how soon they were answered and settled (U-6)', async () => {
  const org = await world.organisation();
  const { id: community } = await org.community();
  clock.set('2026-11-23T02:00:00Z');
  const call = async (id: string, answered: number | null, ended: number) => {
    const base = { community, exchangeId: id };
    const at = (seconds: number) =>
      new Date(Date.parse('2026-11-23T01:00:00Z') + seconds * 1000).toISOString();
    await org.admin.mutate('callRecordRing', { ...base, at: at(0) }, 'callRecord { id }');
    if (answered !== null)
      await org.admin.mutate('callRecordAnswer', { ...base, at: at(answered) }, 'callRecord { id }');
    await org.admin.mutate('callRecordEnd', { ...base, at: at(ended) }, 'callRecord { id }');
  };
  await call('quick', 5, 65);
  await call('slow', 30, 30 + 300);
  await call('missed', null, 40);
  const { callFigures } = await org.admin.query(
    '{ callFigures(from: "2026-11-23", to: "2026-11-23") { inbound answered missed answeredInTimeRate endedInTimeRate talkMedian ticketed } }',
  );
  expect(callFigures).toEqual({
    ...{ inbound: 3, answered: 2, missed: 1, answeredInTimeRate: 33.3 },
    ...{ endedInTimeRate: 50, talkMedian: 180, ticketed: 0 },
  });
});
