import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keyOf, staffLoan } from '../../src/domains/keys/keys.seed.ts';
import { crew, ordinaryPapers, works } from '../../src/domains/permits/permits.seed.ts';
import { TestClock } from '../../src/platform/clock.ts';
import { feeOf, issuedFee } from '../fees/story.ts';
import { type Client, startWorld, type TestOrganisation, type World } from '../harness/world.ts';

const clock = new TestClock();
let world: World;
let org: TestOrganisation;
let community: string;
let building: string;
let manager: Client;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' }, clock);
});
afterAll(() => world.close());
beforeEach(async () => {
  clock.set('2026-03-02T01:00:00.000Z'); // Monday 09:00 in Shanghai
  org = await world.organisation();
  ({
    id: building,
    community: { id: community },
  } = await org.building());
  manager = await org.as('MANAGER', { community });
});

/** A new version from now on; what begins a second later is under it. */
async function decide(numbers: object, by = manager) {
  const answer = await by.mutate('policyCreate', { community, ...numbers }, 'policy { id }');
  clock.travel(1_000);
  return answer;
}
const agreed = async (numbers: object): Promise<void> =>
  expect((await decide(numbers)).userErrors).toEqual([]);
const hence = (hours: number): string => new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
const read = async (field: string, id: string, selection: string) =>
  (await manager.query(`query($id: ID!) { ${field}(id: $id) { ${selection} } }`, { id }))[field];

describe('what began under a version keeps its numbers, what begins afterwards has the new ones (P-1)', () => {
  test('calls: rings to the answer, minutes to the end (U-6)', async () => {
    const ring = async (exchangeId: string) => {
      const { callRecord } = await org.admin.mutate(
        'callRecordRing',
        { community, exchangeId, phone: '13800000000' },
        'callRecord { id ringTarget settleTarget }',
      );
      return callRecord;
    };
    const before = await ring('A');
    expect(before).toMatchObject({ ringTarget: 3, settleTarget: 180 });
    await agreed({ answerRings: 5, callMinutes: 2 });
    expect(await ring('B')).toMatchObject({ ringTarget: 5, settleTarget: 120 });
    expect(await read('callRecord', before.id, 'id ringTarget settleTarget')).toEqual(before);
  });

  test('notices: hours ahead of a planned outage (H-8)', async () => {
    const outage = { kind: 'POWER', title: '计划停电', content: '配电房检修' };
    const publish = async () => {
      const input = { community, ...outage, startsAt: hence(48), endsAt: hence(50) };
      const { notice } = await manager.mutate('noticeCreate', input, 'notice { id version }');
      return manager.mutate('noticePublish', notice, 'notice { id late leadHours }');
    };
    const before = await publish();
    expect(before.notice).toMatchObject({ late: false, leadHours: 24 });
    await agreed({ noticeHours: 72 });
    const late = await publish();
    expect(late.userErrors).toMatchObject([{ code: 'NOTICE_TOO_LATE', rule: 'H-8' }]);
    expect(late.userErrors[0].message).toContain('72');
    expect(await read('notice', before.notice.id, 'id late leadHours')).toEqual(before.notice);
  });

  test('fees: the days of the dunning (F-07)', async () => {
    const unit = await org.unit({ building });
    const issued = () => issuedFee(org.admin, unit, { dueOn: '2026-03-05' });
    const stepOf = async ({ id }: { id: string }) =>
      (await org.admin.query('query($id: ID!) { fee(id: $id) { dunningStep policy { id } } }', { id })).fee;
    const before = await issued();
    const { policy } = await stepOf(before);
    await agreed({ reminderDays: 10, dunningNoticeDays: 12 });
    const after = await issued();
    clock.set('2026-03-06T01:00:00.000Z');
    await world.runJob('fee.dun');
    expect([(await stepOf(before)).dunningStep, (await stepOf(after)).dunningStep]).toEqual([
      'REMINDER',
      'NONE',
    ]);
    clock.set('2026-03-15T01:00:00.000Z');
    await world.runJob('fee.dun');
    expect((await stepOf(after)).dunningStep).toBe('REMINDER');
    clock.set('2026-03-17T01:00:00.000Z');
    await world.runJob('fee.dun');
    expect((await stepOf(after)).dunningStep).toBe('NOTICE');
    expect(await stepOf(before)).toMatchObject({ dunningStep: 'REMINDER', policy });
    expect((await feeOf(org.admin, before.id)).version).toBe(before.version);
  });

  test('permits: the area from which the fire authority is asked, and who may work (R-01, R-02)', async () => {
    const people = await crew(org);
    const apply = async () => {
      const unit = await org.unit({ building, area: '150.00' });
      const input = { unit: unit.id, applicantName: '业主', ...works };
      const papers = { papers: ordinaryPapers, contractorGrade: 3 };
      const { renovationPermit, userErrors } = await org.admin.mutate(
        'renovationPermitCreate',
        { ...input, ...papers },
        'renovationPermit { id version missingPapers }',
      );
      expect(userErrors).toEqual([]);
      return renovationPermit;
    };
    const approve = async (permit: { id: string; version: number; missingPapers: string[] }) => {
      const papers = [...ordinaryPapers, ...permit.missingPapers];
      const { id, version } = permit;
      const update = { id, version, papers };
      const brought = await org.admin.mutate(
        'renovationPermitUpdate',
        update,
        'renovationPermit { id version }',
      );
      const { renovationPermit } = await people.desk.mutate(
        'renovationPermitStartReview',
        { id, version: brought.renovationPermit.version },
        'renovationPermit { id version }',
      );
      const approval = { ...renovationPermit, comments: '图纸符合要求' };
      return (
        await people.engineer.mutate('renovationPermitApprove', approval, 'renovationPermit { status }')
      ).userErrors;
    };
    const before = await apply();
    await agreed({ fireReceiptArea: 100, worstGrade: 3 });
    const after = await apply();
    expect([before.missingPapers, after.missingPapers]).toEqual([[], ['FIRE_RECEIPT']]);
    expect(await read('renovationPermit', before.id, 'missingPapers')).toEqual({ missingPapers: [] });
    expect(await approve(before)).toMatchObject([{ code: 'CONTRACTOR_UNQUALIFIED', rule: 'R-01' }]);
    expect(await approve(after)).toEqual([]);
  });

  test('keys: the end of the shift and the steps after it (K-3, K-4)', async () => {
    const lend = async () => {
      const { copy } = await keyOf(org, { community });
      return (
        await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, 'keyLoan { id dueAt overdueStep }')
      ).keyLoan;
    };
    const before = await lend();
    await agreed({
      ...{ shiftEndHour: 18, shiftEndMinute: 30 },
      ...{ keyReminderMinutes: 10, keyStewardMinutes: 20, keySupervisorMinutes: 25 },
    });
    const after = await lend();
    expect([before.dueAt, after.dueAt]).toEqual(['2026-03-02T09:50:00.000Z', '2026-03-02T10:30:00.000Z']);
    const steps = async (time: string) => {
      clock.set(`2026-03-02T${time}+08:00`);
      await world.runJob('keyLoan.overdue');
      return Promise.all(
        [before, after].map(async ({ id }) => (await read('keyLoan', id, 'overdueStep')).overdueStep),
      );
    };
    expect(await steps('18:19:59')).toEqual(['REMINDED', 'NONE']);
    expect(await steps('18:39:59')).toEqual(['STEWARD', 'NONE']);
    expect(await steps('18:40:00')).toEqual(['STEWARD', 'REMINDED']);
    expect(await steps('18:55:00')).toEqual(['STEWARD', 'SUPERVISOR']);
    expect(await steps('19:50:00')).toEqual(['SUPERVISOR', 'SUPERVISOR']);
  });

  test('months: the day of the figures and the share to aim at; no day is lost between two months (T-12, T-14)', async () => {
    const unit = await org.unit({ building });
    await manager.mutate('ticketCreate', { unit: unit.id, kind: 'HELP', title: '开锁' }, 'ticket { id }');
    const months = async () => {
      await world.runJob('report.freeze');
      const { monthlyReports } = await manager.query(
        `query($id: ID!) { monthlyReports(filter: { community: { eq: $id } }, orderBy: { field: MONTH, direction: ASC }) {
           nodes { month from to tickets(groupBy: KIND) { satisfactionTarget } } } }`,
        { id: community },
      );
      return monthlyReports.nodes;
    };
    clock.set('2026-03-28T01:00:00.000Z');
    const march = {
      ...{ month: '2026-03', from: '2026-02-28', to: '2026-03-27' },
      tickets: { satisfactionTarget: 90 },
    };
    expect(await months()).toEqual([march]);
    await agreed({ reportDay: 20, satisfactionPercent: 95 });
    clock.set('2026-04-19T01:00:00.000Z');
    expect(await months()).toEqual([march]);
    clock.set('2026-04-20T01:00:00.000Z');
    const april = {
      ...{ month: '2026-04', from: '2026-03-28', to: '2026-04-19' },
      tickets: { satisfactionTarget: 95 },
    };
    expect(await months()).toEqual([march, april]);
  });
});

test('steps that would come before the one before them are refused, in both languages and by the database (F-07, K-4)', async () => {
  const english = await org.as('MANAGER', { community, locale: 'en' });
  const dunning = { dunningCallDays: 60 };
  const keys = { keyStewardMinutes: 0 };
  for (const [by, numbers, field, rule, words] of [
    [manager, dunning, 'dunningVisitDays', 'F-07', '上门催缴'],
    [english, dunning, 'dunningVisitDays', 'F-07', 'Visit after'],
    [english, keys, 'keyStewardMinutes', 'K-4', 'must be larger than'],
  ] as const) {
    const { userErrors } = await decide(numbers, by);
    expect(userErrors).toMatchObject([{ code: 'POLICY_STEPS', field: [field], rule }]);
    expect(userErrors[0].message).toContain(words);
  }
  for (const [column, constraint] of [
    ['dunning_call_days', 'policy_dunning_steps'],
    ['key_supervisor_minutes', 'policy_key_steps'],
  ])
    await expect(
      world.app.db.owner.query(`update policy set ${column} = 5 where community_id = $1`, [
        world.app.uuidOf(community),
      ]),
    ).rejects.toThrow(constraint);
});
