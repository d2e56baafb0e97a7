import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../harness/broker.ts';
import { faultsOf, makePlaces, type Places, prepareDesk, type TestDesk } from '../harness/desk.ts';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';
import { ApiProcess, type Data, mutate } from '../harness/process.ts';

/** A real server process that dies in the middle of writes: what it answered is there once, what it did not is there once or not at all. */
let database: TestDatabase;
let pool: pg.Pool;
let dataDir = '';
let desk: TestDesk;
let places: Places;
let server: ApiProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  dataDir = await mkdtemp(join(tmpdir(), 'desk-crash-'));
  desk = await prepareDesk(pool);
  server = new ApiProcess({
    port: await freePort(),
    dataDir,
    databaseUrl: database.url,
    appDatabaseUrl: database.appUrl,
  });
  await server.start();
  places = await makePlaces(server.url, desk.token);
}, 180_000);
afterAll(async () => {
  await server.kill();
  await pool.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const send = (name: string, input: object, selection: string): Promise<Data> =>
  mutate(server.url, desk.token, name, input, selection);

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
        ? send(
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
        : send(
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

  const round = list[0]?.key.split('-', 1)[0];
  const { rows } = await pool.query(
    `select (select count(*)::int from ticket where organisation_id = $1 and title like '${round} %') as tickets,
      (select count(*)::int from payment where organisation_id = $1 and note like '${round} %') as payments`,
    [desk.organisation],
  );
  expect(rows).toEqual([{ tickets: Math.ceil(list.length / 2), payments: Math.floor(list.length / 2) }]);
  expect(await faultsOf(pool, desk.organisation)).toEqual([]);
}

test.each([20, 90])(
  'killed after %i of 200 writes: every answered one is there once, repeating finishes the rest',
  async (after) => {
    const list = writes(200, `kill${after}${randomBytes(2).toString('hex')}`);
    let answered = 0;
    const acknowledged = await settled(list, ignore, () => {
      answered += 1;
      if (answered === after) void server.kill();
    });
    expect(acknowledged.size).toBeLessThan(200);
    expect(acknowledged.size).toBeGreaterThanOrEqual(after);
    await server.kill();
    await server.start();
    await expectWhole(list, acknowledged);
  },
  180_000,
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
  expect(server.running).toBe(true);
  await expectWhole(list, acknowledged);
}, 180_000);
