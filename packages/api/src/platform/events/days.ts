import type pg from 'pg';
import type { Job } from '../jobs/job.ts';

/** Days for which tables are made ahead: so long may the job fail before events go to `event_rest`. */
const ahead = 3;

/** What is to be done by now, by the database's clock (UTC), as `recorded_at` is: names and dates of days. */
const due = `
  select to_char(day, 'YYYYMMDD') as day, true as make
  from generate_series((now() at time zone 'UTC')::date, (now() at time zone 'UTC')::date + ${ahead}, interval '1 day') day
  where to_regclass('event_' || to_char(day, 'YYYYMMDD')) is null
  union all
  select right(c.relname, 8), false
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'event'::regclass and c.relname ~ '^event_[0-9]{8}$'
    and to_date(right(c.relname, 8), 'YYYYMMDD') < (now() at time zone 'UTC')::date - ($1::int + 1)
  order by 1`;

/**
 * Makes the outbox's tables of the next days and drops those past retention, a day late, because recording and commit
 * differ a little. Dropping needs the table for itself for a moment: it gives up at once where a long reading (a backup)
 * is in the way, rather than let every writer queue behind it, and is tried again.
 */
export const keepDays: Job = {
  name: 'event.days',
  about: 'Makes the tables of the next days of events and drops those past retention (`EVENT_DAYS`).',
  every: { seconds: 3600 },
  run: async ({ services: { db, events } }) => {
    const { retentionDays } = events;
    const { rows } = await db.owner.query<{ day: string; make: boolean }>(due, [retentionDays]);
    for (const { day, make } of rows)
      await alone(db.owner, make ? `call keep_event_day('${day}')` : `drop table if exists event_${day}`);
    const { rowCount } = await db.owner.query(
      'delete from event_rest where recorded_at < now() - make_interval(days => $1::int + 1)',
      [retentionDays],
    );
    return rows.length + (rowCount ?? 0);
  },
};

async function alone(pool: pg.Pool, statement: string): Promise<void> {
  const client = await pool.connect();
  let failure: unknown;
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = '300ms'`);
    // Two processes that start at once would make the same table.
    await client.query(`select pg_advisory_xact_lock(hashtextextended('desk.event-days', 0))`);
    await client.query(statement);
    await client.query('commit');
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    client.release(failure !== undefined);
  }
}
