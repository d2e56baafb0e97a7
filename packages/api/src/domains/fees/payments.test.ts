import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, feeFields, feeOf, issuedFee, pay, paymentFields } from '../../../test/fees/story.ts';
import { startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map((error) => error.code);
describe('payments (F-05)', () => {
  test('pay the oldest debt first, in part if need be, and keep what is left over as prepayment', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const later = await issuedFee(org.admin, unit, { dueOn: '2026-03-31' });
    const older = await issuedFee(org.admin, unit, { dueOn: '2026-02-28' });
    const first = await pay(org.admin, unit, 14_000);
    expect(first.payment).toMatchObject({
      status: 'POSTED',
      receiptNumber: expect.stringMatching(/^SJ-\d{4}-000001$/),
    });
    expect(first.payment.allocations.nodes).toHaveLength(2);
    expect([await feeOf(org.admin, older.id), await feeOf(org.admin, later.id)]).toMatchObject([
      { status: 'SETTLED', paid: 10_000, outstanding: 0 },
      { status: 'ISSUED', paid: 4_000, outstanding: 6_000 },
    ]);
    await pay(org.admin, unit, 7_500);
    expect(await feeOf(org.admin, later.id)).toMatchObject({ status: 'SETTLED' });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: -1_500, prepaid: 1_500 });
  });

  test('go where they are told', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const older = await issuedFee(org.admin, unit, { dueOn: '2026-02-28' });
    const later = await issuedFee(org.admin, unit, { dueOn: '2026-03-31' });
    const { payment } = await pay(org.admin, unit, 9_000, {
      allocations: [{ fee: later.id, amount: 8_000 }],
    });
    expect(payment.allocations.nodes).toEqual([{ kind: 'PAYMENT', amount: 8_000, fee: { id: later.id } }]);
    expect(await feeOf(org.admin, older.id)).toMatchObject({ outstanding: 10_000 });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 11_000, prepaid: 1_000 });
    const neighbour = await issuedFee(org.admin, await org.unit({ building: unit.building.id }));
    const draft = await org.admin.mutate(
      'feeCreate',
      { unit: unit.id, kind: 'OTHER', amount: 5, dueOn: '2026-03-31' },
      feeFields,
    );
    const tries: [object[], string][] = [
      [[{ fee: older.id, amount: 10_001 }], 'AMOUNT_EXCEEDED'],
      [
        [
          { fee: older.id, amount: 9_000 },
          { fee: later.id, amount: 2_000 },
        ],
        'AMOUNT_EXCEEDED',
      ],
      [
        [
          { fee: older.id, amount: 1 },
          { fee: older.id, amount: 1 },
        ],
        'VALIDATION',
      ],
      [[{ fee: older.id, amount: 0 }], 'VALIDATION'],
      [[{ fee: neighbour.id, amount: 1 }], 'NOT_FOUND'],
      [[{ fee: unit.id, amount: 1 }], 'NOT_FOUND'],
      [[{ fee: draft.fee.id, amount: 5 }], 'ILLEGAL_MOVE'],
    ];
    for (const [allocations, code] of tries)
      expect([
        allocations,
        codes(
          await pay(org.admin, unit, 10_000_000, {
            amount: allocations.length > 1 ? 10_500 : 20_000,
            allocations,
          }),
        ),
      ]).toEqual([allocations, [code]]);
  });

  test('wrong input is refused', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    for (const amount of [0, -1, 1_000_000_000_001]) {
      const answer = await pay(org.admin, unit, amount);
      expect(answer.payment).toBeNull();
      expect(new Set(codes(answer))).toEqual(new Set(['VALIDATION']));
    }
    expect((await pay(org.admin, unit, 1, { receivedAt: '2099-01-01T00:00:00Z' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['receivedAt'] },
    ]);
    const foreign = await (await world.organisation()).unit();
    expect((await pay(org.admin, foreign, 1)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['unit'] },
    ]);
    const elsewhere = await org.as('CASHIER', { community: (await org.community()).id });
    expect(codes(await pay(elsewhere, unit, 1))).toEqual(['NOT_FOUND']);
    for (const role of ['FRONT_DESK', 'STEWARD', 'ENGINEERING', 'DASHBOARD', 'INTEGRATOR'] as const)
      expect([
        role,
        (await (await org.as(role)).mutate('paymentCreate', { unit: unit.id, method: 'CASH', amount: 1 }, ''))
          .userErrors[0].code,
      ]).toEqual([role, 'FORBIDDEN']);
  });

  test('from the prepayment take no more than there is, and only for debts', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    await pay(org.admin, unit, 5_000);
    expect((await pay(org.admin, unit, 1_000, { method: 'PREPAYMENT' })).userErrors).toMatchObject([
      { code: 'AMOUNT_EXCEEDED', message: '金额超出可用余额 0.00。' },
    ]);
    const fee = await issuedFee(org.admin, unit);
    expect((await pay(org.admin, unit, 6_000, { method: 'PREPAYMENT' })).userErrors).toMatchObject([
      { code: 'AMOUNT_EXCEEDED', message: '金额超出可用余额 50.00。' },
    ]);
    const { payment } = await pay(org.admin, unit, 5_000, { method: 'PREPAYMENT' });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 5_000, prepaid: 0 });
    await org.admin.mutate('paymentVoid', { id: payment.id, version: 1, reason: '误操作' }, paymentFields);
    expect(await feeOf(org.admin, fee.id)).toMatchObject({ outstanding: 10_000, paid: 0 });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 5_000, prepaid: 5_000 });
  });

  test('retried with the same key 20 times at once take the money once', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => pay(org.admin, unit, 10_000, { idempotencyKey: 'till-1-0001' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: -10_000, prepaid: 10_000 });
    expect(codes(await pay(org.admin, unit, 10_001, { idempotencyKey: 'till-1-0001' }))).toEqual([
      'IDEMPOTENCY_MISMATCH',
    ]);
  });
});
