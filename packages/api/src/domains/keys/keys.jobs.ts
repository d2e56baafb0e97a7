import type { Job } from '../../platform/jobs/job.ts';
import { markDue } from '../../platform/jobs/mark-due.ts';
import { numberSql } from '../policies/index.ts';
import { KeyLoan } from './key-loan.entity.ts';

/** Whether so many minutes after the due time have passed at `$1`, by the policy that the loan began under. */
const after = (name: Parameters<typeof numberSql>[0]): string =>
  `t.due_at <= $1::timestamptz - make_interval(mins => ${numberSql(name)})`;

/** The step that a loan has reached; steps that were slept through are not told afterwards. */
const reached = `
  case when ${after('keySupervisorMinutes')} then 'SUPERVISOR'
       when ${after('keyStewardMinutes')} then 'STEWARD'
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
        // The first condition lets the index find the few that are overdue and not yet at the last step.
        candidates: `
          select t.organisation_id, t.id, ${reached} as value from key_loan t left join policy p on p.id = t.policy_id
          where t.status = 'OUT' and t.overdue_step <> 'SUPERVISOR' and t.due_at <= $1::timestamptz and (
            (t.overdue_step = 'NONE' and ${after('keyReminderMinutes')})
            or (t.overdue_step in ('NONE', 'REMINDED') and ${after('keyStewardMinutes')})
            or ${after('keySupervisorMinutes')})`,
      }),
  },
];
