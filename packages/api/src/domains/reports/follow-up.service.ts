import { dailyFollowUpInput } from '@desk/schema/reports/limits';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { businessDate } from '../../platform/clock.ts';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Staff } from '../staff/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Community } from '../units/index.ts';
import { DailyFollowUp } from './report.entities.ts';
import type { DailyFollowUpRecordInput } from './reports.inputs.ts';

/** Today's follow-up of an open matter (handbook T-13): one for each ticket and business day. */
export async function recordFollowUp(tx: Tx, input: DailyFollowUpRecordInput): Promise<DailyFollowUp> {
  // Locked, so that two who follow it up at once write one record, one after the other.
  const ticket = await tx.get(Ticket, input.ticket, 'ticket', { lock: true });
  const { community, building } = ticket;
  tx.authorise(DailyFollowUp, 'record', { communityId: community.id, buildingId: building?.id ?? null });
  const { note, delayReason, residentTold } = tx.check(dailyFollowUpInput, input);
  if (ticketLifecycle.final.includes(ticket.status))
    refuse('TICKET_ENDED', { field: ['ticket'], rule: 'T-13' });
  return enterFollowUp(tx, ticket, { note, delayReason, residentTold });
}

/** The record of the day, by whoever did it: the next words of the same day take the place of the last, what was told stays. */
export async function enterFollowUp(
  tx: Tx,
  ticket: Ticket,
  followed: {
    note: string;
    delayReason?: string | null | undefined;
    residentTold?: string | null | undefined;
  },
): Promise<DailyFollowUp> {
  const { note, delayReason, residentTold } = followed;
  const { community, building } = ticket;
  const { timeZone } = await tx.em.findOneOrFail(Community, { id: community.id });
  const day = businessDate(tx.now, timeZone);
  const { actor } = tx.viewer;
  const fields = {
    state: 'DONE' as const,
    note,
    staff: actor.kind === 'STAFF' ? tx.em.getReference(Staff, actor.id) : null,
  };
  const before = await tx.em.findOne(DailyFollowUp, { ticket: ticket.id, day });
  if (before)
    return tx.assign(before, {
      ...fields,
      delayReason: delayReason ?? undefined,
      residentTold: residentTold ?? undefined,
    } as Partial<DailyFollowUp>);
  return tx.create(DailyFollowUp, fields, {
    ...{ community, building, ticket, day },
    delayReason: delayReason ?? null,
    residentTold: residentTold ?? null,
  });
}
