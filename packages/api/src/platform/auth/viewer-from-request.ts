import type { Assignment } from '@desk/schema';
import DataLoader from 'dataloader';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { Viewer } from '../viewer.ts';
import type { Auth } from './better-auth.ts';
import { bearerToken, hashToken } from './tokens.ts';

/** What a request or a socket's connection brings along. Header names of HTTP, or of `connectionParams`. */
export interface Credentials {
  authorization?: string | undefined;
  cookie?: string | undefined;
  /** `Origin` and `Host`: the cookie counts only for pages of trusted origins, also on sockets, which CORS does not guard. */
  origin?: string | undefined;
  host?: string | undefined;
}

interface Cached {
  viewer: Promise<Viewer | null>;
  /** Milliseconds of the monotonic clock. */
  until: number;
}

/** A revocation bites after this at the latest. */
const lifetime = 700;
const capacity = 10_000;
/** `last_used_at` is kept to the minute. */
const usedEvery = 60_000;

/** Finds out who asks. Cheap enough for every request: within a second the same credentials cost a map look-up. */
export class Viewers {
  readonly #cache = new Map<string, Cached>();
  readonly #background = new Set<Promise<unknown>>();

  constructor(
    readonly pool: pg.Pool,
    readonly clock: Clock,
    readonly auth: Auth,
  ) {}

  /**
   * The viewer of a bearer token or a session cookie; null without credentials or with a session that is over.
   * Throws UNAUTHENTICATED for a bearer token that is wrong, expired or revoked: the whole request is then answered 401.
   */
  async resolve({ authorization, cookie, origin, host }: Credentials): Promise<Viewer | null> {
    if (authorization !== undefined) {
      const token = bearerToken(authorization);
      const viewer = token && (await this.#cached(token, () => this.#ofToken(token)));
      if (!viewer) throw new Refusal('UNAUTHENTICATED');
      return viewer;
    }
    const session = this.auth.sessionCookie(cookie);
    if (cookie === undefined || session === undefined || !this.auth.origins.trusts(origin, host)) return null;
    return this.#cached(session, () => this.#ofSession(session, cookie));
  }

  /** Resolves when the notes of token use that are under way are written. */
  async settled(): Promise<void> {
    await Promise.all(this.#background);
  }

  #cached(key: string, find: () => Promise<Found | null>): Promise<Viewer | null> {
    const now = performance.now();
    const known = this.#cache.get(key);
    if (known && known.until > now) return known.viewer;
    const entry: Cached = {
      until: now + lifetime,
      viewer: find().then((found) => this.#keepFor(entry, now, found)),
    };
    // Nobody may fill the memory: what was found nowhere is not kept, and the oldest entries go.
    const forget = () => this.#cache.get(key) === entry && this.#cache.delete(key);
    entry.viewer.then((viewer) => viewer ?? forget(), forget);
    keep(this.#cache, key, entry);
    return entry.viewer;
  }

  #keepFor(entry: Cached, now: number, found: Found | null): Viewer | null {
    if (!found) return null;
    entry.until = Math.min(entry.until, now + found.expiresAt.getTime() - this.clock.now().getTime());
    return found.viewer;
  }

  /** Thousands of dashboards are rechecked at once: what is asked in one turn is one statement. */
  readonly #tokens = new DataLoader<Buffer, TokenRow | undefined, string>(
    async (hashes) => {
      const { rows } = await this.pool.query<TokenRow>({
        name: 'viewer-of-token',
        text: tokenSql,
        values: [hashes, this.clock.now()],
      });
      const found = new Map(rows.map((row) => [row.hash.toString('base64'), row]));
      return hashes.map((hash) => found.get(hash.toString('base64')));
    },
    { cache: false, maxBatchSize: 1_000 },
  );

  async #ofToken(token: string): Promise<Found | null> {
    const now = this.clock.now();
    const row = await this.#tokens.load(hashToken(token));
    if (!row) return null;
    const idle = row.last_used_at === null || now.getTime() - row.last_used_at.getTime() >= usedEvery;
    if (idle) this.#note(row.id, now);
    const assignments: Assignment[] = [{ role: row.role, communityId: row.community_id, buildingIds: null }];
    return {
      viewer: new Viewer({ id: row.id, kind: 'TOKEN', name: row.name }, row.organisation_id, assignments),
      expiresAt: row.expires_at,
    };
  }

  /** Off the request's path; a lost note costs a minute of precision and no more. */
  #note(id: string, now: Date): void {
    const note = this.pool
      .query(
        `update api_token set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at <= $2::timestamptz - interval '1 minute')`,
        [id, now],
      )
      .catch(() => undefined)
      .finally(() => this.#background.delete(note));
    this.#background.add(note);
  }

  /** Tokens of session cookies whose signature was right, which stays so: later looks ask the database alone, many at once. */
  readonly #signed = new Map<string, string>();

  readonly #sessions = new DataLoader<string, SessionRow | undefined>(
    async (tokens) => {
      const { rows } = await this.pool.query<SessionRow>({
        name: 'viewer-of-session',
        text: sessionSql,
        values: [tokens],
      });
      const found = new Map(rows.map((row) => [row.token, row]));
      return tokens.map((token) => found.get(token));
    },
    { cache: false, maxBatchSize: 1_000 },
  );

  async #ofSession(session: string, cookie: string): Promise<Found | null> {
    const token = this.#signed.get(session) ?? (await this.auth.session(cookie))?.token;
    const row = token && (await this.#sessions.load(token));
    if (!row) {
      this.#signed.delete(session);
      return null;
    }
    keep(this.#signed, session, token);
    return {
      viewer: new Viewer({ id: row.id, kind: 'STAFF', name: row.name }, row.organisation_id, row.assignments),
      expiresAt: row.expires_at,
    };
  }
}

/** Puts an entry last; the oldest ones go when there are too many. */
function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= capacity) break;
    map.delete(oldest);
  }
}

interface Found {
  viewer: Viewer;
  expiresAt: Date;
}

interface TokenRow {
  hash: Buffer;
  id: string;
  organisation_id: string;
  name: string;
  role: Assignment['role'];
  community_id: string | null;
  expires_at: Date;
  last_used_at: Date | null;
}

const tokenSql = `
  select hash, id, organisation_id, name, role, community_id, expires_at, last_used_at from api_token
  where hash = any($1) and revoked_at is null and expires_at > $2`;

interface SessionRow {
  token: string;
  expires_at: Date;
  id: string;
  organisation_id: string;
  name: string;
  assignments: Assignment[];
}

// A steward of buildings without any building left sees nothing, not the whole community.
const sessionSql = `
  select e.token, e.expires_at, s.id, s.organisation_id, s.name, coalesce((
    select jsonb_agg(jsonb_build_object('role', a.role, 'communityId', a.community_id, 'buildingIds', case when a.by_building then coalesce((
      select jsonb_agg(b.building_id) from role_assignment_building b where b.organisation_id = a.organisation_id and b.assignment_id = a.id
    ), '[]') end)) from role_assignment a where a.organisation_id = s.organisation_id and a.staff_id = s.id
  ), '[]') as assignments
  from auth_session e join staff s on s.user_id = e.user_id
  where e.token = any($1) and e.expires_at > now() and s.active`;
