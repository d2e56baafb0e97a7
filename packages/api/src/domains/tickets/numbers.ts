import { type TicketKind, ticketSeries } from '@desk/schema/tickets/enums';
import { businessDate } from '../../platform/clock.ts';
import { type RunInTransaction, takeNumbers } from '../../platform/write/numbers.ts';

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
