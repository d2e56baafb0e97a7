import type pg from 'pg';
import { newToken } from '../src/platform/auth/tokens.ts';
import { encodeId, newUuid } from '../src/platform/ids.ts';

/** Where the benchmark's clerks work. */
export interface Place {
  token: string;
  /** By community. */
  units: string[][];
}

const name = 'bench-promises';
/** Numbers have no gaps, so the intakes of one community wait for each other: clerks of a company work in several. */
const communities = 8;
const units = 200;
const asked = process.argv.indexOf('--clocks');
/** A million unless `--clocks` says otherwise: fewer only try the benchmark out, and fill no page. */
export const wanted = asked > 0 ? Number(process.argv[asked + 1]) : 1_000_000;
const aggregate = 'organisation_id, id, version, created_at, updated_at';

async function organisationOf(owner: pg.Pool): Promise<string> {
  const { rows } = await owner.query<{ id: string }>('select id from organisation where name = $1', [name]);
  if (rows[0]) return rows[0].id;
  const id = newUuid();
  await owner.query('insert into organisation (id, name) values ($1, $2)', [id, name]);
  await owner.query(
    `insert into community (${aggregate}, code, name)
     select $1, uuidv7(), 1, now(), now(), 'BENCH' || n, '压测小区' || n from generate_series(1, $2::int) n`,
    [id, communities],
  );
  await owner.query(
    `insert into building (${aggregate}, community_id, name) select $1, uuidv7(), 1, now(), now(), id, '1栋' from community where organisation_id = $1`,
    [id],
  );
  await owner.query(
    `insert into unit (${aggregate}, community_id, building_id, number, full_name, kind, status, under_renovation)
     select $1, uuidv7(), 1, now(), now(), community_id, id, n::text, '1栋-' || n, 'RESIDENCE', 'OCCUPIED', false
     from building, generate_series(1, $2::int) n where organisation_id = $1`,
    [id, units / communities],
  );
  for (const role of ['STEWARD', 'SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER'])
    await owner.query(
      `with account as (insert into auth_user (name, email) values ($2, $3) returning id),
       person as (insert into staff (${aggregate}, user_id, name, email, access)
         select $1, uuidv7(), 1, now(), now(), id, $2, $3, array[$2] from account returning id)
       insert into role_assignment (organisation_id, id, staff_id, role) select $1, uuidv7(), id, $2 from person`,
      [id, role, `${role.toLowerCase()}@bench.example`],
    );
  return id;
}

/** A million open clocks on tickets, none of them due before tomorrow. */
export async function clocks(owner: pg.Pool, tell: (line: string) => void): Promise<void> {
  const organisation = await organisationOf(owner);
  const { rows } = await owner.query<{ count: string }>('select count(*) from ticket_clock');
  const missing = wanted - Number(rows[0]?.count ?? 0);
  if (missing > 0) {
    tell(`${missing.toLocaleString('en')} clocks…`);
    // What triggers and foreign keys would check holds by construction.
    const client = await owner.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(
        `insert into ticket (${aggregate}, community_id, building_id, unit_id, number, kind, channel, title, urgent, read_back, status, received_at, round, policy_id, promise_state)
         select $1, uuidv7(), 1, now(), now(), u.community_id, u.building_id, u.id, 'WX-20260101-' || lpad(n::text, 7, '0'), 'REPAIR_UNIT', 'HOTLINE', '漏水 ' || n,
           false, true, 'RECEIVED', now(), 0, p.id, 'ON_TRACK'
         from generate_series(1, $2::int) n
         join (select *, row_number() over (order by id) at from unit where organisation_id = $1) u on u.at = 1 + n % ${units}
         join policy p on p.community_id = u.community_id`,
        [organisation, Math.ceil(missing / 2)],
      );
      await client.query(
        `insert into ticket_clock (organisation_id, ticket_id, kind, round, number, status, rule, started_at, counted_from, unit, amount, first_due_at,
           due_at, warn_at, paused_ms, postponed, turn, step, link, next_check_at, provisional)
         select t.organisation_id, t.id, k.kind, 0, 1, 'RUNNING', 'T-04', now(), now(), 'HOURS', 48, now() + interval '2 days', now() + interval '2 days',
           now(), 0, 0, 0, 0, 0, now(), false
         from ticket t, (values ('DISPATCH'), ('SETTLE')) k(kind) where t.organisation_id = $1
         on conflict do nothing`,
        [organisation],
      );
    } finally {
      await client.query('set session_replication_role = origin');
      client.release();
    }
  }
  tell('Spreading them over time…');
  await owner.query(
    `with numbered as (select ctid, row_number() over () n from ticket_clock where organisation_id = $1 and status = 'RUNNING')
     update ticket_clock c set step = 0, link = 0, turn = turn + 1, breached_at = null,
       next_check_at = now() + interval '1 day' + make_interval(secs => n / 10.0), warn_at = now() + interval '1 day',
       due_at = now() + interval '2 days' + make_interval(secs => n / 10.0)
     from numbered where numbered.ctid = c.ctid`,
    [organisation],
  );
  // What making the data leaves behind is not part of what is measured.
  await owner.query('vacuum (analyze) ticket_clock, ticket');
  await owner.query('checkpoint');
}

/** From now on ten of the clocks are to be warned of each second. */
export async function makeDue(owner: pg.Pool, seconds: number): Promise<void> {
  await owner.query(
    `with chosen as (select ctid, row_number() over () n from ticket_clock where kind = 'SETTLE' and step = 0 and next_check_at > now() + interval '1 hour' limit $1)
     update ticket_clock c set warn_at = now() + make_interval(secs => n / 10.0), next_check_at = now() + make_interval(secs => n / 10.0)
     from chosen where chosen.ctid = c.ctid`,
    [seconds * 10],
  );
}

/** A token of a manager, and the units to report from. */
export async function makePlace(owner: pg.Pool): Promise<Place> {
  const organisation = await organisationOf(owner);
  const { secret, hash, lastFour } = newToken();
  await owner.query(
    `insert into api_token (${aggregate}, name, role, hash, last_four, created_by, expires_at)
     values ($1, $2, 1, now(), now(), 'bench', 'MANAGER', $3, $4, 'bench', now() + interval '1 day')`,
    [organisation, newUuid(), hash, lastFour],
  );
  const { rows } = await owner.query<{ ids: string[] }>(
    'select array_agg(id::text) as ids from unit where organisation_id = $1 group by community_id order by community_id',
    [organisation],
  );
  return { token: secret, units: rows.map(({ ids }) => ids.map((id) => encodeId('unit', id))) };
}
