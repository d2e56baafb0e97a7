import type { Job, JobHost } from '../../platform/jobs/job.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { statutory } from '../policies/index.ts';
import { type Clock, dueTimes, isOpen, nextCheck, promiseOf, type Terms } from './clock.ts';
import type { Moved } from './clock-keeping.ts';
import { observe, readClocks, recordMoves, writeClocks } from './clock-store.ts';
import { termsOf } from './terms.ts';
import { Ticket } from './ticket.entity.ts';

interface ChangedCalendar {
  organisationId: string;
  id: string;
  version: number;
}

const batch = 500;

/** Open promises follow a calendar that was edited, and the statutory days of years that have been published (handbook P-4). */
export const recomputeJob: Job = {
  name: 'ticket.recompute',
  about: 'Computes open promises anew whose calendar changed or whose year was published (handbook P-4).',
  every: { seconds: 1 },
  async run(host: JobHost): Promise<number> {
    const changed = await host.due<ChangedCalendar>(
      `select organisation_id as "organisationId", id, version from calendar
       where computed_version < version or (base = 'CHINA' and computed_until < $1) limit 20`,
      [statutory.lastYear],
    );
    let effects = 0;
    for (const calendar of changed) effects += await follow(host, calendar);
    return effects;
  },
};

async function follow(host: JobHost, { organisationId, id, version }: ChangedCalendar): Promise<number> {
  const tickets = await host.due<{ organisationId: string; id: string }>(
    `select distinct organisation_id as "organisationId", ticket_id as id from ticket_clock
     where organisation_id = $1 and calendar_id = $2 and ended_at is null and calendar_version < $3
     union
     select organisation_id, ticket_id from ticket_clock
     where organisation_id = $1 and calendar_id = $2 and ended_at is null and provisional
       and exists (select from calendar k where k.id = $2 and k.computed_until < $4)
     limit $5`,
    [organisationId, id, version, statutory.lastYear, batch],
  );
  const done = await host.each(tickets, (tx, row) => recomputeTicket(tx, row.id));
  if (tickets.length === batch || done < tickets.length) return done;
  await host.write(organisationId, (tx) =>
    runInside(tx.em, 'update calendar set computed_version = $2, computed_until = $3 where id = $1', [
      ...[id, version, statutory.lastYear],
    ]),
  );
  return done + 1;
}

/** Where an open promise would be due by this calendar; undefined where it does not count in it, or is broken already. */
export function dueBy(clock: Clock, terms: Terms): ReturnType<typeof dueTimes> | undefined {
  const counts = clock.unit === 'WORKING_DAYS' && clock.calendarId === terms.calendar.id;
  return counts && isOpen(clock) && clock.breachedAt === null ? dueTimes(clock, terms) : undefined;
}

/** What is broken stays broken; what is open moves, with a line in its record and in the history (handbook P-1, P-4). */
async function recomputeTicket(tx: Tx, ticketId: string): Promise<boolean> {
  const [locked] = await runInside(tx.em, 'select id from ticket where id = $1 for update skip locked', [
    ticketId,
  ]);
  if (!locked) return false;
  const ticket = await tx.em.findOneOrFail(Ticket, { id: ticketId });
  const terms = await termsOf(tx, ticket);
  const clocks = await readClocks(tx.em, ticketId);
  const moved: Moved[] = [];
  for (const clock of clocks.filter((one) => isOpen(one) && one.calendarId === terms.calendar.id)) {
    const times = dueBy(clock, terms);
    const from = clock.dueAt;
    clock.calendarVersion = terms.calendar.version;
    if (!times) continue;
    Object.assign(clock, times);
    clock.nextCheckAt = nextCheck(clock, terms.policy);
    if (clock.dueAt.getTime() !== from.getTime()) moved.push({ clock, change: 'CALENDAR', from });
  }
  writeClocks(tx.em, tx.viewer.organisationId, ticketId, clocks.filter(isOpen));
  recordMoves(tx, ticketId, moved);
  const from = ticket.nextDueAt;
  const { promiseState, nextDueAt } = promiseOf(clocks, tx.now);
  if (moved.length === 0) return true;
  await runInside(tx.em, 'update ticket set promise_state = $2, next_due_at = $3 where id = $1', [
    ...[ticketId, promiseState, nextDueAt],
  ]);
  observe(tx, ticket, 'recompute', [{ field: 'nextDueAt', from, to: nextDueAt }]);
  return true;
}
