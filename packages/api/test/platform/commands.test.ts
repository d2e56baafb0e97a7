import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Organisation } from '../../src/domains/units/index.ts';
import { type Database, type EntityManager, openDatabase } from '../../src/platform/db/database.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { runInside, sendInside } from '../../src/platform/write/run-inside.ts';
import { startWorld, type World } from '../harness/world.ts';

/** The transaction of a command: what it asks at the same moment travels together, and no failure is lost. */
let world: World;
let db: Database;
let client: pg.PoolClient;
const organisation = newUuid();

beforeAll(async () => {
  world = await startWorld();
  const { databaseUrl: url } = world.app;
  db = await openDatabase({ url, pool: 1, readSeconds: 20, entities: [Organisation] });
  const pool = (await db.orm.em.getConnection().getNativeClient()) as pg.Pool;
  client = await pool.connect();
  client.release();
  await command(async (em) =>
    run(em, 'insert into organisation (id, name) values ($1, $2)', [organisation, 'x']),
  );
});
afterAll(async () => {
  await db.close();
  await world.close();
});

const command = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> =>
  db.orm.em.fork().transactional((em) => work(em as EntityManager), {
    sessionContext: { variables: { 'app.org': organisation } },
  });
const run = (em: EntityManager, text: string, values: unknown[] = []) => runInside(em, text, values);
const send = (em: EntityManager, text: string, values: unknown[] = []) => sendInside(em, text, values);
const insert = `insert into idempotency_key (organisation_id, actor_id, key, request_hash) values ($1, $1, $2, '')`;
const stored = async (key: string): Promise<boolean> => {
  const found = await command((em) => run(em, 'select from idempotency_key where key = $1', [key]));
  return found.length > 0;
};
const sqlState = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  );

/** How often the connection was written to. */
async function trips(work: () => Promise<unknown>): Promise<number> {
  const { query } = client;
  let count = 0;
  client.query = ((...args: Parameters<typeof query>) => {
    count += 1;
    return query.apply(client, args);
  }) as typeof query;
  try {
    await work();
    return count;
  } finally {
    client.query = query;
  }
}

test('what is asked at the same moment travels together: the beginning with the first, what is only sent with the next', async () => {
  const count = await trips(async () => {
    const seen = await command(async (em) => {
      const both = await Promise.all([run(em, 'select app_org()'), run(em, 'select 2')]);
      send(em, insert, [organisation, 'together']);
      const known = await run(em, 'select key from idempotency_key');
      send(em, "update idempotency_key set request_hash = 'sent' where key = $1", ['together']);
      return [...both, known];
    });
    expect(seen).toEqual([[[organisation]], [[2]], [['together']]]);
  });
  expect(count, 'two readings, what was sent with its reading, and the last with the commit').toBe(3);
  const hash = await command((em) => run(em, 'select request_hash from idempotency_key'));
  expect(hash).toEqual([['sent']]);
});

test('a command that asks nothing begins nothing', async () => {
  expect(await trips(() => command(async () => 1))).toBe(0);
});

test('a failure that nobody waited for fails the commit, with its own reason', async () => {
  const state = await sqlState(
    command(async (em) => {
      send(em, insert, [organisation, 'lost']);
      send(em, 'select 1 / $1::int', [0]);
      send(em, insert, [organisation, 'after']);
    }),
  );
  expect(state).toBe('22012');
  expect([await stored('lost'), await stored('after')]).toEqual([false, false]);
});

test('after a failure each later statement fails with the same reason', async () => {
  const states = await command(async (em) => {
    send(em, 'select 1 / $1::int', [0]);
    return [await sqlState(run(em, 'select 1')), await sqlState(run(em, 'select 2'))];
  }).catch((error: { code?: string }) => error.code);
  expect(states).toBe('22012');
});

test('a command that is given up leaves nothing, and its connection is used again', async () => {
  const given = command(async (em) => {
    send(em, insert, [organisation, 'given up']);
    await run(em, 'select 1');
    send(em, insert, [organisation, 'never sent']);
    throw new Error('changed my mind');
  });
  await expect(given).rejects.toThrow('changed my mind');
  expect([await stored('given up'), await stored('never sent')]).toEqual([false, false]);
});

test('what is asked after the end is refused, whoever has the connection now', async () => {
  let late: EntityManager | undefined;
  await command(async (em) => {
    late = em;
    await run(em, 'select 1');
  });
  await expect(run(late as EntityManager, 'select 1')).rejects.toThrow('the command is over');
});

test('values are not part of the text: quotes, question marks, backslashes and lists arrive as they are', async () => {
  const name = `O'Hara ?? \\? "$1" 漏水`;
  const found = await command(async (em) => {
    send(em, 'update organisation set name = $1', [name]);
    return em.find(Organisation, { name: { $in: [name, 'other'] } });
  });
  expect(found).toMatchObject([{ name }]);
});

test('a table that gets a column while its statements are prepared is read by the next command', async () => {
  const org = await world.organisation();
  const change = async (note: string) => {
    const unit = await org.unit();
    return org.admin.mutate('unitUpdate', { id: unit.id, version: unit.version, note }, 'unit { note }');
  };
  await change('before');
  await world.app.db.owner.query('alter table unit add column meanwhile int');
  expect((await change('after')).unit).toEqual({ note: 'after' });
});
