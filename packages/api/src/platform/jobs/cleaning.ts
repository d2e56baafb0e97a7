import type { Job } from './job.ts';

/** How long a repeated mutation gets the answer of the first one. */
const keyDays = 7;
const batch = 5_000;

/** Rows that have served their time, by table: how to find them at `$1`. */
const stale = {
  idempotency_key: `created_at < $1::timestamptz - interval '${keyDays} days'`,
  auth_session: 'expires_at < $1',
  auth_verification: 'expires_at < $1',
  auth_throttle: 'expires_at < $1',
} as const;

export const cleaning: Job = {
  name: 'platform.clean',
  about: `Deletes what has served its time: ended sessions, idempotency keys after ${keyDays} days.`,
  every: { cron: '20 3 * * *', timeZone: 'Asia/Shanghai' },
  run: async ({ services, now }) => {
    let deleted = 0;
    for (const [table, due] of Object.entries(stale)) {
      const { rowCount } = await services.db.owner.query(
        `delete from ${table} where ctid = any(array(select ctid from ${table} where ${due} limit ${batch} for update skip locked))`,
        [now()],
      );
      deleted += rowCount ?? 0;
    }
    return deleted;
  },
};
