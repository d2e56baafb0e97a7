import { quoteAnswer, quoteInput, quoteWithdrawal } from '@desk/schema/tickets/work';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { aheadOf } from './appointment.ts';
import { keepPromises } from './clocks.service.ts';
import { mayHandle, named } from './handling.ts';
import { factsOf, placeOfTicket } from './moving.ts';
import { keepSignature } from './signatures.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketProblem } from './ticket-problem.entity.ts';
import { TicketQuote } from './ticket-work.entity.ts';
import type {
  TicketQuoteAcceptInput,
  TicketQuoteCreateInput,
  TicketQuoteDeclineInput,
  TicketQuoteWithdrawInput,
} from './ticket-work.inputs.ts';

/** A price is agreed before the work (handbook T-15); on site, what is found may change it. */
const priceable: readonly Ticket['status'][] = [
  'RECEIVED',
  'CONFIRMED',
  'DISPATCHED',
  'ACCEPTED',
  'ON_SITE',
  'REWORK',
];

async function pricedTicket(tx: Tx, ticket: Ticket): Promise<Ticket> {
  if (!priceable.includes(ticket.status) || ticket.chargedAt) refuse('QUOTE_TOO_LATE', { field: ['ticket'] });
  const facts = factsOf(ticket);
  if (!mayHandle(tx.viewer, 'finish', facts)) throw named('NOT_YOUR_TICKET', 'finish');
  return ticket;
}

export async function createQuote(tx: Tx, input: TicketQuoteCreateInput): Promise<TicketQuote> {
  const ticket = await tx.get(Ticket, input.ticket, 'ticket', { lock: true });
  tx.authorise(TicketQuote, 'create', placeOfTicket(ticket));
  const { content, price: asked, visitAt } = tx.check(quoteInput, input);
  await pricedTicket(tx, ticket);
  if (!ticket.unit) refuse('PLACE_REQUIRED', { field: ['ticket'], rule: 'T-15' });
  const { community, building, problem } = ticket;
  const published = problem ? (await tx.em.findOneOrFail(TicketProblem, { id: problem.id })).price : null;
  const price = BigInt(asked ?? published ?? refuse('REQUIRED', { field: ['price'], rule: 'T-15' }));
  for (const before of await tx.em.find(TicketQuote, {
    ticket: ticket.id,
    status: { $in: ['OFFERED', 'ACCEPTED'] },
  }))
    tx.move(before, 'withdraw');
  await tx.em.flush(); // the unique index allows one at a time
  tx.assign(ticket, { price, priceAgreed: null });
  tx.journal.label(ticket, { action: 'quote' });
  const visit = visitAt ? aheadOf(tx.now, new Date(visitAt), 'visitAt') : agreedTime(tx, ticket);
  return tx.create(TicketQuote, {
    ...{ community, building, ticket, content, price, visitAt: visit, status: 'OFFERED' },
  });
}

/** The appointment that stands is the order's time; without one, an order of a paid service names it, unless somebody is there (T-15). */
function agreedTime(tx: Tx, { kind, status, appointmentAt }: Ticket): Date | null {
  if (kind !== 'PAID_SERVICE' || status === 'ON_SITE') return null;
  if (appointmentAt && appointmentAt > tx.now) return appointmentAt;
  return refuse('TIME_REQUIRED', { field: ['visitAt'] });
}

/** The quote, and its ticket locked. */
async function answered(tx: Tx, input: { id: string; version: number }, action: string) {
  const quote = await tx.change(TicketQuote, input, action);
  const ticket = await tx.lock(await tx.em.findOneOrFail(Ticket, { id: quote.ticket.id }));
  tx.move(quote, action);
  return { quote, ticket: await pricedTicket(tx, ticket) };
}

export async function acceptQuote(tx: Tx, input: TicketQuoteAcceptInput): Promise<TicketQuote> {
  const { quote, ticket } = await answered(tx, input, 'accept');
  const { words, ...signed } = tx.check(quoteAnswer, input);
  keepSignature(tx, ticket, 'QUOTE', signed);
  ticket.priceAgreed = quote.price;
  tx.journal.label(ticket, { action: 'agreePrice', reason: words });
  // The time is part of what was accepted.
  if (quote.visitAt) {
    ticket.appointmentAt = aheadOf(tx.now, quote.visitAt, 'visitAt');
    await keepPromises(tx, ticket);
  }
  return tx.assign(quote, { words, answeredAt: tx.now });
}

export async function declineQuote(tx: Tx, input: TicketQuoteDeclineInput): Promise<TicketQuote> {
  const { quote, ticket } = await answered(tx, input, 'decline');
  const { words } = tx.check(quoteAnswer, input);
  tx.assign(ticket, { price: null, priceAgreed: null });
  tx.journal.label(ticket, { action: 'declinePrice', reason: words });
  return tx.assign(quote, { words, answeredAt: tx.now });
}

export async function withdrawQuote(tx: Tx, input: TicketQuoteWithdrawInput): Promise<TicketQuote> {
  const { quote, ticket } = await answered(tx, input, 'withdraw');
  const { reason } = tx.check(quoteWithdrawal, input);
  tx.journal.label(quote, { reason });
  tx.assign(ticket, { price: null, priceAgreed: null });
  tx.journal.label(ticket, { action: 'withdrawPrice', reason });
  return quote;
}
