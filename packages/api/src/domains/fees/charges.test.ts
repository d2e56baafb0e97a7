import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, feeFields, feeOf, issuedFee, pay, paymentFields } from '../../../test/fees/story.ts';
import { startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const codes = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map((error) => error.code);
describe('a single charge', () => {
  test('owes nothing as a draft, and is issued, waived or voided with a reason', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const { fee } = await org.admin.mutate(
      'feeCreate',
      { unit: unit.id, kind: 'PENALTY', amount: 50_000, dueOn: '2026-12-31', note: 'R-09 D' },
      feeFields,
    );
    expect(fee).toMatchObject({
      status: 'DRAFT',
      amount: 50_000,
      outstanding: 0,
      explanation: null,
      number: expect.stringMatching(/^FY-\d{8}-0001$/),
    });
    const changed = await org.admin.mutate(
      'feeUpdate',
      { id: fee.id, version: 1, amount: 60_000 },
      feeFields,
    );
    expect(changed.fee).toMatchObject({ amount: 60_000, version: 2 });
    await org.admin.mutate('feeIssue', { id: fee.id, version: 2 }, feeFields);
    expect(await accountOf(org.admin, unit)).toEqual({
      balance: 60_000,
      arrears: 0,
      prepaid: 0,
      depositsHeld: 0,
    });
    expect(
      codes(await org.admin.mutate('feeUpdate', { id: fee.id, version: 3, amount: 1 }, feeFields)),
    ).toEqual(['STANDARD_IMMUTABLE']);
    expect(
      codes(await org.admin.mutate('feeWaive', { id: fee.id, version: 3, reason: '  ' }, feeFields)),
    ).toEqual(['VALIDATION']);
    const waived = await org.admin.mutate(
      'feeWaive',
      { id: fee.id, version: 3, reason: '业主投诉属实' },
      feeFields,
    );
    expect(waived.fee).toMatchObject({ status: 'WAIVED', outstanding: 0, paid: 0 });
    const other = await issuedFee(org.admin, unit);
    const voided = await org.admin.mutate(
      'feeVoid',
      { id: other.id, version: other.version, reason: '重复' },
      feeFields,
    );
    expect(voided.fee).toMatchObject({ status: 'VOIDED', outstanding: 0 });
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 0 });
  });

  test('wrong input is refused field by field', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const good = { unit: unit.id, kind: 'OTHER', amount: 1, dueOn: '2026-12-31' };
    const tries: [object, string, string][] = [
      [{ amount: 0 }, 'VALIDATION', 'amount'],
      [{ amount: -5 }, 'VALIDATION', 'amount'],
      [{ amount: 1_000_000_000_001 }, 'VALIDATION', 'amount'],
      [{ amount: null }, 'VALIDATION', 'amount'],
      [{ kind: null }, 'VALIDATION', 'kind'],
      [{ periodFrom: '2026-01-01' }, 'VALIDATION', 'periodTo'],
      [{ periodFrom: '2026-02-01', periodTo: '2026-01-31' }, 'VALIDATION', 'periodTo'],
      [{ unit: unit.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')) }, 'NOT_FOUND', 'unit'],
      [{ payer: unit.id }, 'NOT_FOUND', 'payer'],
    ];
    for (const [fields, code, field] of tries) {
      const answer = await org.admin.mutate('feeCreate', { ...good, ...fields }, feeFields);
      expect([fields, answer.userErrors[0]?.code, answer.userErrors[0]?.field]).toEqual([
        fields,
        code,
        [field],
      ]);
    }
    const { errors } = await org.admin.send(
      'mutation($input: FeeCreateInput!) { feeCreate(input: $input) { fee { id } } }',
      { input: { ...good, amount: 1.5 } },
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('stale versions are refused with the current state, and illegal moves with their rule', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const fee = await issuedFee(org.admin, unit);
    const stale = await org.admin.mutate('feeVoid', { id: fee.id, version: 1, reason: 'x' }, feeFields);
    expect(stale).toMatchObject({
      fee: { status: 'ISSUED', version: 2 },
      userErrors: [{ code: 'CONFLICT' }],
    });
    const zh = await org.admin.mutate('feeIssue', { id: fee.id, version: 2 }, feeFields);
    expect(zh.userErrors).toMatchObject([
      { code: 'ILLEGAL_MOVE', rule: 'F-03', message: '当前状态“未结清”下不能“出账”。' },
    ]);
    const english = await org.as('FINANCE', { locale: 'en' });
    const en = await english.mutate('feeIssue', { id: fee.id, version: 2 }, feeFields);
    expect(en.userErrors).toMatchObject([{ message: 'In state "Issued" it is not possible to "Issue".' }]);
    const { fee: shown } = await (await org.as('CASHIER')).query(
      'query($id: ID!) { fee(id: $id) { availableActions { action allowed code } } }',
      { id: fee.id },
    );
    expect(
      Object.fromEntries(
        shown.availableActions.map((one: { action: string; allowed: boolean; code: string }) => [
          one.action,
          one.allowed || one.code,
        ]),
      ),
    ).toEqual({
      issue: 'ILLEGAL_MOVE',
      collect: true,
      waive: 'FORBIDDEN',
      void: 'FORBIDDEN',
    });
  });

  test('collecting it takes exactly what it owes and gives a receipt', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const fee = await issuedFee(org.admin, unit);
    await pay(org.admin, unit, 3_000);
    const { version } = await feeOf(org.admin, fee.id);
    const { fee: settled } = await org.admin.mutate(
      'feeCollect',
      { id: fee.id, version, method: 'WECHAT' },
      feeFields,
    );
    expect(settled).toMatchObject({ status: 'SETTLED', paid: 10_000, outstanding: 0 });
    const { payments } = await org.admin.query(
      '{ payments(orderBy: { field: NUMBER, direction: ASC }) { nodes { amount method receiptNumber } } }',
    );
    expect(payments.nodes).toMatchObject([{ amount: 3_000 }, { amount: 7_000, method: 'WECHAT' }]);
    const again = await org.admin.mutate(
      'feeCollect',
      { id: fee.id, version: settled.version, method: 'CASH' },
      feeFields,
    );
    expect(again.userErrors).toMatchObject([{ code: 'ILLEGAL_MOVE', rule: 'F-05' }]);
  });
});

test('fees, payments, receipts and runs of another organisation look like missing ones', async () => {
  const [ours, theirs] = [await world.organisation(), await world.organisation()];
  const unit = await theirs.unit();
  const fee = await issuedFee(theirs.admin, unit);
  const { payment } = await pay(theirs.admin, unit, 1_000);
  const found = await ours.admin.query(
    'query($ids: [ID!]!, $fee: ID!) { nodes(ids: $ids) { id } fee(id: $fee) { id } fees { totalCount } payments { totalCount } receipts { totalCount } paymentAllocations { totalCount } }',
    { ids: [fee.id, payment.id], fee: fee.id },
  );
  expect(found).toEqual({
    nodes: [null, null],
    fee: null,
    fees: { totalCount: 0 },
    payments: { totalCount: 0 },
    receipts: { totalCount: 0 },
    paymentAllocations: { totalCount: 0 },
  });
  expect(
    codes(await ours.admin.mutate('feeCollect', { id: fee.id, version: 3, method: 'CASH' }, feeFields)),
  ).toEqual(['NOT_FOUND']);
  expect(
    codes(await ours.admin.mutate('paymentVoid', { id: payment.id, version: 1, reason: 'x' }, paymentFields)),
  ).toEqual(['NOT_FOUND']);
  expect(
    codes(
      await ours.admin.mutate(
        'paymentRefund',
        { id: payment.id, version: 1, amount: 1, reason: 'x' },
        paymentFields,
      ),
    ),
  ).toEqual(['NOT_FOUND']);
});

test('a dashboard reads what is owed and nothing about who paid', async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  await issuedFee(org.admin, unit);
  const dashboard = await org.as('DASHBOARD');
  expect(await dashboard.query('{ fees { nodes { outstanding unit { balance } } } }')).toEqual({
    fees: { nodes: [{ outstanding: 10_000, unit: { balance: 10_000 } }] },
  });
  for (const document of [
    '{ payments { nodes { id } } }',
    '{ fees { nodes { payer { id } } } }',
    '{ fees { nodes { allocations { nodes { id } } } } }',
  ])
    expect((await dashboard.send(document)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
