import {
  type DepositKind,
  type EntryKind,
  type FeeKind,
  isDeposit,
  type MoneyMethod,
} from '@desk/schema/fees/enums';
import { businessDate } from '../../platform/clock.ts';
import type { Run } from '../../platform/db/database.ts';
import { newUuid } from '../../platform/ids.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Community } from '../units/index.ts';

/**
 * An account of the double-entry ledger (handbook F-04). Debits are positive: what is owed to us and the money we hold are
 * positive sums, what we owe (deposits, prepayments) and what we earn are negative ones.
 */
export type Account =
  | { type: 'RECEIVABLE'; unit: string; kind: FeeKind }
  | { type: 'DEPOSIT'; unit: string; kind: DepositKind }
  | { type: 'PREPAYMENT'; unit: string }
  | { type: 'MONEY'; method: MoneyMethod }
  | { type: 'REVENUE'; kind: FeeKind };

export interface Posting {
  account: Account;
  amount: bigint;
  /** The fee that it is about, on accounts of fees. */
  fee?: string;
}

export interface Entry {
  kind: EntryKind;
  payment?: string;
  postings: readonly Posting[];
}

/** What stands against a receivable: income, or for deposits what must be given back (handbook F-08). */
const counterAccount = (unit: string, kind: FeeKind): Account =>
  isDeposit(kind) ? { type: 'DEPOSIT', unit, kind } : { type: 'REVENUE', kind };

/** The two postings of a charge; a negative amount takes it back. */
export function chargePostings(fee: { id: string; unit: string; kind: FeeKind }, amount: bigint): Posting[] {
  return [
    { account: { type: 'RECEIVABLE', unit: fee.unit, kind: fee.kind }, fee: fee.id, amount },
    { account: counterAccount(fee.unit, fee.kind), fee: fee.id, amount: -amount },
  ];
}

/** Writes entries for ever, any number in three statements. Postings of zero are left out. */
export async function post(tx: Tx, community: Community, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const { organisationId, actor } = tx.viewer;
  const ids = await accountIds(
    tx,
    community,
    entries.flatMap((entry) => entry.postings.map((posting) => posting.account)),
  );
  const rows = entries.map(({ kind, payment, postings }) => ({
    id: newUuid(),
    kind,
    payment_id: payment ?? null,
    postings,
  }));
  const lines = rows.flatMap(({ id, postings }) =>
    postings
      .filter((posting) => posting.amount !== 0n)
      .map(({ account, fee, amount }) => ({
        entry_id: id,
        account_id: ids.get(keyOf(account)),
        fee_id: fee ?? null,
        amount: String(amount),
      })),
  );
  await runInside(
    tx.em,
    `with entry as (
       insert into ledger_entry (organisation_id, id, community_id, kind, payment_id, business_on, actor_id, at)
       select $1, e.id, $2, e.kind, e.payment_id, $3, $4, $5
       from jsonb_to_recordset($6::jsonb) as e(id uuid, kind text, payment_id uuid)
     )
     insert into ledger_posting (organisation_id, entry_id, account_id, fee_id, amount)
     select $1, p.entry_id, p.account_id, p.fee_id, p.amount
     from jsonb_to_recordset($7::jsonb) as p(entry_id uuid, account_id uuid, fee_id uuid, amount bigint)`,
    [
      organisationId,
      community.id,
      businessDate(tx.now, community.timeZone),
      actor.id,
      tx.now,
      JSON.stringify(rows.map(({ id, kind, payment_id }) => ({ id, kind, payment_id }))),
      JSON.stringify(lines),
    ],
  );
}

/** Finds or opens the accounts; in one order, so that two commands cannot wait for each other. */
async function accountIds(
  tx: Tx,
  community: Community,
  accounts: readonly Account[],
): Promise<Map<string, string>> {
  const wanted = [...new Map(accounts.map((account) => [keyOf(account), account]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rows = wanted.map(([, account]) => ({
    type: account.type,
    unit_id: 'unit' in account ? account.unit : null,
    fee_kind: 'kind' in account ? account.kind : null,
    method: 'method' in account ? account.method : null,
  }));
  await runInside(
    tx.em,
    `insert into ledger_account (organisation_id, community_id, type, unit_id, fee_kind, method)
     select $1, $2, w.type, w.unit_id, w.fee_kind, w.method
     from jsonb_to_recordset($3::jsonb) as w(type text, unit_id uuid, fee_kind text, method text)
     on conflict on constraint ledger_account_once do nothing`,
    [tx.viewer.organisationId, community.id, JSON.stringify(rows)],
  );
  // All accounts of these units and the few of the community itself: a join over columns that may be null has no index.
  const found = await runInside(
    tx.em,
    `select a.id, concat_ws(':', a.type, a.unit_id::text, a.fee_kind, a.method) as key from ledger_account a
     where a.community_id = $1 and (a.unit_id = any($2::uuid[]) or a.unit_id is null)`,
    [community.id, [...new Set(rows.flatMap((row) => row.unit_id ?? []))]],
  );
  return new Map(found.map(([id, key]) => [key as string, id as string]));
}

function keyOf(account: Account): string {
  const { type } = account;
  return [
    type,
    ...('unit' in account ? [account.unit] : []),
    ...('kind' in account ? [account.kind] : []),
    ...('method' in account ? [account.method] : []),
  ].join(':');
}

/** Statements on a command's own connection. */
export const inside =
  (tx: Tx): Run =>
  (text, values) =>
    runInside(tx.em, text, values);

/** Everything that moves money of a unit waits here for its turn. `no key`: other records of the unit may still come in. */
export async function lockUnits(tx: Tx, units: readonly string[]): Promise<void> {
  await runInside(tx.em, 'select 1 from unit where id = any($1::uuid[]) order by id for no key update', [
    units,
  ]);
}

/** The same, for the unit of a fee or payment, before that record itself is locked. */
export async function lockUnitOf(tx: Tx, table: 'fee' | 'payment', id: string | undefined): Promise<void> {
  if (id)
    await runInside(
      tx.em,
      `select 1 from unit where id = (select unit_id from ${table} where id = $1) for no key update`,
      [id],
    );
}
