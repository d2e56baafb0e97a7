import { overdueAfterMinutes } from '@desk/schema/keys/limits';
import type { Job } from '../../platform/jobs/job.ts';
import { markDue } from '../../platform/jobs/mark-due.ts';
import { KeyLoan } from './key-loan.entity.ts';

const { REMINDED, STEWARD, SUPERVISOR } = overdueAfterMinutes;

/** The step that a loan due at `t.due_at` has reached at `$1`; steps that were slept through are not told afterwards. */
const reached = `
  case when t.due_at <= $1::timestamptz - make_interval(mins => ${SUPERVISOR}) then 'SUPERVISOR'
       when t.due_at <= $1::timestamptz - make_interval(mins => ${STEWARD}) then 'STEWARD'
       else 'REMINDED' end`;

export const keyJobs: readonly Job[] = [
  {
    name: 'keyLoan.overdue',
    about: 'Keys that are not back: reminder, steward, supervisor (handbook K-3, K-4).',
    every: { seconds: 1 },
    run: (host) =>
      markDue(host, {
        entity: KeyLoan,
        field: 'overdueStep',
        action: 'escalate',
        candidates: `
          select t.organisation_id, t.id, ${reached} as value from key_loan t
          where t.status = 'OUT' and (
            (t.overdue_step = 'NONE' and t.due_at <= $1::timestamptz - make_interval(mins => ${REMINDED}))
            or (t.overdue_step = 'REMINDED' and t.due_at <= $1::timestamptz - make_interval(mins => ${STEWARD}))
            or (t.overdue_step = 'STEWARD' and t.due_at <= $1::timestamptz - make_interval(mins => ${SUPERVISOR})))`,
      }),
  },
];
