import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accountOf,
  audit,
  feeFields,
  feeOf,
  issuedFee,
  pay,
  paymentFields,
} from '../../../test/fees/story.ts';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { runAs, systemViewer } from '../../platform/auth/system.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Unit } from '../units/index.ts';
import { chargeFee, deductDeposit, depositBalance, Fee, outstandingOf, refundDeposit } from './index.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const sql = async (text: string, values: unknown[] = []) =>
  (await world.app.db.owner.query(text, values)).rows;
const inside = <T>(org: TestOrganisation, work: (tx: Tx) => Promise<T>) =>
  runAs(world.app.db, systemViewer(org.uuid), systemClock, work);

describe('deposits for other domains (F-08, R-12)', () => {
  test('are charged, count as settled when paid, deducted and refunded, and never more than is held', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const charged = await inside(org, async (tx) => {
      const place = await tx.get(Unit, unit.id, 'unit');
      const deposit = await chargeFee(tx, {
        unit: place,
        kind: 'DEPOSIT_RENOVATION',
        amount: 200_000n,
        dueOn: '2026-12-01',
      });
      const rubbish = await chargeFee(tx, {
        unit: place,
        kind: 'RUBBISH_CLEARANCE',
        amount: 30_000n,
        dueOn: '2026-12-01',
      });
      expect(await outstandingOf(tx, [deposit.id, rubbish.id])).toEqual([200_000n, 30_000n]);
      expect(await depositBalance(tx, [deposit.id])).toEqual([0n]);
      return [deposit.id, rubbish.id];
    });
    const load = async (tx: Tx) => tx.em.findOneOrFail(Fee, { id: charged[0] as string });
    await expect(
      inside(org, async (tx) => refundDeposit(tx, { fee: await load(tx), reason: 'x' })),
    ).rejects.toMatchObject({ code: 'FEES_UNPAID' });
    await pay(org.admin, unit, 150_000);
    await pay(org.admin, unit, 90_000, { method: 'WECHAT' });
    expect(await accountOf(org.admin, unit)).toEqual({
      balance: -10_000,
      arrears: 0,
      prepaid: 10_000,
      depositsHeld: 200_000,
    });
    const penalty = await inside(org, async (tx) => {
      const { fee, deducted } = await deductDeposit(tx, {
        deposit: await load(tx),
        kind: 'PENALTY',
        amount: 50_000n,
        dueOn: '2026-12-31',
        reason: 'R-09 D',
      });
      expect(deducted).toBe(50_000n);
      return fee.id;
    });
    const { fees } = await org.admin.query(
      '{ fees(filter: { kind: { eq: PENALTY } }) { nodes { status paid allocations { nodes { kind amount payment { id } } } } } }',
    );
    expect(penalty).toBeTruthy();
    expect(fees.nodes).toEqual([
      {
        status: 'SETTLED',
        paid: 50_000,
        allocations: { nodes: [{ kind: 'DEDUCTION', amount: 50_000, payment: null }] },
      },
    ]);
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: -10_000, depositsHeld: 150_000 });
    await expect(
      inside(org, async (tx) => refundDeposit(tx, { fee: await load(tx), amount: 150_001n, reason: 'x' })),
    ).rejects.toMatchObject({ code: 'AMOUNT_EXCEEDED' });
    const refunded = await inside(org, async (tx) =>
      refundDeposit(tx, { fee: await load(tx), reason: '竣工验收合格' }),
    );
    expect(refunded).toBe(150_000n);
    expect(await accountOf(org.admin, unit)).toEqual({
      balance: -10_000,
      arrears: 0,
      prepaid: 10_000,
      depositsHeld: 0,
    });
    const { payments } = await org.admin.query(
      '{ payments(orderBy: { field: NUMBER, direction: ASC }) { nodes { status refunded } } }',
    );
    expect(payments.nodes).toEqual([
      { status: 'REFUNDED', refunded: 100_000 },
      { status: 'REFUNDED', refunded: 50_000 },
    ]);
    await audit(world, org);
  });

  test('a penalty above the deposit leaves the rest owed, and a deducted payment cannot be voided', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const deposit = await issuedFee(org.admin, unit, { kind: 'DEPOSIT_KEY', amount: 10_000 });
    const { payment } = await pay(org.admin, unit, 10_000);
    await inside(org, async (tx) => {
      const fee = await tx.em.findOneOrFail(Fee, { id: world.app.uuidOf(deposit.id) });
      expect(
        (
          await deductDeposit(tx, {
            deposit: fee,
            kind: 'DAMAGES',
            amount: 12_000n,
            dueOn: '2026-12-31',
            reason: '门锁损坏',
          })
        ).deducted,
      ).toBe(10_000n);
    });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 2_000, depositsHeld: 0 });
    expect(await feeOf(org.admin, deposit.id)).toMatchObject({ status: 'SETTLED', paid: 10_000, held: 0 });
    const voided = await org.admin.mutate(
      'paymentVoid',
      { id: payment.id, version: 1, reason: 'x' },
      paymentFields,
    );
    expect(voided.userErrors).toMatchObject([{ code: 'AMOUNT_EXCEEDED' }]);
    const refund = await org.admin.mutate(
      'paymentRefund',
      { id: payment.id, version: 1, amount: 1, reason: 'x' },
      paymentFields,
    );
    expect(refund.userErrors).toMatchObject([{ code: 'AMOUNT_EXCEEDED' }]);
    await audit(world, org);
  });

  test('a deposit is no income: it may be waived in part only while it is owed', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const deposit = await issuedFee(org.admin, unit, { kind: 'DEPOSIT_PASS', amount: 5_000 });
    await pay(org.admin, unit, 2_000);
    const { version } = await feeOf(org.admin, deposit.id);
    const waived = await org.admin.mutate('feeWaive', { id: deposit.id, version, reason: '减收' }, feeFields);
    expect(waived.fee).toMatchObject({ status: 'WAIVED', paid: 2_000, held: 2_000 });
    const back = await inside(org, async (tx) =>
      refundDeposit(tx, {
        fee: await tx.em.findOneOrFail(Fee, { id: world.app.uuidOf(deposit.id) }),
        reason: '退证',
      }),
    );
    expect(back).toBe(2_000n);
    const [income] = await sql(
      `select count(*)::int as n from ledger_account where organisation_id = $1 and type = 'REVENUE'`,
      [org.uuid],
    );
    expect(income.n).toBe(0);
    await audit(world, org);
  });
});
