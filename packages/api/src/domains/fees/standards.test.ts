import { lifecycleFaults } from '@desk/schema';
import {
  chargeStandardLifecycle,
  feeLifecycle,
  feeRunLifecycle,
  paymentLifecycle,
  receiptLifecycle,
} from '@desk/schema/fees/lifecycle';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvedStandard, standardFields } from '../../../test/fees/story.ts';
import { startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test.each(
  Object.entries({
    chargeStandardLifecycle,
    feeLifecycle,
    feeRunLifecycle,
    paymentLifecycle,
    receiptLifecycle,
  }),
)('%s has no dead ends and no moves that nobody may make', (_name, table) => {
  expect(lifecycleFaults(table)).toEqual([]);
});

const draft = (community: string) => ({
  community,
  kind: 'MANAGEMENT',
  name: '物业费',
  basis: 'AREA_MONTH',
  rate: '250.1234',
  effectiveFrom: '2026-01-01',
});

describe('charge standards', () => {
  test('a draft can be corrected; once approved it never changes (F-02)', async () => {
    const org = await world.organisation();
    const community = await org.community();
    const { chargeStandard } = await org.admin.mutate(
      'chargeStandardCreate',
      draft(community.id),
      standardFields,
    );
    expect(chargeStandard).toMatchObject({ status: 'DRAFT', rate: '250.1234', effectiveTo: null });
    const { id } = chargeStandard;
    const corrected = await org.admin.mutate(
      'chargeStandardUpdate',
      { id, version: 1, rate: 300 },
      standardFields,
    );
    expect(corrected).toMatchObject({ chargeStandard: { rate: '300.0000', version: 2 }, userErrors: [] });
    const approved = await org.admin.mutate('chargeStandardApprove', { id, version: 2 }, standardFields);
    expect(approved.chargeStandard.status).toBe('APPROVED');
    const late = await org.admin.mutate(
      'chargeStandardUpdate',
      { id, version: 3, rate: '1' },
      standardFields,
    );
    expect(late).toMatchObject({
      chargeStandard: null,
      userErrors: [{ code: 'STANDARD_IMMUTABLE', rule: 'F-02' }],
    });
    const again = await org.admin.mutate('chargeStandardApprove', { id, version: 3 }, standardFields);
    expect(again.userErrors).toMatchObject([{ code: 'ILLEGAL_MOVE', rule: 'F-02' }]);
  });

  test('the database itself refuses to change an approved rate', async () => {
    const org = await world.organisation();
    const { id } = await approvedStandard(org, (await org.community()).id);
    const uuid = world.app.uuidOf(id);
    const change = (set: string) =>
      world.app.db.owner.query(`update charge_standard set ${set} where id = $1`, [uuid]);
    await expect(change('rate = 1')).rejects.toMatchObject({ constraint: 'charge_standard_is_frozen' });
    await change(`effective_to = '2026-06-30'`);
    await expect(change(`effective_to = '2026-07-31'`)).rejects.toMatchObject({
      constraint: 'charge_standard_is_frozen',
    });
    await expect(change('effective_to = null')).rejects.toMatchObject({
      constraint: 'charge_standard_is_frozen',
    });
  });

  test('a successor ends the old standard the day before it begins', async () => {
    const org = await world.organisation();
    const community = await org.community();
    const old = await approvedStandard(org, community.id);
    await approvedStandard(org, community.id, {
      rate: '300',
      effectiveFrom: '2026-07-01',
      supersedes: old.id,
    });
    const { chargeStandard } = await org.admin.query(
      `query($id: ID!) { chargeStandard(id: $id) { status effectiveTo } }`,
      { id: old.id },
    );
    expect(chargeStandard).toEqual({ status: 'APPROVED', effectiveTo: '2026-06-30' });
    const early = await org.admin.mutate(
      'chargeStandardCreate',
      { ...draft(community.id), supersedes: old.id, effectiveFrom: '2025-12-31' },
      standardFields,
    );
    const refused = await org.admin.mutate(
      'chargeStandardApprove',
      { id: early.chargeStandard.id, version: 1 },
      standardFields,
    );
    expect(refused.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['effectiveFrom'] }]);
    const second = await org.admin.mutate(
      'chargeStandardCreate',
      { ...draft(community.id), supersedes: old.id, effectiveFrom: '2026-08-01' },
      standardFields,
    );
    const overlapping = await org.admin.mutate(
      'chargeStandardApprove',
      { id: second.chargeStandard.id, version: 1 },
      standardFields,
    );
    expect(overlapping.userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
  });

  test('a cashier enters it, only finance or a manager approves it', async () => {
    const org = await world.organisation();
    const community = await org.community();
    const cashier = await org.as('CASHIER', { community: community.id, locale: 'en' });
    const finance = await org.as('FINANCE', { community: community.id });
    const { chargeStandard } = await cashier.mutate(
      'chargeStandardCreate',
      draft(community.id),
      standardFields,
    );
    const own = await cashier.mutate(
      'chargeStandardApprove',
      { id: chargeStandard.id, version: 1 },
      standardFields,
    );
    expect(own.userErrors).toMatchObject([
      { code: 'FORBIDDEN', message: 'Your role may not do this; ask your supervisor.' },
    ]);
    const approved = await finance.mutate(
      'chargeStandardApprove',
      { id: chargeStandard.id, version: 1 },
      standardFields,
    );
    expect(approved.chargeStandard.status).toBe('APPROVED');
    for (const role of ['FRONT_DESK', 'SECURITY', 'DASHBOARD'] as const) {
      const refused = await (await org.as(role)).mutate(
        'chargeStandardCreate',
        draft(community.id),
        standardFields.replace(/chargeStandard {.*}/, ''),
      );
      expect(refused.userErrors[0].code).toBe('FORBIDDEN');
    }
  });

  test('wrong input is refused field by field', async () => {
    const org = await world.organisation();
    const [community, other] = [await org.community(), await org.community()];
    const foreign = await approvedStandard(org, other.id);
    const tries: [object, string][] = [
      [{ rate: '0' }, 'rate'],
      [{ rate: '-1' }, 'rate'],
      [{ rate: '1.00001' }, 'rate'],
      [{ rate: '10000000001' }, 'rate'],
      [{ name: ' ' }, 'name'],
      [{ effectiveTo: '2025-12-31' }, 'effectiveTo'],
      [{ supersedes: foreign.id }, 'supersedes'],
    ];
    for (const [fields, field] of tries) {
      const answer = await org.admin.mutate(
        'chargeStandardCreate',
        { ...draft(community.id), ...fields },
        standardFields,
      );
      expect([
        fields,
        answer.userErrors.map((error: { code: string; field: string[] }) => [error.code, error.field[0]]),
      ]).toEqual([fields, [['VALIDATION', field]]]);
    }
  });
});
