import { type DunningStep, dunningAfterDays } from '@desk/schema/fees/enums';
import type { Job } from '../../platform/jobs/job.ts';
import { markDue } from '../../platform/jobs/mark-due.ts';
import { Fee } from './fee.entity.ts';

const steps = Object.entries(dunningAfterDays);
const today = `($1::timestamptz at time zone c.time_zone)::date`;
// No zone is further ahead than 14 hours: the index finds by it the few that may be due.
const latestToday = `($1::timestamptz at time zone 'UTC' + interval '14 hours')::date`;

/** The step that the age of a fee has reached; steps that were slept through are not taken afterwards. */
const reached = `case ${[...steps]
  .reverse()
  .map(([step, days]) => `when t.due_on <= ${today} - ${days} then '${step}'`)
  .join(' ')} end`;

/** Each step waits for the next one only: fees that stand at it and are old enough. */
const waiting = steps
  .map(([, days], index) => {
    const before: DunningStep = (steps[index - 1]?.[0] as DunningStep | undefined) ?? 'NONE';
    return `(t.dunning_step = '${before}' and t.due_on <= ${latestToday} - ${days} and t.due_on <= ${today} - ${days})`;
  })
  .join(' or ');

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
        candidates: `
          select t.organisation_id, t.id, ${reached} as value from fee t
          join community c on c.organisation_id = t.organisation_id and c.id = t.community_id
          where t.status = 'ISSUED' and (${waiting})`,
      }),
  },
];
