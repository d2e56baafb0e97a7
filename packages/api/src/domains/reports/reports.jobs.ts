import { handbookNumbers } from '@desk/schema/policies/numbers';
import { DateTime } from 'luxon';
import { businessDate } from '../../platform/clock.ts';
import type { Job } from '../../platform/jobs/job.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Community } from '../units/index.ts';
import { drawUp } from './monthly.ts';
import { MonthlyReport } from './report.entities.ts';

/** Days that a stopped installation makes up for. */
const longestGap = 7;

interface Due {
  organisationId: string;
  id: string;
  timeZone: string;
}

const isoDay = (day: DateTime): string => day.toISODate() ?? '';

/**
 * Enters what nobody followed up on a day that is over (handbook T-13). A ticket counts from the day after its receipt:
 * on that day the intake itself was the resident's news. The day is claimed first, so that it is cleared once.
 */
async function clearDay(tx: Tx, community: string, day: string, timeZone: string): Promise<boolean> {
  const claimed = await runInside(
    tx.em,
    `insert into cleared_day (organisation_id, community_id, day, cleared_at) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`,
    [tx.viewer.organisationId, community, day, tx.now],
  );
  if (claimed.length === 0) return false;
  await runInside(
    tx.em,
    `insert into daily_follow_up (organisation_id, id, version, created_at, updated_at, community_id, building_id, ticket_id, day, state)
     select t.organisation_id, uuidv7(), 1, $4::timestamptz, $4::timestamptz, t.community_id, t.building_id, t.id, $2::date, 'MISSED'
     from ticket t
     where t.community_id = $1 and t.received_at < ($2::date::timestamp at time zone $3)
       and (t.closed_at is null or t.closed_at >= (($2::date + 1)::timestamp at time zone $3))
     on conflict do nothing`,
    [community, day, timeZone, tx.now],
  );
  return true;
}

const dailyClearing: Job = {
  name: 'clearing.close',
  about:
    'After midnight, enters which open tickets nobody followed up on the day that ended (handbook T-13).',
  every: { seconds: 60 },
  async run(host) {
    const due = await host.due<Due & { last: string | null }>(
      `select c.organisation_id as "organisationId", c.id, c.time_zone as "timeZone", d.last::text as last
       from community c, lateral (select max(day) as last from cleared_day where community_id = c.id) d
       where d.last is null or d.last < ($1::timestamptz at time zone c.time_zone)::date - 1 order by c.id`,
      [host.now()],
    );
    let effects = 0;
    for (const { organisationId, id, timeZone, last } of due) {
      const today = DateTime.fromISO(businessDate(host.now(), timeZone), { zone: 'utc' });
      // The first day ever is yesterday: nobody is blamed for the time before.
      const open = isoDay(today.minus({ days: last === null ? 1 : longestGap }));
      for (
        let day = open;
        day < isoDay(today);
        day = isoDay(DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }))
      )
        if (last === null || day > last)
          if (await host.write(organisationId, (tx) => clearDay(tx, id, day, timeZone))) effects += 1;
    }
    return effects;
  },
};

/**
 * The month whose day of the figures has come last, and its days: from the day after the month before ended, so that none
 * is counted twice or left out where the policy moves the day.
 */
export function monthOf(
  today: string,
  reportDay: number,
  endBefore: string | null = null,
): { month: string; from: string; to: string } {
  const day = DateTime.fromISO(today, { zone: 'utc' });
  const due =
    day.day >= reportDay ? day.set({ day: reportDay }) : day.minus({ months: 1 }).set({ day: reportDay });
  const from = endBefore
    ? DateTime.fromISO(endBefore, { zone: 'utc' }).plus({ days: 1 })
    : due.minus({ months: 1 });
  return { month: due.toFormat('yyyy-MM'), from: isoDay(from), to: isoDay(due.minus({ days: 1 })) };
}

const monthlyReport: Job = {
  name: 'report.freeze',
  about:
    "On the day of the community's policy, the 28th by default, draws up and freezes the figures of the month (handbook T-14).",
  every: { seconds: 300 },
  async run(host) {
    let effects = 0;
    // Before the first ticket there is nothing to report.
    const due = await host.due<Due & { reportDay: number; endBefore: string | null }>(
      `select c.organisation_id as "organisationId", c.id, c.time_zone as "timeZone", p.day as "reportDay",
         (select r."to"::text from monthly_report r where r.community_id = c.id and r.month = to_char(m.month - interval '1 month', 'YYYY-MM')) as "endBefore"
       from community c, lateral (select ($1::timestamptz at time zone c.time_zone)::date as day) d,
         lateral (select coalesce((select report_day from policy where community_id = c.id and effective_from <= $1 order by effective_from desc limit 1), ${handbookNumbers.reportDay}) as day) p,
         lateral (select case when extract(day from d.day) >= p.day then d.day else (d.day - interval '1 month')::date end as month) m
       where not exists (select from monthly_report r where r.community_id = c.id and r.month = to_char(m.month, 'YYYY-MM'))
         and exists (select from ticket t where t.community_id = c.id
           and t.received_at < ((date_trunc('month', m.month) + (p.day - 1) * interval '1 day') at time zone c.time_zone))
       order by c.id`,
      [host.now()],
    );
    for (const { organisationId, id, timeZone, reportDay, endBefore } of due) {
      const { month, from, to } = monthOf(businessDate(host.now(), timeZone), reportDay, endBefore);
      const done = await host.write(organisationId, async (tx) => {
        await runInside(tx.em, 'select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [
          `report ${id} ${month}`,
        ]);
        if (await tx.em.findOne(MonthlyReport, { community: id, month })) return false;
        const content = JSON.stringify(await drawUp(tx, { from, to, community: id }));
        const community = tx.em.getReference(Community, id);
        tx.create(MonthlyReport, { community, month, from, to, content, frozenAt: tx.now });
        return true;
      });
      if (done) effects += 1;
    }
    return effects;
  },
};

export const reportJobs: readonly Job[] = [dailyClearing, monthlyReport];
