/** An organisation for tests with real processes: rows that the command line would write, the rest through the API. */
import type pg from 'pg';
import { newToken } from '../../src/platform/auth/tokens.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { type Data, mutate } from './process.ts';

export interface TestDesk {
  organisation: string;
  token: string;
}

/** An organisation and a token with all rights. */
export async function prepareDesk(pool: pg.Pool): Promise<TestDesk> {
  const organisation = newUuid();
  const { secret, hash, lastFour } = newToken();
  await pool.query('insert into organisation (id, name) values ($1, $2)', [organisation, '断电物业']);
  await pool.query(
    `insert into api_token (organisation_id, id, version, created_at, updated_at, name, role, hash, last_four, created_by, expires_at)
     values ($1, $2, 1, now(), now(), '断电', 'ADMINISTRATOR', $3, $4, 'test', now() + interval '1 day')`,
    [organisation, newUuid(), hash, lastFour],
  );
  return { organisation, token: secret };
}

export interface Places {
  community: string;
  building: string;
  units: string[];
}

/** A community with one building of eight flats. */
export async function makePlaces(url: string, token: string): Promise<Places> {
  const make = async (name: string, input: object, entity: string): Promise<string> =>
    ((await mutate(url, token, name, input, `${entity} { id }`)) as Data)[entity].id;
  const community = await make('communityCreate', { code: 'CRASH', name: '断电小区' }, 'community');
  const building = await make('buildingCreate', { community, name: '1栋' }, 'building');
  const units: string[] = [];
  for (let number = 1; number <= 8; number += 1)
    units.push(await make('unitCreate', { building, number: `10${number}`, area: '80' }, 'unit'));
  return { community, building, units };
}

/** What no crash may leave behind, as sentences; none when all is whole. */
export async function faultsOf(pool: pg.Pool, organisation: string): Promise<string[]> {
  const faults: string[] = [];
  const none = async (fault: string, text: string): Promise<void> => {
    const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from (${text}) wrong`, [
      organisation,
    ]);
    const n = rows[0]?.n ?? 0;
    if (n > 0) faults.push(`${n} × ${fault}`);
  };
  await none(
    'a ledger entry that does not balance',
    'select from ledger_posting where organisation_id = $1 group by entry_id having sum(amount) <> 0',
  );
  await none(
    'money in the ledger that is not the money of the payments',
    `select where (select coalesce(sum(amount), 0) from payment where organisation_id = $1) <>
      (select coalesce(sum(p.amount), 0) from ledger_posting p join ledger_account a on a.id = p.account_id where a.organisation_id = $1 and a.type = 'MONEY')`,
  );
  for (const subject of ['ticket', 'payment', 'receipt'])
    await none(
      `a ${subject} that was not created exactly once in its history`,
      `select from ${subject} r where organisation_id = $1 and 1 <> (select count(*) from history h
        where h.organisation_id = $1 and h.subject_id = r.id and h.type = '${subject}.created')`,
    );
  await none(
    'a history without exactly its events',
    `select from (select subject_id, type, count(*) from history where organisation_id = $1 group by 1, 2) h
      full join (select subject_id, type, count(*) from event where organisation_id = $1 group by 1, 2) e using (subject_id, type)
      where h.count is distinct from e.count`,
  );
  await none(
    'an idempotency key without its answer',
    'select from idempotency_key where organisation_id = $1 and response is null',
  );
  await none(
    'a receipt whose number leaves a gap',
    `select from receipt r where organisation_id = $1 and serial <> (select count(*) from receipt s
      where s.organisation_id = $1 and s.book = r.book and s.community_id = r.community_id and s.serial <= r.serial)`,
  );
  return faults;
}
