import type { DueRow, Job } from '../../platform/jobs/job.ts';
import { runInside } from '../../platform/write/run-inside.ts';

/** A night that was missed is made up for within this many days. */
const days = 45;
const ended = `
  select y.organisation_id, y.resident_id from residency y
  join community c on c.organisation_id = y.organisation_id and c.id = y.community_id
  where y.ends_on < ($1::timestamptz at time zone c.time_zone)::date
    and y.ends_on >= ($1::timestamptz at time zone c.time_zone)::date - ${days}`;

export const residentJobs: readonly Job[] = [
  {
    name: 'resident.forgetUnits',
    about: 'Who has moved out is no longer found by the unit (handbook U-6).',
    // Each hour: somewhere it is midnight.
    every: { cron: '3 * * * *', timeZone: 'UTC' },
    run: async (host) => {
      const now = host.now();
      const organisations = await host.due<DueRow>(
        `select distinct organisation_id as "organisationId", organisation_id as id from (${ended}) moved`,
        [now],
      );
      return host.each(organisations, async ({ em }) => {
        await runInside(em, `select set_config('app.now', $1, true)`, [now.toISOString()]);
        const moved = (await runInside(em, ended, [now])).map(([, resident]) => resident);
        await runInside(em, 'select resident_search_refresh($1::uuid[])', [moved]);
        // Rows that the refresh found different are of this transaction.
        const refreshed = await runInside(
          em,
          'select 1 as one from resident where id = any($1::uuid[]) and xmin = pg_current_xact_id()::xid limit 1',
          [moved],
        );
        return refreshed.length > 0;
      });
    },
  },
];
