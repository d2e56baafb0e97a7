import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newToken } from '../../src/platform/auth/tokens.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';

/** A real server process that dies in the middle of writes: what it answered is there once, what it did not is there once or not at all. */
const packageDir = join(import.meta.dirname, '../..');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

let database: TestDatabase;
let pool: pg.Pool;
let dataDir = '';
let port = 0;
let token = '';
let organisation = '';
const places: { community: string; units: string[] } = { community: '', units: [] };
let server: ChildProcess | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  dataDir = await mkdtemp(join(tmpdir(), 'desk-crash-'));
  port = await freePort();
  organisation = await prepare();
  await start();
  const { communityCreate } = await graphql(
    'communityCreate',
    { code: 'CRASH', name: '断电小区' },
    'community { id }',
  );
  places.community = communityCreate.community.id;
  const { buildingCreate } = await graphql(
    'buildingCreate',
    { community: places.community, name: '1栋' },
    'building { id }',
  );
  for (let number = 1; number <= 8; number += 1) {
    const { unitCreate } = await graphql(
      'unitCreate',
      { building: buildingCreate.building.id, number: `10${number}`, area: '80' },
      'unit { id }',
    );
    places.units.push(unitCreate.unit.id);
  }
}, 60_000);
afterAll(async () => {
  await kill();
  await pool.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** An organisation and a token with all rights; the rows are what the command line writes. */
async function prepare(): Promise<string> {
  const id = newUuid();
  const { secret, hash, lastFour } = newToken();
  token = secret;
  await pool.query('insert into organisation (id, name) values ($1, $2)', [id, '断电物业']);
  await pool.query(
    `insert into api_token (organisation_id, id, version, created_at, updated_at, name, role, hash, last_four, created_by, expires_at)
     values ($1, $2, 1, now(), now(), '断电', 'ADMINISTRATOR', $3, $4, 'test', now() + interval '1 day')`,
    [id, newUuid(), hash, lastFour],
  );
  return id;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return free;
}

async function start(): Promise<void> {
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    DEMO: 'false',
    LOG_LEVEL: 'fatal',
    RATE_LIMIT: '1000000',
    DATABASE_POOL: '10',
  };
  server = spawn(process.execPath, ['--import', tsx, 'src/main.ts'], {
    cwd: packageDir,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const ready = await fetch(`http://127.0.0.1:${port}/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await pause(50);
  }
  throw new Error('the server did not start');
}

async function kill(): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of documents written beside them
type Data = any;

async function graphql(name: string, input: object, selection: string): Promise<Data> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code message } } }`;
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  if (data[name].userErrors.length > 0) throw new Error(`refused: ${JSON.stringify(data[name].userErrors)}`);
  return data;
}

interface Write {
  key: string;
  run(): Promise<Data>;
}

/** Tickets and payments in turn: single rows, and rows with numbers, receipts and a ledger. */
function writes(count: number, round: string): Write[] {
  return Array.from({ length: count }, (_, index) => {
    const key = `${round}-${index}`;
    const unit = places.units[index % places.units.length];
    const note = `${round} ${index}`;
    const run = () =>
      index % 2 === 0
        ? graphql(
            'ticketCreate',
            {
              unit,
              kind: 'REPAIR_UNIT',
              title: note,
              reporterName: '住户',
              reporterPhone: '13800000000',
              readBack: true,
              idempotencyKey: key,
            },
            'ticket { id number version createdAt }',
          )
        : graphql(
            'paymentCreate',
            { unit, method: 'CASH', amount: 100 + index, note, idempotencyKey: key },
            'payment { id number receiptNumber amount status }',
          );
    return { key, run };
  });
}

/** All at once; answers what was acknowledged. `onFailure` decides what becomes of the rest. */
async function settled(
  list: Write[],
  onFailure: (error: unknown) => void,
  onAnswer: () => void = () => undefined,
): Promise<Map<string, Data>> {
  const answers = new Map<string, Data>();
  const run = async (write: Write) => {
    answers.set(write.key, await write.run());
    onAnswer();
  };
  await Promise.all(list.map((write) => run(write).catch(onFailure)));
  return answers;
}
const ignore = () => undefined;
const fail = (error: unknown): never => {
  throw error;
};

/** After everything was repeated: once each, and nothing of it in halves. */
async function expectWhole(list: Write[], acknowledged: Map<string, Data>): Promise<void> {
  const repeated = await settled(list, fail);
  expect(repeated.size).toBe(list.length);
  for (const [key, answer] of acknowledged) expect(repeated.get(key), key).toEqual(answer);
  expect(await settled(list, fail)).toEqual(repeated);

  const one = async (text: string): Promise<Data> => (await pool.query(text, [organisation])).rows[0];
  const round = list[0]?.key.split('-', 1)[0];
  const { tickets, payments } = await one(`select
    (select count(*)::int from ticket where organisation_id = $1 and title like '${round} %') as tickets,
    (select count(*)::int from payment where organisation_id = $1 and note like '${round} %') as payments`);
  expect({ tickets, payments }).toEqual({
    tickets: Math.ceil(list.length / 2),
    payments: Math.floor(list.length / 2),
  });

  expect(
    await one(
      `select count(*)::int as n from (select 1 from ledger_posting where organisation_id = $1 group by entry_id having sum(amount) <> 0) wrong`,
    ),
    'the ledger balances',
  ).toEqual({ n: 0 });
  expect(
    await one(`select coalesce(sum(amount), 0)::text as money from payment where organisation_id = $1`),
    'money in the ledger is the money of the payments',
  ).toEqual(
    await one(
      `select coalesce(sum(p.amount), 0)::text as money from ledger_posting p join ledger_account a on a.id = p.account_id where a.organisation_id = $1 and a.type = 'MONEY'`,
    ),
  );
  for (const [table, subject] of [
    ['ticket', 'ticket'],
    ['payment', 'payment'],
    ['receipt', 'receipt'],
  ])
    expect(
      await one(
        `select count(*)::int as n from ${table} r where organisation_id = $1 and 1 <> (select count(*) from history h where h.organisation_id = $1 and h.subject_id = r.id and h.subject_type = '${subject}')`,
      ),
      `one line of history for each ${table}`,
    ).toEqual({ n: 0 });
  expect(
    await one(
      'select (select count(*) from history where organisation_id = $1) = (select count(*) from event where organisation_id = $1) as same',
    ),
    'one event for each line of history',
  ).toEqual({ same: true });
  expect(
    await one(
      'select count(*)::int as n from idempotency_key where organisation_id = $1 and response is null',
    ),
    'no key without its answer',
  ).toEqual({ n: 0 });
  expect(
    await one(
      `select count(*)::int as n from receipt r where organisation_id = $1 and serial <> (select count(*) from receipt s where s.organisation_id = $1 and s.book = r.book and s.community_id = r.community_id and s.serial <= r.serial)`,
    ),
    'receipts without gaps',
  ).toEqual({ n: 0 });
}

test.each([20, 90])(
  'killed after %i of 200 writes: every answered one is there once, repeating finishes the rest',
  async (after) => {
    const list = writes(200, `kill${after}${randomBytes(2).toString('hex')}`);
    let answered = 0;
    const acknowledged = await settled(list, ignore, () => {
      answered += 1;
      if (answered === after) server?.kill('SIGKILL');
    });
    expect(acknowledged.size).toBeLessThan(200);
    expect(acknowledged.size).toBeGreaterThanOrEqual(after);
    await kill();
    await start();
    await expectWhole(list, acknowledged);
  },
  60_000,
);

test('connections cut in the middle of 200 writes: the server lives on, and nothing is half done', async () => {
  const list = writes(200, `cut${randomBytes(2).toString('hex')}`);
  let answered = 0;
  const cut = () =>
    pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'desk'`,
    );
  const cuts: Promise<unknown>[] = [];
  const acknowledged = await settled(list, ignore, () => {
    answered += 1;
    if (answered % 40 === 20) cuts.push(cut());
  });
  await Promise.all(cuts);
  expect(server?.exitCode).toBeNull();
  await expectWhole(list, acknowledged);
}, 60_000);
