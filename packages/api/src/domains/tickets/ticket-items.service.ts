import { ticketItemChange, ticketItemInput } from '@desk/schema/tickets/work';
import { refuse } from '../../platform/errors.ts';
import { modelOf } from '../../platform/model.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { mayHandle, named } from './handling.ts';
import { factsOf, placeOfTicket } from './moving.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketItem } from './ticket-work.entity.ts';
import type { TicketItemCreateInput, TicketItemUpdateInput } from './ticket-work.inputs.ts';

/** While somebody works on it: afterwards the work order is what the resident signed (handbook T-10). */
const working: readonly Ticket['status'][] = ['DISPATCHED', 'ACCEPTED', 'ON_SITE', 'REWORK'];

function mayWriteOn(tx: Tx, ticket: Ticket): void {
  if (!working.includes(ticket.status))
    throw illegalMove(modelOf(Ticket).descriptor, ticket.status, 'finish');
  if (!mayHandle(tx.viewer, 'finish', factsOf(ticket))) throw named('NOT_YOUR_TICKET', 'finish');
}

export async function createItem(tx: Tx, input: TicketItemCreateInput): Promise<TicketItem> {
  const ticket = await tx.get(Ticket, input.ticket, 'ticket', { lock: true });
  tx.authorise(TicketItem, 'create', placeOfTicket(ticket));
  const { ticket: _, unitPrice, ...given } = tx.check(ticketItemInput, input);
  mayWriteOn(tx, ticket);
  const { community, building, round } = ticket;
  const price = unitPrice === null || unitPrice === undefined ? null : BigInt(unitPrice);
  const item = tx.create(TicketItem, { residentOwned: false }, given, {
    community,
    building,
    ticket,
    round,
    unitPrice: price,
  });
  return checked(item);
}

export async function updateItem(tx: Tx, input: TicketItemUpdateInput): Promise<TicketItem> {
  const item = await tx.change(TicketItem, input, 'update');
  const ticket = await tx.lock(await tx.em.findOneOrFail(Ticket, { id: item.ticket.id }));
  mayWriteOn(tx, ticket);
  const { unitPrice, ...given } = tx.check(ticketItemChange, input);
  tx.assign(item, given as Partial<TicketItem>);
  if (unitPrice !== undefined) item.unitPrice = unitPrice === null ? null : BigInt(unitPrice);
  return checked(item);
}

/** The resident's own materials are looked at first, and unfit ones are not used (handbook T-10). */
function checked(item: TicketItem): TicketItem {
  const fit = item.fit ?? null;
  if (item.residentOwned && fit === null) refuse('MATERIAL_UNCHECKED', { field: ['fit'] });
  if (fit === false && hundredths(item.quantity) > 0n) refuse('MATERIAL_UNFIT', { field: ['quantity'] });
  item.amount = (hundredths(item.quantity) * BigInt(item.unitPrice ?? 0) + 50n) / 100n;
  return item;
}

/** `1.5` → 150; the limits have checked that it has at most two decimals. */
function hundredths(quantity: string): bigint {
  const [whole = '0', fraction = ''] = quantity.split('.');
  return BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
}
