import type { DueRow, Job } from '../../platform/jobs/job.ts';
import { escalateTicket } from './escalation.ts';

const batch = 500;

/** The next tickets with a clock that is due, found in the index however many clocks run. */
export const dueSql = `
  select organisation_id as "organisationId", ticket_id as id
  from (select organisation_id, ticket_id, next_check_at from ticket_clock where next_check_at <= $1 order by next_check_at limit $2) due
  group by organisation_id, ticket_id order by min(next_check_at)`;

/** Promises escalate by themselves, even while nobody looks (handbook T-16). */
export const escalateJob: Job = {
  name: 'ticket.escalate',
  about:
    'Warns of promises about to be broken, carries broken ones up the chain, each step once (handbook P-5, T-16), and lets paused ones go on when the agreed wait is over (T-04).',
  every: { seconds: 1 },
  run: async (host) =>
    host.each(await host.due<DueRow>(dueSql, [host.now(), batch]), (tx, { id }) => escalateTicket(tx, id)),
};
