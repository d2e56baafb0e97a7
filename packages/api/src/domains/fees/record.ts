import { encodeId, newUuid } from '../../platform/ids.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Community } from '../units/index.ts';

/** A fee that one statement wrote among many. */
export interface FeeLine {
  id: string;
  unit: string;
  building: string;
  amount?: string | undefined;
  status: readonly [from: string | null, to: string];
}

/** History and events of fees that were written set by set: the same as if each had been written alone (handbook P-6). */
export function record(
  tx: Tx,
  community: Community,
  action: string,
  fees: readonly FeeLine[],
  reason: string | null = null,
): void {
  const { organisationId } = tx.viewer;
  const rows = fees.map(({ id, unit, building, amount, status: [from, to] }) => ({
    id: newUuid(),
    organisation_id: organisationId,
    community_id: community.id,
    building_id: building,
    type: `fee.${action}`,
    subject_type: 'fee',
    subject_id: id,
    changes: [
      { field: 'status', from, to },
      ...(amount === undefined
        ? []
        : [
            { field: 'unit', from: null, to: encodeId('unit', unit) },
            { field: 'amount', from: null, to: amount },
          ]),
    ],
    reason,
  }));
  tx.journal.append(rows);
}
