import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { chargeServicesWith, type Ticket } from '../tickets/index.ts';
import { Community, Unit } from '../units/index.ts';
import { chargeFee } from './fees.service.ts';

/** The agreed price of accepted work, due at once, owed by who ordered it (handbook T-15, F-01). */
async function chargeService(tx: Tx, ticket: Ticket, amount: bigint): Promise<void> {
  if (!ticket.unit) return; // a price is offered for units only
  const unit = await tx.em.findOneOrFail(Unit, { id: ticket.unit.id });
  const { timeZone } = await tx.em.findOneOrFail(Community, { id: unit.community.id });
  const fee = await chargeFee(tx, {
    unit,
    kind: 'PAID_SERVICE',
    amount,
    dueOn: businessDate(tx.now, timeZone),
    payer: ticket.reporter,
    note: `${ticket.number} ${ticket.title}`,
  });
  fee.ticket = ticket;
}

/** Tickets know nothing of money: they ask whoever registered here. */
export const takeServiceCharges = (): void => chargeServicesWith(chargeService);
