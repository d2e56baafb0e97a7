import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, audit, issuedFee, pay, paymentFields, type Ref } from '../../../test/fees/story.ts';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { runAs, systemViewer } from '../../platform/auth/system.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Unit } from '../units/index.ts';
import { chargeFee } from './index.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const sql = async (text: string, values: unknown[] = []) =>
  (await world.app.db.owner.query(text, values)).rows;
const inside = <T>(org: TestOrganisation, work: (tx: Tx) => Promise<T>) =>
  runAs(world.app.db, systemViewer(org.uuid), systemClock, work);

describe('the ledger (F-04)', () => {
  test('stays balanced under 50 random payments, refunds and voids at once, and agrees with a recomputation', async () => {
    const org = await world.organisation();
    const building = await org.building();
    const units = await Promise.all([1, 2, 3].map(() => org.unit({ building: building.id })));
    for (const unit of units)
      for (const dueOn of ['2026-01-31', '2026-02-28', '2026-03-31'])
        await issuedFee(org.admin, unit, { dueOn, amount: 7_777 });
    const random = lcg(20261122);
    const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
    const paid: Ref[] = [];
    for (let n = 0; n < 12; n += 1) paid.push((await pay(org.admin, pick(units), 1 + random(9_000))).payment);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const choice = random(5);
        const { id, version } = pick(paid);
        if (choice === 0)
          return org.admin.mutate('paymentVoid', { id, version, reason: '随机' }, paymentFields);
        if (choice === 1)
          return org.admin.mutate(
            'paymentRefund',
            { id, version, amount: 1 + random(5_000), reason: '随机' },
            paymentFields,
          );
        return pay(org.admin, pick(units), 1 + random(9_000), choice === 2 ? { method: 'PREPAYMENT' } : {});
      }),
    );
    const refusals = new Set(
      outcomes.flatMap((answer) => answer.userErrors.map((error: { code: string }) => error.code)),
    );
    expect(
      [...refusals].filter(
        (code) => !['AMOUNT_EXCEEDED', 'CONFLICT', 'ILLEGAL_MOVE'].includes(code as string),
      ),
    ).toEqual([]);
    expect(outcomes.filter((answer) => answer.userErrors.length === 0).length).toBeGreaterThan(10);
    expect(await audit(world, org)).toBeGreaterThan(60);
    // From the documents alone, without the ledger: charged less paid, plus refunded.
    for (const unit of units) {
      const { unit: shown } = await org.admin.query(
        'query($id: ID!) { unit(id: $id) { balance fees { nodes { amount status paid outstanding } } payments(first: 100) { nodes { method amount status refunded } } } }',
        { id: unit.id },
      );
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      const charged = sum(shown.fees.nodes.map((fee: { amount: number }) => fee.amount));
      const money = shown.payments.nodes.filter(
        (payment: { method: string; status: string }) =>
          payment.method !== 'PREPAYMENT' && payment.status !== 'VOIDED',
      );
      expect(shown.balance).toBe(
        charged -
          sum(
            money.map((payment: { amount: number; refunded: number }) => payment.amount - payment.refunded),
          ),
      );
      for (const fee of shown.fees.nodes) {
        expect(fee.paid + fee.outstanding).toBe(fee.amount);
        expect(fee.status).toBe(fee.outstanding > 0 ? 'ISSUED' : 'SETTLED');
        expect(fee.paid).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('50 payments at once have 50 receipts without a gap, also when some of them fail', async () => {
    const org = await world.organisation();
    const building = await org.building();
    const units = await Promise.all([1, 2, 3, 4].map(() => org.unit({ building: building.id })));
    const answers = await Promise.all(
      Array.from({ length: 70 }, (_, n) =>
        pay(
          org.admin,
          units[n % 4] as Ref,
          100,
          n % 7 < 2 ? { method: 'PREPAYMENT', allocations: [{ fee: units[0]?.id, amount: 1 }] } : {},
        ),
      ),
    );
    expect(answers.filter((answer) => answer.userErrors.length === 0)).toHaveLength(50);
    expect(
      await sql('select count(*)::int as n, max(serial) as last from receipt where organisation_id = $1', [
        org.uuid,
      ]),
    ).toEqual([{ n: 50, last: 50 }]);
    await audit(world, org);
  });

  test('a command that dies in the middle leaves no trace', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const fee = await issuedFee(org.admin, unit);
    const dying = inside(org, async (tx) => {
      await chargeFee(tx, {
        unit: await tx.get(Unit, unit.id, 'unit'),
        kind: 'PENALTY',
        amount: 5n,
        dueOn: '2026-12-31',
      });
      await tx.em.flush();
      throw new Error('power cut');
    });
    await expect(dying).rejects.toThrow('power cut');
    expect(await accountOf(org.admin, unit)).toMatchObject({ balance: 10_000 });
    const next = await issuedFee(org.admin, unit);
    expect(Number(next.number.slice(-4))).toBe(Number(fee.number.slice(-4)) + 1);
  });

  test('the database itself refuses to change it, to unbalance it, or a status that it does not bear out', async () => {
    const org = await world.organisation();
    const unit = await org.unit();
    const fee = await issuedFee(org.admin, unit);
    const uuid = world.app.uuidOf(fee.id);
    const { owner } = world.app.db;
    await expect(
      owner.query('update ledger_posting set amount = 1 where fee_id = $1', [uuid]),
    ).rejects.toMatchObject({ code: '23001' });
    await expect(
      owner.query('delete from ledger_entry where organisation_id = $1', [org.uuid]),
    ).rejects.toMatchObject({ code: '23001' });
    const lonely = `insert into ledger_posting (organisation_id, entry_id, account_id, amount) select organisation_id, entry_id, account_id, 5 from ledger_posting where fee_id = $1 limit 1`;
    await expect(owner.query(lonely, [uuid])).rejects.toMatchObject({ constraint: 'entry_balances' });
    const empty = `insert into ledger_entry (organisation_id, id, community_id, kind, business_on, actor_id, at) select organisation_id, uuidv7(), community_id, 'WAIVER', now(), uuidv7(), now() from fee where id = $1`;
    await expect(owner.query(empty, [uuid])).rejects.toMatchObject({ constraint: 'entry_balances' });
    await expect(
      owner.query(`update fee set status = 'SETTLED' where id = $1`, [uuid]),
    ).rejects.toMatchObject({ constraint: 'fee_agrees_with_ledger' });
    await expect(
      owner.query('update fee set amount = amount + 1 where id = $1', [uuid]),
    ).rejects.toMatchObject({ constraint: 'fee_is_frozen' });
  });
});

/** A small deterministic generator, so that a failure can be repeated. */
function lcg(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
