import type { DunningStep } from '@desk/schema/fees/enums';
import type { PolicyNumberName } from '@desk/schema/policies/numbers';
import type { Job } from '../../platform/jobs/job.ts';
import { markDue } from '../../platform/jobs/mark-due.ts';
import { noVersion, numberSql, versionsSql } from '../policies/index.ts';
import { Fee } from './fee.entity.ts';

/** The steps of the dunning, and the number of the policy that says after how many days (handbook F-07). */
const steps: readonly [DunningStep, PolicyNumberName][] = [
  ['REMINDER', 'reminderDays'],
  ['NOTICE', 'dunningNoticeDays'],
  ['CALL', 'dunningCallDays'],
  ['VISIT', 'dunningVisitDays'],
  ['LETTER', 'dunningLetterDays'],
];
const today = `($1::timestamptz at time zone c.time_zone)::date`;
// No zone is further ahead than 14 hours: the index finds by it the few that may be due.
const latestToday = `($1::timestamptz at time zone 'UTC' + interval '14 hours')::date`;

/** The step that the age of a fee has reached; steps that were slept through are not taken afterwards. */
const reached = `case ${[...steps]
  .reverse()
  .map(([step, days]) => `when t.due_on <= ${today} - ${numberSql(days)} then '${step}'`)
  .join(' ')} end`;

/** Each step waits for the next one only. */
const waiting = steps
  .map(([, days], index) => `('${steps[index - 1]?.[0] ?? 'NONE'}', ${numberSql(days)})`)
  .join(', ');

export const feeJobs: readonly Job[] = [
  {
    name: 'fee.dun',
    about: 'Unpaid fees go to the dunning step of their age (handbook F-07).',
    every: { seconds: 10 },
    run: (host) =>
      markDue(host, {
        entity: Fee,
        field: 'dunningStep',
        action: 'dun',
        // For each version of the policy and each step, the index knows the fees that stand before it and are old enough.
        candidates: `
          select t.organisation_id, t.id, ${reached} as value from ${versionsSql(steps.map(([, days]) => days))}
          cross join lateral (values ${waiting}) as next(after, days)
          join fee t on coalesce(t.policy_id, '${noVersion}') = p.id and t.dunning_step = next.after and t.due_on <= ${latestToday} - next.days
          join community c on c.organisation_id = t.organisation_id and c.id = t.community_id
          where t.status = 'ISSUED' and t.dunning_step <> 'LETTER' and t.due_on <= ${today} - next.days`,
      }),
  },
];
