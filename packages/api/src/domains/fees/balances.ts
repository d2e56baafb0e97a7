import type { FeeKind } from '@desk/schema/fees/enums';
import type { Run } from '../../platform/db/database.ts';

/** What the ledger says about a fee. */
export interface FeeBalance {
  /** Settled by payments and deductions, less what was taken back. */
  paid: bigint;
  /** Still to be paid. */
  outstanding: bigint;
  /** Of a deposit: taken, and neither refunded nor deducted (handbook F-08). 0 for other fees. */
  held: bigint;
}

const nothing: FeeBalance = { paid: 0n, outstanding: 0n, held: 0n };
/** Columns are named: a command's connection answers rows as objects, in which columns of one name would be one. */
const joined = `
  from ledger_posting p
  join ledger_account a on a.organisation_id = p.organisation_id and a.id = p.account_id
  join ledger_entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id`;

/** Balances of many fees in one statement, in the order asked. */
export async function feeBalances(run: Run, fees: readonly string[]): Promise<FeeBalance[]> {
  const rows = await run(
    `select p.fee_id,
       -coalesce(sum(p.amount) filter (where a.type = 'RECEIVABLE' and e.kind in ('PAYMENT', 'PAYMENT_REVERSAL', 'REFUND', 'DEDUCTION')), 0)::bigint as paid,
       coalesce(sum(p.amount) filter (where a.type = 'RECEIVABLE'), 0)::bigint as outstanding,
       case when bool_or(a.type = 'DEPOSIT') then -sum(p.amount) filter (where a.type in ('RECEIVABLE', 'DEPOSIT'))::bigint else 0::bigint end as held
     ${joined}
     where p.fee_id = any($1::uuid[]) group by p.fee_id`,
    [fees],
  );
  const found = new Map(
    rows.map(([fee, paid, outstanding, held]) => [
      fee as string,
      { paid: big(paid), outstanding: big(outstanding), held: big(held) },
    ]),
  );
  return fees.map((fee) => found.get(fee) ?? nothing);
}

/** What the ledger says about a unit. */
export interface UnitBalance {
  /** What is owed less what was paid in advance; negative: the unit is in credit. */
  balance: bigint;
  /** Owed and due before the community's today. */
  arrears: bigint;
  prepaid: bigint;
  /** Deposits held. */
  deposits: bigint;
}

/** Balances of many units at an instant, in one statement, in the order asked. */
export async function unitBalances(run: Run, units: readonly string[], now: Date): Promise<UnitBalance[]> {
  const rows = await run(
    `select u.id,
       coalesce(sum(p.amount) filter (where a.type in ('RECEIVABLE', 'PREPAYMENT')), 0)::bigint as balance,
       coalesce(sum(p.amount) filter (where a.type = 'RECEIVABLE' and f.due_on < ($2::timestamptz at time zone c.time_zone)::date), 0)::bigint as arrears,
       -coalesce(sum(p.amount) filter (where a.type = 'PREPAYMENT'), 0)::bigint as prepaid,
       -coalesce(sum(p.amount) filter (where a.type = 'DEPOSIT' or (a.type = 'RECEIVABLE' and a.fee_kind like 'DEPOSIT%')), 0)::bigint as deposits
     from unit u
     join community c on c.organisation_id = u.organisation_id and c.id = u.community_id
     left join ledger_account a on a.organisation_id = u.organisation_id and a.unit_id = u.id
     left join ledger_posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
     left join fee f on f.organisation_id = p.organisation_id and f.id = p.fee_id
     where u.id = any($1::uuid[]) group by u.id`,
    [units, now],
  );
  const found = new Map(
    rows.map(([unit, balance, arrears, prepaid, deposits]) => [
      unit as string,
      { balance: big(balance), arrears: big(arrears), prepaid: big(prepaid), deposits: big(deposits) },
    ]),
  );
  return units.map((unit) => found.get(unit) ?? { balance: 0n, arrears: 0n, prepaid: 0n, deposits: 0n });
}

/** What of a payment went where and can still be given back, newest debt first; `fee` null is the prepayment that it left. */
export interface PaymentUse {
  fee: string | null;
  kind: FeeKind | null;
  available: bigint;
}

export async function usesOf(run: Run, payment: string): Promise<PaymentUse[]> {
  const rows = await run(
    `select p.fee_id, max(a.fee_kind) as kind, -sum(p.amount)::bigint as available ${joined}
     left join fee f on f.organisation_id = p.organisation_id and f.id = p.fee_id
     where e.payment_id = $1 and a.type in ('RECEIVABLE', 'DEPOSIT', 'PREPAYMENT')
     group by p.fee_id having sum(p.amount) < 0
     order by p.fee_id is null desc, max(f.due_on) desc, p.fee_id desc`,
    [payment],
  );
  return rows.map(([fee, kind, available]) => ({
    fee: fee as string | null,
    kind: kind as FeeKind | null,
    available: big(available),
  }));
}

/** What was handed back of many payments, in one statement, in the order asked. */
export async function refundedOf(run: Run, payments: readonly string[]): Promise<bigint[]> {
  const rows = await run(
    `select e.payment_id, -sum(p.amount)::bigint as refunded ${joined}
     where e.payment_id = any($1::uuid[]) and e.kind = 'REFUND' and p.amount < 0 group by e.payment_id`,
    [payments],
  );
  const found = new Map(rows.map(([payment, refunded]) => [payment as string, big(refunded)]));
  return payments.map((payment) => found.get(payment) ?? 0n);
}

/** Issued fees of a unit with what they owe, oldest debt first (handbook F-05). */
export async function debtsOf(
  run: Run,
  unit: string,
): Promise<{ fee: string; kind: FeeKind; outstanding: bigint }[]> {
  const rows = await run(
    `select f.id, f.kind, sum(p.amount)::bigint as outstanding
     from fee f
     join ledger_posting p on p.organisation_id = f.organisation_id and p.fee_id = f.id
     join ledger_account a on a.organisation_id = p.organisation_id and a.id = p.account_id
     where f.unit_id = $1 and f.status = 'ISSUED' and a.type = 'RECEIVABLE'
     group by f.id having sum(p.amount) > 0 order by f.due_on, f.created_at, f.id`,
    [unit],
  );
  return rows.map(([fee, kind, outstanding]) => ({
    fee: fee as string,
    kind: kind as FeeKind,
    outstanding: big(outstanding),
  }));
}

const big = (value: unknown): bigint => BigInt(String(value ?? 0));

/** The smaller of two amounts; `Math.min` knows no bigint. */
export function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}
