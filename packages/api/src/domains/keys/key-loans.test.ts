import { lifecycleFaults } from '@desk/schema';
import { keyLifecycle, keyLoanLifecycle } from '@desk/schema/keys/lifecycle';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';
import { keyOf, loanFields, morning, ownedUnit, resident, staffLoan } from './keys.seed.ts';

const clock = new TestClock(morning);
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());
beforeEach(() => clock.set(morning));

describe('a loan', () => {
  test('of 50 clerks who lend the same copy at once exactly one succeeds (K-3)', async () => {
    const org = await world.organisation();
    const { copy } = await keyOf(org, { copies: 2 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields)),
    );
    const lent = answers.filter((answer) => answer.userErrors.length === 0);
    expect(lent).toHaveLength(1);
    expect(lent[0].keyLoan.copy).toMatchObject({ id: copy, state: 'OUT' });
    expect(answers.flatMap((answer) => answer.userErrors.map((e: { code: string }) => e.code))).toEqual(
      Array(49).fill('KEY_OUT'),
    );
    const { keyLoans } = await org.admin.query(
      '{ keyLoans(filter: { status: { eq: OUT } }) { totalCount } }',
    );
    expect(keyLoans.totalCount).toBe(1);
  });

  test('even a program that asks nobody cannot lend a copy twice: the database refuses the second row', async () => {
    const org = await world.organisation();
    const { copy } = await keyOf(org);
    const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    const again = world.app.db.owner.query(
      `insert into key_loan (organisation_id, id, version, created_at, updated_at, community_id, building_id, key_id, copy_id, label,
         borrower_kind, borrower_name, verification, verified_by, purpose, status, due_at)
       select organisation_id, uuidv7(), 1, created_at, updated_at, community_id, building_id, key_id, copy_id, label,
         borrower_kind, borrower_name, verification, verified_by, purpose, status, due_at from key_loan where id = $1`,
      [world.app.uuidOf(keyLoan.id)],
    );
    await expect(again).rejects.toMatchObject({ constraint: 'key_loan_copy_out' });
  });

  test('without a verified identity there is no loan (K-2)', async () => {
    const org = await world.organisation();
    const { copy } = await keyOf(org);
    const answer = await org.admin.mutate(
      'keyLoanCreate',
      { copy, borrowerKind: 'STAFF', borrowerName: '王师傅', purpose: '检修' },
      loanFields,
    );
    expect(answer).toMatchObject({
      keyLoan: null,
      userErrors: [{ code: 'IDENTITY_UNVERIFIED', field: ['verification'], rule: 'K-2' }],
    });
  });

  test('the owner borrows the key of the unit; anybody else needs the owner’s recorded consent (K-2)', async () => {
    const org = await world.organisation();
    const { owner, tenant, key, unit } = await ownedUnit(org);
    const clerk = await org.as('FRONT_DESK', { locale: 'en' });
    const lend = (fields: object) =>
      clerk.mutate(
        'keyLoanCreate',
        { copy: key.copy, verification: 'ID_CARD', purpose: '取物', ...fields },
        loanFields,
      );
    const refused = [
      await lend({ borrowerKind: 'RESIDENT', resident: tenant.id }),
      await lend({ borrowerKind: 'CONTRACTOR', borrowerName: '装修公司' }),
      await lend({ borrowerKind: 'STAFF', borrowerName: '王师傅' }),
    ];
    for (const answer of refused)
      expect(answer).toMatchObject({
        keyLoan: null,
        userErrors: [
          {
            code: 'CONSENT_REQUIRED',
            field: ['consentBy'],
            rule: 'K-2',
            message: "The borrower is not the owner: the owner's consent must be recorded first.",
          },
        ],
      });
    const half = await lend({ borrowerKind: 'RESIDENT', resident: tenant.id, consentBy: owner.name });
    expect(half.userErrors).toMatchObject([{ code: 'REQUIRED', field: ['consentWay'] }]);
    const consented = await lend({
      borrowerKind: 'RESIDENT',
      resident: tenant.id,
      consentBy: owner.name,
      consentWay: 'PHONE',
    });
    expect(consented.keyLoan).toMatchObject({
      status: 'OUT',
      borrowerName: tenant.name,
      borrowerPhone: '138****5678',
      consentBy: owner.name,
      consentWay: 'PHONE',
    });
    const { id, version } = consented.keyLoan;
    await clerk.mutate('keyLoanReturn', { id, version }, loanFields);
    const own = await lend({ borrowerKind: 'RESIDENT', resident: owner.id });
    expect(own).toMatchObject({ keyLoan: { status: 'OUT', consentBy: null }, userErrors: [] });
    const data = await clerk.query(
      'query($unit: ID!, $owner: ID!) { unit(id: $unit) { keys { totalCount } keyLoans { totalCount } } resident(id: $owner) { keyLoans { nodes { id } } } }',
      { unit: unit.id, owner: owner.id },
    );
    expect(data).toEqual({
      unit: { keys: { totalCount: 1 }, keyLoans: { totalCount: 2 } },
      resident: { keyLoans: { nodes: [{ id: own.keyLoan.id }] } },
    });
  });

  test('a unit without an owner on file: staff may inspect it, nobody else gets in without consent', async () => {
    const org = await world.organisation();
    const { copy } = await keyOf(org, { unit: (await org.unit()).id });
    const stranger = {
      copy,
      borrowerKind: 'OTHER',
      borrowerName: '中介',
      verification: 'ID_CARD',
      purpose: '看房',
    };
    const refused = await org.admin.mutate('keyLoanCreate', stranger, loanFields);
    expect(refused.userErrors).toMatchObject([{ code: 'CONSENT_REQUIRED' }]);
    const staff = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    expect(staff.userErrors).toEqual([]);
  });

  test('an owner’s name lends no key to somebody else', async () => {
    const org = await world.organisation();
    const { owner, key } = await ownedUnit(org);
    const pretended = { copy: key.copy, verification: 'ID_CARD', purpose: '取物', resident: owner.id };
    const answers = [
      await org.admin.mutate(
        'keyLoanCreate',
        { ...pretended, borrowerKind: 'CONTRACTOR', borrowerName: '装修公司' },
        loanFields,
      ),
      await org.admin.mutate(
        'keyLoanCreate',
        { ...pretended, borrowerKind: 'RESIDENT', borrowerName: '另一个人' },
        loanFields,
      ),
      await org.admin.mutate(
        'keyLoanCreate',
        { copy: key.copy, verification: 'ID_CARD', purpose: '取物', borrowerKind: 'RESIDENT' },
        loanFields,
      ),
    ];
    expect(answers.map((answer) => [answer.userErrors[0].code, ...answer.userErrors[0].field])).toEqual([
      ['VALIDATION', 'resident'],
      ['VALIDATION', 'borrowerName'],
      ['REQUIRED', 'resident'],
    ]);
    const elsewhere = await resident(org, (await org.community()).id);
    const foreign = await org.admin.mutate(
      'keyLoanCreate',
      { ...pretended, borrowerKind: 'RESIDENT', resident: elsewhere.id },
      loanFields,
    );
    expect(foreign.userErrors).toMatchObject([{ code: 'PLACE_MISMATCH', field: ['resident'] }]);
  });

  test('staff keys are due at the end of the shift in the community’s zone (K-3)', async () => {
    const org = await world.organisation();
    const due = async (now: string, timeZone: string) => {
      clock.set(now);
      const { copy } = await keyOf(org, { community: (await org.community({ timeZone })).id });
      const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
      return keyLoan.dueAt;
    };
    expect(await due('2026-03-02T01:00:00Z', 'Asia/Shanghai')).toBe('2026-03-02T09:50:00.000Z');
    expect(await due('2026-03-02T09:50:00Z', 'Asia/Shanghai')).toBe('2026-03-03T09:50:00.000Z');
    // The day on which clocks in Berlin go forward: 17:50 is 15:50 UTC, not 16:50.
    expect(await due('2026-03-28T20:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T15:50:00.000Z');
  });

  test('what is not back when it is due is overdue, until it is extended or returned (K-4)', async () => {
    const org = await world.organisation();
    const { copy } = await keyOf(org);
    const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    expect(keyLoan).toMatchObject({ overdue: false, dueAt: '2026-03-02T09:50:00.000Z' });
    clock.set('2026-03-02T09:50:00.001Z');
    const overdue = '{ keyLoans { nodes { overdue } } }';
    expect((await org.admin.query(overdue)).keyLoans.nodes).toEqual([{ overdue: true }]);
    const extend = (fields: object) =>
      org.admin.mutate('keyLoanExtend', { id: keyLoan.id, version: keyLoan.version, ...fields }, loanFields);
    const past = await extend({ dueAt: '2026-03-02T09:50:00Z', reason: '未完工' });
    expect(past.userErrors).toMatchObject([{ code: 'DUE_OUT_OF_RANGE', field: ['dueAt'], rule: 'K-2' }]);
    const far = await extend({ dueAt: '2026-05-02T09:50:00Z', reason: '未完工' });
    expect(far.userErrors).toMatchObject([{ code: 'DUE_OUT_OF_RANGE' }]);
    const silent = await extend({ dueAt: '2026-03-03T09:50:00Z', reason: ' ' });
    expect(silent.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['reason'] }]);
    const extended = await extend({ dueAt: '2026-03-03T09:50:00Z', reason: '未完工' });
    expect(extended).toMatchObject({ keyLoan: { overdue: false, status: 'OUT' }, userErrors: [] });
    clock.set('2026-03-04T01:00:00Z');
    const { id, version } = extended.keyLoan;
    const back = await org.admin.mutate('keyLoanReturn', { id, version }, loanFields);
    expect(back.keyLoan).toMatchObject({
      status: 'RETURNED',
      overdue: false,
      returnedAt: '2026-03-04T01:00:00.000Z',
      copy: { state: 'ON_BOARD' },
    });
    const again = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    expect(again.userErrors).toEqual([]);
  });

  test('a lost copy never comes back to the board and is not lent again (K-4)', async () => {
    const org = await world.organisation();
    const { copy, id: key } = await keyOf(org);
    const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    const lost = await org.admin.mutate(
      'keyLoanReportLost',
      { id: keyLoan.id, version: keyLoan.version, reason: '掉进下水道' },
      loanFields,
    );
    expect(lost.keyLoan).toMatchObject({ status: 'LOST', returnedAt: null, copy: { state: 'LOST' } });
    const again = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    expect(again.userErrors).toMatchObject([{ code: 'KEY_LOST', rule: 'K-4' }]);
    const data = await org.admin.query(
      'query($key: ID!, $copy: ID!) { key(id: $key) { copies } keyCopy(id: $copy) { history { nodes { type reason } } } }',
      { key, copy },
    );
    expect(data.key.copies).toBe(0);
    expect(data.keyCopy.history.nodes.map((entry: { type: string }) => entry.type)).toContain(
      'keyCopy.reportLost',
    );
  });

  test('of 50 clerks who check in the same loan exactly one does; the others see what happened', async () => {
    const org = await world.organisation();
    const { copy } = await keyOf(org);
    const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    const { id, version } = keyLoan;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => org.admin.mutate('keyLoanReturn', { id, version }, loanFields)),
    );
    expect(answers.filter((answer) => answer.userErrors.length === 0)).toHaveLength(1);
    const late = answers.filter((answer) => answer.userErrors[0]?.code === 'CONFLICT');
    expect(late).toHaveLength(49);
    expect(late.every((answer) => answer.keyLoan.status === 'RETURNED')).toBe(true);
  });

  test('the life cycle allows its moves only and names state and rule in both languages', async () => {
    expect(lifecycleFaults(keyLifecycle)).toEqual([]);
    expect(lifecycleFaults(keyLoanLifecycle)).toEqual([]);
    const org = await world.organisation();
    const { copy } = await keyOf(org);
    const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    const back = await org.admin.mutate(
      'keyLoanReturn',
      { id: keyLoan.id, version: keyLoan.version },
      loanFields,
    );
    const { id, version } = back.keyLoan;
    const english = await org.as('FRONT_DESK', { locale: 'en' });
    for (const [client, message] of [
      [org.admin, '当前状态“已归还”下不能“归还”。'],
      [english, 'In state "Returned" it is not possible to "Return".'],
    ] as const)
      expect(await client.mutate('keyLoanReturn', { id, version }, loanFields)).toMatchObject({
        keyLoan: null,
        userErrors: [{ code: 'ILLEGAL_MOVE', rule: 'K-3', message }],
      });
    expect(back.keyLoan.availableActions.every((one: { allowed: boolean }) => !one.allowed)).toBe(true);
  });
});
