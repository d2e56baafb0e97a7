import type { Job } from '../../platform/jobs/job.ts';
import { markDue } from '../../platform/jobs/mark-due.ts';
import { RenovationPermit } from './permit.entity.ts';

export const permitJobs: readonly Job[] = [
  {
    name: 'renovationPermit.expire',
    about: "Permits past their last day in the community's time zone (handbook R-05).",
    every: { seconds: 1 },
    run: (host) =>
      markDue(host, {
        entity: RenovationPermit,
        field: 'expiredAt',
        action: 'expire',
        // No zone is further ahead than 14 hours: the first condition lets the index find the few that may be due.
        candidates: `
          select t.organisation_id, t.id, $1::timestamptz as value from renovation_permit t
          join community c on c.organisation_id = t.organisation_id and c.id = t.community_id
          where t.expired_at is null and t.status in ('ISSUED', 'SUSPENDED')
            and t.ends_on < ($1::timestamptz at time zone 'UTC' + interval '14 hours')::date
            and t.ends_on < ($1::timestamptz at time zone c.time_zone)::date`,
      }),
  },
];
