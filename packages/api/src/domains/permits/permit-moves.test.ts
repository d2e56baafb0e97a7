import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, startWorld, type World } from '../../../test/harness/world.ts';
import {
  apply,
  collected,
  crew,
  did,
  monday,
  type Permit,
  permitFields,
  refused,
  signed,
  TickingClock,
  walkTo,
} from './permits.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, new TickingClock(monday));
});
afterAll(() => world.close());

const now = async (by: Client, { id }: Permit): Promise<Permit> =>
  (
    await by.query(
      `query($id: ID!) { ${permitFields.replace('renovationPermit {', 'renovationPermit(id: $id) {')} }`,
      { id },
    )
  ).renovationPermit;
const blocked = (permit: Permit, action: string) =>
  permit.availableActions.find((one) => one.action === action);
const codes = (answers: { userErrors: { code: string }[] }[]) =>
  answers.flatMap((answer) => answer.userErrors.map((error) => error.code));

describe('fees of a permit', () => {
  test('an amount typed wrong is voided and charged again; what stands is not charged twice', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const permit = await walkTo(people, await apply(org), 'FEES_DUE');
    const again = { deposit: 300_000, rubbish: 99_999 };
    expect(await refused(people.cashier, 'ChargeFees', permit, again)).toMatchObject({
      code: 'FEES_CHARGED',
      rule: 'R-04',
    });
    expect(blocked(await now(people.cashier, permit), 'chargeFees')).toMatchObject({
      allowed: false,
      code: 'FEES_CHARGED',
    });
    const { id, version } = permit.depositFee ?? { id: '', version: 0 };
    const voided = await people.manager.mutate(
      'feeVoid',
      { id, version, reason: '金额有误' },
      'fee { status }',
    );
    expect(voided).toMatchObject({ fee: { status: 'VOIDED' } });
    const charged = await did(people.cashier, 'ChargeFees', permit, again);
    expect(charged).toMatchObject({
      status: 'FEES_DUE',
      depositFee: { status: 'ISSUED', amount: 300_000 },
      rubbishFee: { id: permit.rubbishFee?.id, amount: 30_000 },
    });
  });

  test('a deposit that was handed back meanwhile is no deposit: no signature, no permit', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const permit = await walkTo(people, await apply(org), 'SIGNED');
    await handBack(people.manager, permit);
    expect(await refused(people.desk, 'Issue', permit)).toMatchObject({ code: 'FEES_UNPAID', rule: 'R-04' });
    const charged = await did(people.cashier, 'ChargeFees', permit, { deposit: 100_000, rubbish: 1 });
    await collected(people.cashier, charged.depositFee);
    expect(await did(people.desk, 'Issue', charged)).toMatchObject({ status: 'ISSUED' });
  });

  test('giving up voids what was charged and never paid', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const permit = await walkTo(people, await apply(org), 'FEES_DUE');
    const silent = await refused(people.desk, 'Cancel', permit, { reason: ' ' });
    expect(silent).toMatchObject({ code: 'VALIDATION', field: ['reason'] });
    const cancelled = await did(people.desk, 'Cancel', permit, { reason: '业主改期' });
    expect(cancelled).toMatchObject({
      status: 'CANCELLED',
      depositFee: { status: 'VOIDED' },
      rubbishFee: { status: 'VOIDED' },
    });
    const { unit } = await people.desk.query('query($id: ID!) { unit(id: $id) { balance } }', {
      id: permit.unit.id,
    });
    expect(unit.balance).toBe(0);
  });

  test('giving up is refused while money is held, and says what to do', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const permit = await walkTo(people, await apply(org), 'FEES_DUE');
    await collected(people.cashier, permit.depositFee);
    const message = '该费用已有收款 5000.00，请先作废或退还收款。';
    expect(await refused(people.desk, 'Cancel', permit, { reason: '改期' })).toMatchObject({
      code: 'FEE_PAID',
      rule: 'F-08',
      message,
    });
    expect(blocked(await now(people.desk, permit), 'cancel')).toMatchObject({
      allowed: false,
      code: 'FEE_PAID',
      reason: message,
    });
    await handBack(people.manager, permit);
    const cancelled = await did(people.desk, 'Cancel', permit, { reason: '改期' });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', rubbishFee: { status: 'VOIDED' } });
  });
});

/** The money of the deposit goes back to the payer by the fees' own refund. */
async function handBack(manager: Client, permit: Permit): Promise<void> {
  const { payments } = await manager.query(
    'query($unit: ID!) { payments(filter: { unit: { eq: $unit }, amount: { eq: 500000 } }) { nodes { id version } } }',
    { unit: permit.unit.id },
  );
  const answer = await manager.mutate(
    'paymentRefund',
    { ...payments.nodes[0], amount: 500_000, reason: '退还' },
    'payment { status }',
  );
  expect(answer).toMatchObject({ payment: { status: 'REFUNDED' }, userErrors: [] });
}

describe('the works', () => {
  test('are stopped and resumed with a reason; only heads resume or revoke (R-09)', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const permit = await walkTo(people, await apply(org), 'ISSUED');
    const stopped = await did(people.guard, 'Suspend', permit, { reason: '夜间施工' });
    expect(await refused(people.guard, 'Resume', stopped)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refused(people.desk, 'RequestCompletion', stopped)).toMatchObject({
      code: 'ILLEGAL_MOVE',
      rule: 'R-12',
      message: '当前状态“停工”下不能“申请验收”。',
    });
    const going = await did(people.manager, 'Resume', stopped);
    expect(await refused(people.desk, 'Revoke', going, { reason: '拆承重墙' })).toMatchObject({
      code: 'FORBIDDEN',
    });
    const revoked = await did(people.manager, 'Revoke', going, { reason: '拆承重墙' });
    expect(revoked).toMatchObject({ status: 'REVOKED', unit: { underRenovation: true } });
    const { renovationPermit } = await people.desk.query(
      'query($id: ID!) { renovationPermit(id: $id) { history { nodes { type reason } } } }',
      { id: permit.id },
    );
    expect(renovationPermit.history.nodes).toEqual(
      expect.arrayContaining([
        { type: 'renovationPermit.suspend', reason: '夜间施工' },
        { type: 'renovationPermit.revoke', reason: '拆承重墙' },
      ]),
    );
  });

  test('of a revoked permit are inspected all the same, and the deposit goes back', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const issued = await walkTo(people, await apply(org), 'ISSUED');
    const revoked = await did(people.manager, 'Revoke', issued, { reason: '停止装修' });
    const inspected = await signed(
      people,
      'SignCompletion',
      await did(people.desk, 'RequestCompletion', revoked),
    );
    const completed = await did(people.boss, 'Complete', inspected);
    const closed = await did(people.cashier, 'Refund', completed, {
      deduction: 500_000,
      method: 'CASH',
      reason: '恢复原状',
    });
    expect(closed).toMatchObject({ status: 'CLOSED', depositFee: { held: 0 } });
    const { payments } = await people.cashier.query('{ payments { nodes { refunded } } }');
    expect(payments.nodes.every((payment: { refunded: number }) => payment.refunded === 0)).toBe(true);
  });
});

describe('at the same moment', () => {
  test('of 50 signatures of one department exactly one counts; the others see the current state', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const { id, version } = await walkTo(people, await apply(org), 'PAID');
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        people.engineer.mutate(
          'renovationPermitSign',
          { id, version, department: 'ENGINEERING' },
          permitFields,
        ),
      ),
    );
    expect(codes(answers)).toEqual(Array(49).fill('CONFLICT'));
    const late = answers.find((answer) => answer.userErrors.length > 0);
    expect(late.renovationPermit).toMatchObject({ id, version: version + 1 });
    const copy = world.app.db.owner.query(
      `insert into permit_signature select (s).* from (select jsonb_populate_record(r, jsonb_build_object('id', uuidv7())) s
       from permit_signature r where r.permit_id = $1) x`,
      [world.app.uuidOf(id)],
    );
    await expect(copy).rejects.toMatchObject({ constraint: 'permit_signature_once' });
  });

  test('three departments that sign at once and try again after a conflict end with three signatures', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const permit = await walkTo(people, await apply(org), 'PAID');
    const persistently = async (by: Client, department: string): Promise<void> => {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const { version } = await now(by, permit);
        const { userErrors } = await by.mutate(
          'renovationPermitSign',
          { id: permit.id, version, department },
          permitFields,
        );
        if (userErrors.length === 0) return;
        expect(userErrors).toMatchObject([{ code: 'CONFLICT' }]);
      }
      throw new Error(`${department} never got its signature in`);
    };
    await Promise.all([
      persistently(people.desk, 'CUSTOMER_SERVICE'),
      persistently(people.engineer, 'ENGINEERING'),
      persistently(people.guard, 'SECURITY'),
    ]);
    const done = await now(people.engineer, permit);
    expect(done.version).toBe(permit.version + 3);
    expect(blocked(done, 'sign')).toMatchObject({ allowed: false, code: 'ALREADY_SIGNED' });
    expect(await did(people.desk, 'Issue', done)).toMatchObject({ status: 'ISSUED' });
  });

  test('of 50 refunds exactly one pays, and the cash is short by one deposit, not by two', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const { id, version, unit } = await walkTo(people, await apply(org), 'COMPLETED');
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        people.cashier.mutate(
          'renovationPermitRefund',
          { id, version, deduction: 0, method: 'CASH' },
          permitFields,
        ),
      ),
    );
    expect(codes(answers)).toEqual(Array(49).fill('CONFLICT'));
    const data = await people.cashier.query(
      'query($unit: ID!) { unit(id: $unit) { balance depositsHeld } payments { nodes { refunded } } }',
      { unit: unit.id },
    );
    expect(data.unit).toEqual({ balance: 0, depositsHeld: 0 });
    expect(data.payments.nodes.map((payment: { refunded: number }) => payment.refunded).sort()).toEqual([
      0, 500_000,
    ]);
  });

  test('a refund of the permit and one of the payment never hand the deposit out twice', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    for (let round = 0; round < 2; round += 1) {
      const permit = await walkTo(people, await apply(org), 'COMPLETED');
      const { payments } = await people.manager.query(
        'query($unit: ID!) { payments(filter: { unit: { eq: $unit }, amount: { eq: 500000 } }) { nodes { id version } } }',
        { unit: permit.unit.id },
      );
      const { id, version } = permit;
      await Promise.all([
        people.cashier.mutate(
          'renovationPermitRefund',
          { id, version, deduction: 0, method: 'CASH' },
          permitFields,
        ),
        people.manager.mutate(
          'paymentRefund',
          { ...payments.nodes[0], amount: 500_000, reason: '退还' },
          'payment { id }',
        ),
      ]);
      const { payment } = await people.manager.query('query($id: ID!) { payment(id: $id) { refunded } }', {
        id: payments.nodes[0].id,
      });
      expect(payment.refunded).toBe(500_000);
    }
  });
});
