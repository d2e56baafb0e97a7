import type { Tx } from '../../platform/write/tx.ts';
import type { Ticket } from './ticket.entity.ts';

/** Turns the agreed price of a ticket into a fee of its unit. */
export type Charger = (tx: Tx, ticket: Ticket, amount: bigint) => Promise<void>;

let charger: Charger | undefined;

/** Money is the fees' alone, and they know of tickets, not the other way round: they say here how to charge. */
export function chargeServicesWith(fees: Charger): void {
  charger = fees;
}

/** Work that was accepted at a price is charged once, however often it is reworked and signed again (handbook T-15). */
export async function settle(tx: Tx, ticket: Ticket): Promise<void> {
  const { priceAgreed, chargedAt } = ticket;
  if (!charger || !priceAgreed || chargedAt) return;
  await charger(tx, ticket, BigInt(priceAgreed));
  ticket.chargedAt = tx.now;
}
