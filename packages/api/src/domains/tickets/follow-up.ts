import type { Tx } from '../../platform/write/tx.ts';
import type { Ticket } from './ticket.entity.ts';

/** What was done about a ticket today, and what the resident was told of it. */
export interface Followed {
  note: string;
  residentTold: string | null;
}

/** Enters it in the daily clearing. */
export type FollowUpKeeper = (tx: Tx, ticket: Ticket, followed: Followed) => Promise<unknown>;

let keeper: FollowUpKeeper | undefined;

/** The daily clearing belongs to the reports, and they know of tickets, not the other way round: they say here how to enter. */
export function keepFollowUpsWith(reports: FollowUpKeeper): void {
  keeper = reports;
}

/** Whoever tracked or answered today has followed it up: nobody writes it down a second time (handbook T-13). */
export async function followedUp(tx: Tx, ticket: Ticket, followed: Followed): Promise<void> {
  await keeper?.(tx, ticket, followed);
}
