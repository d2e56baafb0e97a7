import type { FeeKind } from '@desk/schema/fees/enums';
import type { Run } from '../../platform/db/database.ts';

/** What the ledger says of one kind of fees in a period, in minor units as text: they travel as JSON. */
export interface FeeMovements {
  kind: FeeKind;
  /** Issued, less what was voided. */
  charged: string;
  /** Paid or deducted, less what was taken back. */
  collected: string;
  waived: string;
  /** Owed at the end of the last day. */
  outstanding: string;
}

/** The fee details of a community (handbook T-14), by the business days of the ledger; kinds that never moved are left out. */
export async function feeMovements(
  run: Run,
  { from, to, community }: { from: string; to: string; community: string },
): Promise<FeeMovements[]> {
  const during = (kinds: string) =>
    `coalesce(sum(p.amount) filter (where e.kind in (${kinds}) and e.business_on >= $2::date), 0)`;
  const rows = await run(
    `select a.fee_kind,
       ${during("'CHARGE', 'CHARGE_REVERSAL'")}::text as charged,
       (-${during("'PAYMENT', 'PAYMENT_REVERSAL', 'REFUND', 'DEDUCTION'")})::text as collected,
       (-${during("'WAIVER'")})::text as waived,
       coalesce(sum(p.amount), 0)::text as outstanding
     from ledger_account a
     join ledger_posting p on p.organisation_id = a.organisation_id and p.account_id = a.id
     join ledger_entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
     where a.community_id = $1 and a.type = 'RECEIVABLE' and e.business_on <= $3::date
     group by a.fee_kind order by a.fee_kind`,
    [community, from, to],
  );
  return rows.map(([kind, charged, collected, waived, outstanding]) => ({
    kind: kind as FeeKind,
    charged: String(charged),
    collected: String(collected),
    waived: String(waived),
    outstanding: String(outstanding),
  }));
}
