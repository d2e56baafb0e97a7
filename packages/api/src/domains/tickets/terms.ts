import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { policyFor } from '../policies/index.ts';
import type { Terms } from './clock.ts';
import type { Ticket } from './ticket.entity.ts';

/** The terms that a ticket is under: the policy version that it began with (handbook P-1), the calendar as it is now. */
export async function termsOf(tx: Tx, ticket: Ticket): Promise<Terms & { policyId: string }> {
  const run = (text: string, values: unknown[]) => runInside(tx.em, text, values);
  const policyId = ticket.policy?.id ?? null;
  const { id, numbers, calendar } = await policyFor(run, ticket.community.id, tx.now, { policyId });
  return { policy: numbers, calendar, now: tx.now, policyId: id };
}
