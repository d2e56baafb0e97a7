import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, feeFields, feeOf, issuedFee, pay, paymentFields } from '../../../test/fees/story.ts';
import { startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map((error) => error.code);
const receiptOf = async (
  org: { admin: { query: (text: string, variables: object) => Promise<{ receipts: { nodes: object[] } }> } },
  number: string,
) =>
  (
    await org.admin.query(
      'query($number: String) { receipts(filter: { number: { eq: $number } }) { nodes { number status book serial amount } } }',
      { number },
    )
  ).receipts.nodes;

describe('voids (F-05)', () => {
  test('take a payment back with all its effects; the receipt is void and keeps its number', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const fee = await issuedFee(org.admin, unit);
    const { payment } = await pay(org.admin, unit, 12_000);
    const cashier = await org.as('CASHIER');
    expect(
      codes(
        await cashier.mutate('paymentVoid', { id: payment.id, version: 1, reason: '输错' }, paymentFields),
      ),
    ).toEqual(['FORBIDDEN']);
    const voided = await org.admin.mutate(
      'paymentVoid',
      { id: payment.id, version: 1, reason: '输错' },
      paymentFields,
    );
    expect(voided.payment).toMatchObject({ status: 'VOIDED', receiptNumber: payment.receiptNumber });
    expect(voided.payment.allocations.nodes.map((one: { amount: number }) => one.amount).sort()).toEqual([
      -10_000, 10_000,
    ]);
    expect(await receiptOf(org, payment.receiptNumber)).toMatchObject([
      { status: 'VOIDED', serial: 1, amount: 12_000 },
    ]);
    expect(await feeOf(org.admin, fee.id)).toMatchObject({ status: 'ISSUED', paid: 0, outstanding: 10_000 });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 10_000, prepaid: 0 });
    const next = await pay(org.admin, unit, 10_000);
    expect(await receiptOf(org, next.payment.receiptNumber)).toMatchObject([{ status: 'VALID', serial: 2 }]);
    expect(
      codes(
        await org.admin.mutate('paymentVoid', { id: payment.id, version: 2, reason: 'x' }, paymentFields),
      ),
    ).toEqual(['ILLEGAL_MOVE']);
  });

  test('are refused when the prepayment is spent, and a paid fee cannot be voided', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const { payment } = await pay(org.admin, unit, 10_000);
    const fee = await issuedFee(org.admin, unit);
    await pay(org.admin, unit, 4_000, { method: 'PREPAYMENT' });
    const spent = await org.admin.mutate(
      'paymentVoid',
      { id: payment.id, version: 1, reason: 'x' },
      paymentFields,
    );
    expect(spent).toMatchObject({
      payment: null,
      userErrors: [{ code: 'AMOUNT_EXCEEDED', message: '金额超出可用余额 60.00。' }],
    });
    const { version } = await feeOf(org.admin, fee.id);
    const paid = await org.admin.mutate('feeVoid', { id: fee.id, version, reason: 'x' }, feeFields);
    expect(paid.userErrors).toMatchObject([
      { code: 'FEE_PAID', rule: 'F-04', message: '该费用已有收款 40.00，请先作废或退还收款。' },
    ]);
    const waived = await org.admin.mutate('feeWaive', { id: fee.id, version, reason: '减免' }, feeFields);
    expect(waived.fee).toMatchObject({ status: 'WAIVED', paid: 4_000, outstanding: 0 });
  });
});

describe('refunds (F-05)', () => {
  test('never exceed what the payment brought; the prepayment goes first, then the newest debt is owed again', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const older = await issuedFee(org.admin, unit, { dueOn: '2026-02-28' });
    const newer = await issuedFee(org.admin, unit, { dueOn: '2026-03-31' });
    const { payment } = await pay(org.admin, unit, 22_000, { method: 'CARD' });
    const refund = (version: number, amount: number, fields: object = {}) =>
      org.admin.mutate(
        'paymentRefund',
        { id: payment.id, version, amount, reason: '多收', ...fields },
        paymentFields,
      );
    expect((await refund(1, 22_001)).userErrors).toMatchObject([
      { code: 'AMOUNT_EXCEEDED', message: '金额超出可用余额 220.00。' },
    ]);
    for (const amount of [0, -1]) expect(codes(await refund(1, amount))).toEqual(['VALIDATION']);
    expect((await refund(1, 5_000, { method: 'CASH' })).payment).toMatchObject({
      status: 'REFUNDED',
      refunded: 5_000,
      version: 2,
    });
    expect(await feeOf(org.admin, newer.id)).toMatchObject({
      status: 'ISSUED',
      outstanding: 3_000,
      paid: 7_000,
    });
    expect((await refund(2, 10_000, { fee: older.id })).payment).toMatchObject({ refunded: 15_000 });
    expect(await feeOf(org.admin, older.id)).toMatchObject({
      status: 'ISSUED',
      outstanding: 10_000,
      paid: 0,
    });
    expect(codes(await refund(3, 1, { fee: older.id }))).toEqual(['AMOUNT_EXCEEDED']);
    expect(codes(await refund(3, 7_001))).toEqual(['AMOUNT_EXCEEDED']);
    expect(codes(await refund(2, 1))).toEqual(['CONFLICT']);
    expect((await refund(3, 7_000)).payment).toMatchObject({ refunded: 22_000 });
    const { payment: told } = await org.admin.query(
      'query($id: ID!) { payment(id: $id) { history { nodes { type reason } } } }',
      { id: payment.id },
    );
    expect(told.history.nodes.filter((one: { type: string }) => one.type === 'payment.refund')).toHaveLength(
      3,
    );
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 20_000, prepaid: 0 });
    expect(
      codes(
        await org.admin.mutate('paymentVoid', { id: payment.id, version: 4, reason: 'x' }, paymentFields),
      ),
    ).toEqual(['ILLEGAL_MOVE']);
  });

  test('of a prepayment that was used go back to the prepayment', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    await pay(org.admin, unit, 10_000);
    await issuedFee(org.admin, unit);
    const { payment } = await pay(org.admin, unit, 10_000, { method: 'PREPAYMENT' });
    const refund = (fields: object) =>
      org.admin.mutate(
        'paymentRefund',
        { id: payment.id, version: 1, amount: 2_000, reason: '误抵', ...fields },
        paymentFields,
      );
    expect((await refund({ method: 'CASH' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['method'] },
    ]);
    expect((await refund({})).payment).toMatchObject({ refunded: 2_000 });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 0, prepaid: 2_000 });
  });
});
