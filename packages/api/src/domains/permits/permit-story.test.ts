import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import {
  collected,
  crew,
  departments,
  did,
  house,
  monday,
  ordinaryPapers,
  type Permit,
  permitFields,
  refused,
  signerOf,
  TickingClock,
  works,
} from './permits.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, new TickingClock(monday));
});
afterAll(() => world.close());

const stateOf = (permit: Permit, action: string) =>
  permit.availableActions.find((one) => one.action === action);

test('a permit goes from application to refund, and every gate on the way refuses once before it opens', async () => {
  const org = await world.organisation();
  const people = await crew(org);
  const { desk, engineer, guard, cashier, manager, boss } = people;
  const english = await crew(org, 'en');
  const { unit, owner } = await house(org, { area: '200.01' });

  // the papers, and of a large unit the fire authority's receipt too.
  const created = await desk.mutate(
    'renovationPermitCreate',
    { unit: unit.id, applicant: owner.id, ...works, papers: ordinaryPapers.slice(0, -1) },
    permitFields,
  );
  let permit: Permit = created.renovationPermit;
  expect(permit).toMatchObject({
    number: 'ZX-20260302-0001',
    status: 'APPLIED',
    applicantName: owner.name,
    missingPapers: ['PLEDGES', 'FIRE_RECEIPT'],
    expired: false,
  });
  expect(await refused(desk, 'StartReview', permit)).toMatchObject({
    code: 'PAPERS_MISSING',
    field: ['papers'],
    rule: 'R-01',
    message: '资料不齐：装修守则、协议、承诺书、防火承诺书（已签）、消防部门受理凭证。',
  });
  expect(stateOf(permit, 'startReview')).toMatchObject({
    allowed: false,
    code: 'PAPERS_MISSING',
    rule: 'R-01',
  });
  permit = await did(desk, 'Update', permit, { papers: ordinaryPapers });
  expect(await refused(english.desk, 'StartReview', permit)).toMatchObject({
    rule: 'R-02',
    message: "Papers are missing: Fire authority's receipt.",
  });
  permit = await did(desk, 'Update', permit, { papers: [...ordinaryPapers, 'FIRE_RECEIPT'] });
  expect(permit).toMatchObject({ missingPapers: [] });
  permit = await did(desk, 'StartReview', permit);

  // a round with comments, then the approval; R-01: grade 2 or better.
  permit = await did(engineer, 'RequestChanges', permit, { comments: '承重墙不得拆除' });
  expect(await refused(engineer, 'Approve', permit, { comments: '可' })).toMatchObject({
    code: 'ILLEGAL_MOVE',
    rule: 'R-03',
  });
  permit = await did(desk, 'Resubmit', permit);
  expect(permit).toMatchObject({ status: 'REVIEWING', round: 2 });
  expect(await refused(engineer, 'Approve', permit, { comments: '可' })).toMatchObject({
    code: 'CONTRACTOR_UNQUALIFIED',
    rule: 'R-01',
    message: '施工单位资质须为 2 级及以上，目前登记为：未登记。',
  });
  permit = await did(desk, 'Update', permit, { contractorGrade: 3 });
  expect(await refused(english.engineer, 'Approve', permit, { comments: 'ok' })).toMatchObject({
    message: 'The contractor must be of grade 2 or better; on file: 3.',
  });
  permit = await did(desk, 'Update', permit, { contractorGrade: 2 });
  expect(await refused(desk, 'Approve', permit, { comments: '可' })).toMatchObject({ code: 'FORBIDDEN' });
  permit = await did(engineer, 'Approve', permit, { comments: '图纸符合要求' });
  expect(await refused(desk, 'Update', permit, { scope: '再拆一面墙' })).toMatchObject({
    code: 'PERMIT_FIXED',
    rule: 'R-03',
  });

  // no signature and no permit before deposit and rubbish clearance are settled.
  expect(await refused(cashier, 'ChargeFees', permit, { deposit: 0, rubbish: 30_000 })).toMatchObject({
    code: 'VALIDATION',
    field: ['deposit'],
  });
  permit = await did(cashier, 'ChargeFees', permit, { deposit: 500_000, rubbish: 30_000 });
  expect(permit).toMatchObject({
    status: 'FEES_DUE',
    depositFee: { status: 'ISSUED', amount: 500_000, held: 0 },
    rubbishFee: { status: 'ISSUED', amount: 30_000 },
  });
  const department = 'ENGINEERING';
  const unpaid = await refused(engineer, 'Sign', permit, { department });
  expect(unpaid).toMatchObject({ code: 'FEES_UNPAID', rule: 'R-04' });
  expect(unpaid.message).toMatch(
    /^相关费用或押金尚未结清：装修押金 FY-20260302-\d{4}、垃圾清运费 FY-20260302-\d{4}。$/,
  );
  await collected(cashier, permit.depositFee);
  expect((await refused(english.desk, 'Issue', permit)).message).toMatch(
    /^Fees or deposits are not settled: Rubbish clearance FY-/,
  );
  await collected(cashier, permit.rubbishFee);

  // three signatures, each by somebody of the department, once.
  expect(await refused(desk, 'Issue', permit)).toMatchObject({
    code: 'SIGNATURE_MISSING',
    rule: 'R-05',
    message: '尚缺签字：客服部、工程部、秩序维护部。',
  });
  expect(await refused(guard, 'Sign', permit, { department })).toMatchObject({
    code: 'FORBIDDEN',
    field: ['department'],
  });
  expect(await refused(cashier, 'Sign', permit, { department })).toMatchObject({ code: 'FORBIDDEN' });
  for (const one of departments)
    permit = await did(signerOf(people, one), 'Sign', permit, { department: one });
  expect(await refused(english.engineer, 'Sign', permit, { department })).toMatchObject({
    code: 'ALREADY_SIGNED',
    rule: 'R-05',
    message: 'Engineering has signed already.',
  });
  expect(permit.unit.underRenovation).toBe(false);
  permit = await did(desk, 'Issue', permit);
  expect(permit).toMatchObject({ status: 'ISSUED', unit: { underRenovation: true } });
  expect(permit).toHaveProperty('issuedAt', expect.stringMatching(/^2026-03-02T/));

  // inspection, rectification, again with new signatures, and the general manager's approval.
  permit = await did(desk, 'RequestCompletion', permit);
  permit = await did(guard, 'SignCompletion', permit, { department: 'SECURITY' });
  permit = await did(engineer, 'Rectify', permit, { comments: '卫生间渗水' });
  permit = await did(desk, 'RequestCompletion', permit);
  expect(permit).toMatchObject({ inspectionRound: 2 });
  expect(await refused(boss, 'Complete', permit)).toMatchObject({
    code: 'SIGNATURE_MISSING',
    rule: 'R-12',
    message: '尚缺签字：客服部、工程部、秩序维护部。',
  });
  for (const one of departments)
    permit = await did(signerOf(people, one), 'SignCompletion', permit, { department: one });
  expect(await refused(guard, 'SignCompletion', permit, { department: 'SECURITY' })).toMatchObject({
    code: 'ALREADY_SIGNED',
    rule: 'R-12',
  });
  expect(await refused(manager, 'Complete', permit)).toMatchObject({ code: 'FORBIDDEN' });
  permit = await did(boss, 'Complete', permit);
  expect(permit).toMatchObject({ status: 'COMPLETED', unit: { underRenovation: false } });

  // R-12, F-08: the deposit minus what is kept, with a reason, never more than is held.
  const method = 'TRANSFER';
  expect(await refused(cashier, 'Refund', permit, { deduction: 20_000, method, reason: ' ' })).toMatchObject({
    code: 'REASON_REQUIRED',
    field: ['reason'],
  });
  expect(
    await refused(cashier, 'Refund', permit, { deduction: 500_001, method, reason: '电梯划伤' }),
  ).toMatchObject({
    code: 'AMOUNT_EXCEEDED',
    field: ['deduction'],
    rule: 'F-08',
    message: '金额超出可用余额 5000.00。',
  });
  expect(await refused(desk, 'Refund', permit, { deduction: 0, method })).toMatchObject({
    code: 'FORBIDDEN',
  });
  permit = await did(cashier, 'Refund', permit, { deduction: 20_000, method, reason: '电梯划伤' });
  expect(permit).toMatchObject({ status: 'CLOSED', depositFee: { status: 'SETTLED', held: 0 } });
  expect(await refused(cashier, 'Refund', permit, { deduction: 0, method })).toMatchObject({
    code: 'ILLEGAL_MOVE',
    rule: 'R-12',
  });

  const data = await desk.query(
    `query($id: ID!, $unit: ID!, $owner: ID!) {
      renovationPermit(id: $id) {
        reviews { nodes { round outcome comments reviewedBy } } signatures { nodes { stage round department } }
        history(last: 1) { nodes { type } }
      }
      unit(id: $unit) { balance depositsHeld renovationPermits { nodes { id } } fees { nodes { kind status amount } } history { nodes { type reason } } }
      resident(id: $owner) { renovationPermits { totalCount } }
    }`,
    { id: permit.id, unit: unit.id, owner: owner.id },
  );
  expect(data.renovationPermit.reviews.nodes).toMatchObject([
    { round: 1, outcome: 'CHANGES_REQUESTED', comments: '承重墙不得拆除' },
    { round: 2, outcome: 'APPROVED' },
    { round: 1, outcome: 'RECTIFY', comments: '卫生间渗水' },
  ]);
  expect(
    data.renovationPermit.signatures.nodes.map(
      (s: { stage: string; round: number }) => `${s.stage} ${s.round}`,
    ),
  ).toEqual([...Array(3).fill('ISSUE 2'), 'COMPLETION 1', ...Array(3).fill('COMPLETION 2')]);
  expect(data.unit).toMatchObject({
    balance: 0,
    depositsHeld: 0,
    renovationPermits: { nodes: [{ id: permit.id }] },
  });
  expect(data.unit.fees.nodes).toEqual(
    expect.arrayContaining([{ kind: 'DAMAGES', status: 'SETTLED', amount: 20_000 }]),
  );
  expect(data.unit.history.nodes.map((entry: { type: string }) => entry.type)).toEqual(
    expect.arrayContaining(['unit.startRenovation', 'unit.endRenovation']),
  );
  expect(data.resident.renovationPermits.totalCount).toBe(1);
});
