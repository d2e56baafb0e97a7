/** The benchmark's data: one large organisation of the size asked for and four smaller ones, so that tenants mix. */
import pg from 'pg';
import { addVolume } from '../packages/api/src/demo/volume.ts';
import { newToken } from '../packages/api/src/platform/auth/tokens.ts';
import { newUuid } from '../packages/api/src/platform/ids.ts';
import { characters, places, statements, tickets } from './seed-statements.ts';

export interface Size {
  units: number;
  residents: number;
  tickets: number;
}

/** Of the large organisation, and which share of it each of the others has. */
export const scales = {
  small: { units: 1_000, residents: 5_000, tickets: 10_000, others: 0.1 },
  '200k': { units: 20_000, residents: 100_000, tickets: 200_000, others: 0.1 },
  // The others have 100,000 tickets: what size costs is measured side by side.
  '10m': { units: 100_000, residents: 500_000, tickets: 10_000_000, others: 0.01 },
} as const satisfies Record<string, Size & { others: number }>;
export type Scale = keyof typeof scales;

export interface Tenant {
  id: string;
  name: string;
  /** Bearer token, made anew for each run. */
  token: string;
}

/** Changes when the data does: what an older version seeded is not measured. */
const version = 2;
const unfinished = '(unfinished)';
const names = Array.from({ length: 5 }, (_, n) => `bench-${version}-${n + 1}`);

/** Two workers: more would only wait for each other on the machines that this runs on. */
const workers = 2;
/** Tickets that one statement makes. */
const chunk = 250_000;

const rowsOf = async (owner: pg.Pool): Promise<{ id: string; name: string }[]> => {
  const { rows } = await owner.query<{ id: string; name: string }>(
    'select id, name from organisation where name = any($1) order by name',
    [names],
  );
  return rows;
};

// Set-based and without triggers and foreign keys: what they would check holds by construction.
function poolFor(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: workers,
    options:
      '-c session_replication_role=replica -c maintenance_work_mem=1GB -c work_mem=256MB -c timezone=UTC',
  });
  pool.on('error', () => undefined); // the server is stopped while connections are still leaving
  return pool;
}

export async function isSeeded(url: string): Promise<boolean> {
  const owner = poolFor(url);
  try {
    return (await rowsOf(owner)).length === names.length;
  } finally {
    await owner.end();
  }
}

/** The organisations with a new token each. */
export async function tenantsOf(url: string): Promise<Tenant[]> {
  const owner = poolFor(url);
  try {
    const tenants: Tenant[] = [];
    for (const { id, name } of await rowsOf(owner))
      tenants.push({ id, name, token: await tokenFor(owner, id) });
    return tenants;
  } finally {
    await owner.end();
  }
}

/** Makes the data; the scale 10m takes about half an hour and 25 GB. */
export async function seed(url: string, scale: Scale, tell: (line: string) => void): Promise<void> {
  const owner = poolFor(url);
  const began = Date.now();
  const say = (line: string) => tell(`${Math.round((Date.now() - began) / 1000)} s  ${line}`);
  try {
    await fill(owner, scale, say);
  } finally {
    await owner.end();
  }
}

async function fill(owner: pg.Pool, scale: Scale, tell: (line: string) => void): Promise<void> {
  // Beside older data the tables would be larger than the scale says.
  const { rowCount } = await owner.query(`select from organisation where name like 'bench-%'`);
  if (rowCount)
    throw new Error(
      'The data was left unfinished or is of an older version: remove its folder or database, and begin again.',
    );
  const made: { id: string; name: string }[] = [];
  const later = await setAsideIndexes(owner);
  const { others, ...whole } = scales[scale];
  for (const [at, name] of names.entries()) {
    const share = at === 0 ? 1 : others;
    const size = {
      units: whole.units * share,
      residents: whole.residents * share,
      tickets: whole.tickets * share,
    };
    const id = newUuid();
    await owner.query('insert into organisation (id, name) values ($1, $2)', [id, `${name} ${unfinished}`]);
    // Its tickets take hours at ten million: the benchmark has a statement of its own for them.
    await addVolume(owner, id, { ...size, tickets: 0 }, (line) => tell(`${name} ${line}`));
    for (const [what, text] of Object.entries(statements)) {
      tell(`${name} ${what}…`);
      await owner.query(text, [
        id,
        ...(text.includes('$3') ? [...characters, size.residents - size.units] : []),
      ]);
      await owner.query(`analyze ${/(?:insert into|update) (\w+)/.exec(text)?.[1]}`); // else the joins of the next take hours
    }
    await addTickets(owner, id, size.tickets, (done) =>
      tell(`${name} tickets: ${done.toLocaleString('en')}`),
    );
    made.push({ id, name });
  }
  await inParallel(later, async (statement) => {
    tell(statement.split(' USING ')[0] ?? statement);
    await owner.query(statement);
  });
  tell('vacuum…');
  await owner.query('vacuum (analyze)');
  for (const { id, name } of made)
    await owner.query('update organisation set name = $2 where id = $1', [id, name]);
}

async function inParallel<T>(jobs: readonly T[], work: (job: T) => Promise<void>): Promise<void> {
  const queue = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

async function addTickets(
  owner: pg.Pool,
  organisation: string,
  count: number,
  tell: (done: number) => void,
): Promise<void> {
  await owner.query(`drop table if exists bench_place`);
  await owner.query(places.replace('$1', `'${organisation}'`));
  await owner.query('analyze bench_place');
  const starts = Array.from({ length: Math.ceil(count / chunk) }, (_, at) => at * chunk + 1);
  let done = 0;
  await inParallel(starts, async (from) => {
    const to = Math.min(count, from + chunk - 1);
    await owner.query(tickets, [organisation, count, from, to]);
    tell((done += to - from + 1));
  });
  await owner.query('drop table bench_place');
}

/** Indexes of the tables that get millions of rows are made afterwards, in one sweep each. */
async function setAsideIndexes(owner: pg.Pool): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; text: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as text from pg_index
     where indrelid in ('ticket'::regclass, 'history'::regclass)
       and not exists (select from pg_constraint c where c.conindid = indexrelid)`,
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  // The slow ones first, so that no worker is left with one at the end.
  return rows
    .map(({ text }) => text)
    .sort((a, b) => Number(b.includes(' gin ')) - Number(a.includes(' gin ')));
}

async function tokenFor(owner: pg.Pool, organisation: string): Promise<string> {
  const { secret, hash, lastFour } = newToken();
  await owner.query(
    `insert into api_token (organisation_id, id, version, created_at, updated_at, name, role, hash, last_four, created_by, expires_at)
     values ($1, $2, 1, now(), now(), 'bench', 'MANAGER', $3, $4, 'bench', now() + interval '1 day')`,
    [organisation, newUuid(), hash, lastFour],
  );
  return secret;
}
