import { type TicketKind, ticketSeries } from '@desk/schema/tickets/enums';
import { businessDate } from '../../platform/clock.ts';
import { type RunInTransaction, takeNumbers } from '../../platform/write/numbers.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Ticket } from './ticket.entity.ts';

/** What a number is made of: letters of the kind, and the business day of a community. */
export interface Numbered {
  kind: TicketKind;
  receivedAt: Date;
}

/** Numbers for new tickets of a community, in the order given: `WX-20261122-0007`; beyond 9,999 a day they grow longer. */
export async function ticketNumbers(
  run: RunInTransaction,
  organisationId: string,
  { id, timeZone }: { id: string; timeZone: string },
  tickets: readonly Numbered[],
): Promise<string[]> {
  const wanted = tickets.map(({ kind, receivedAt }) => ({
    of: 'ticket' as const,
    letters: ticketSeries[kind],
    period: businessDate(receivedAt, timeZone),
  }));
  return (await takeNumbers(run, organisationId, id, wanted)).map(({ number }) => number);
}

/** The number of a new ticket. The business day is the community's, whatever the server's zone. */
export async function nextNumber(tx: Tx, ticket: Ticket): Promise<string> {
  const run = (text: string, values: unknown[]) => runInside(tx.em, text, values);
  const [number = ''] = await ticketNumbers(run, tx.viewer.organisationId, ticket.community, [ticket]);
  return number;
}
