import { createHash } from 'node:crypto';
import type pg from 'pg';

/** At most `max` attempts in `window` seconds. */
export interface Limit {
  window: number;
  max: number;
}

/** Sign-ins from one address: a whole office may sit behind it. */
export const perAddress: Limit = { window: 60, max: 30 };
/** Wrong passwords of one account, from wherever they come; a right one starts anew. */
export const perAccount: Limit = { window: 300, max: 5 };

export interface Verdict {
  allowed: boolean;
  /** Seconds until the next attempt may succeed. */
  retryAfter: number | null;
}

/** Counts attempts in the database, so that all processes share the limits. Each step is one atomic statement. */
export class Throttle {
  constructor(readonly pool: pg.Pool) {}

  /** Counts one attempt and says whether it may go on. A refused attempt does not prolong the wait. */
  async consume(key: string, { window, max }: Limit): Promise<Verdict> {
    const { rows } = await this.pool.query<{ attempts: number; wait: number }>(
      `insert into auth_throttle as t (key, attempts, expires_at) values ($1, 1, clock_timestamp() + make_interval(secs => $2))
       on conflict (key) do update set
         attempts = case when t.expires_at <= clock_timestamp() then 1 else least(t.attempts, $3) + 1 end,
         expires_at = case when t.expires_at <= clock_timestamp() then excluded.expires_at else t.expires_at end
       returning attempts, ceil(extract(epoch from expires_at - clock_timestamp()))::int as wait`,
      [key, window, max],
    );
    const { attempts, wait } = rows[0] ?? { attempts: 1, wait: 0 };
    return attempts <= max
      ? { allowed: true, retryAfter: null }
      : { allowed: false, retryAfter: Math.max(wait, 1) };
  }

  async clear(key: string): Promise<void> {
    await this.pool.query('delete from auth_throttle where key = $1 or expires_at < clock_timestamp()', [
      key,
    ]);
  }
}

/** The key of an account; known and unknown addresses look alike, and the table holds none in clear. */
export const accountKey = (email: string): string =>
  `account|${createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')}`;
