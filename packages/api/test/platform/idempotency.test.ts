import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { goodPassword } from '../harness/accounts.ts';
import { type Client, startWorld, type TestOrganisation, unique, type World } from '../harness/world.ts';

/** A mutation that names a key has one effect and one answer, however often, from wherever and after whatever it is repeated. */
let world: World;
let organisation: TestOrganisation;
let admin: Client;
beforeAll(async () => {
  world = await startWorld();
  organisation = await world.organisation();
  admin = organisation.admin;
});
afterAll(() => world.close());

// biome-ignore lint/suspicious/noExplicitAny: tests read rows of statements written beside them
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await world.app.db.owner.query(text, values)).rows;
const entriesOf = (id: string) =>
  rows('select * from history where subject_id = $1 order by id', [world.app.uuidOf(id)]);

describe('idempotency', () => {
  const create = (
    client: Client,
    input: object,
    selection = 'unit { id version number }',
    headers?: Record<string, string>,
  ) => client.mutate('unitCreate', input, selection, headers);

  test('outlives a restart of the app', async () => {
    const { id: building } = await organisation.building();
    const input = { building, number: unique(''), idempotencyKey: unique('restart') };
    const first = await create(admin, input);
    const config = readConfig({
      PORT: '0',
      LOG_LEVEL: 'error',
      AUTH_SECRET: 'a secret for tests of at least 32 characters',
      RATE_LIMIT: '1000000',
    });
    const again = await buildApp({
      config,
      databaseUrl: world.app.databaseUrl,
      log: pino({ level: 'error' }),
    });
    const url = await again.listen();
    const query =
      'mutation($input: UnitCreateInput!) { unitCreate(input: $input) { unit { id version number } userErrors { code field message rule } } }';
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...admin.headers },
      body: JSON.stringify({ query, variables: { input } }),
    });
    expect((await response.json()) as object).toEqual({ data: { unitCreate: first } });
    await again.close();
    expect(await rows('select 1 from unit where number = $1', [input.number])).toHaveLength(1);
  });

  test('by header covers each field of the document by itself', async () => {
    const { id: building } = await organisation.building();
    const numbers = [unique('a'), unique('b')];
    const source =
      'mutation($a: UnitCreateInput!, $b: UnitCreateInput!) { a: unitCreate(input: $a) { unit { id number } userErrors { code } } b: unitCreate(input: $b) { unit { id number } userErrors { code } } }';
    const variables = { a: { building, number: numbers[0] }, b: { building, number: numbers[1] } };
    const headers = { 'idempotency-key': unique('two') };
    const first = await admin.send(source, variables, headers);
    expect([first.data.a.unit.number, first.data.b.unit.number]).toEqual(numbers);
    expect(await admin.send(source, variables, headers)).toEqual(first);
    expect(await rows('select 1 from unit where number = any($1)', [numbers])).toHaveLength(2);
  });

  test('100 at once with one key: one effect, one answer', async () => {
    const { id: building } = await organisation.building();
    const input = { building, number: unique(''), idempotencyKey: unique('storm') };
    const answers = await Promise.all(Array.from({ length: 100 }, () => create(admin, input)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await rows('select 1 from unit where number = $1', [input.number])).toHaveLength(1);
    expect(await entriesOf(answers[0].unit.id)).toHaveLength(1);
  });

  test('of another actor is another key', async () => {
    const { id: building } = await organisation.building();
    const other = await organisation.as('ADMINISTRATOR');
    const idempotencyKey = unique('shared');
    const mine = await create(admin, { building, number: unique(''), idempotencyKey });
    const theirs = await create(other, { building, number: unique(''), idempotencyKey });
    expect(theirs.userErrors).toEqual([]);
    expect(theirs.unit.id).not.toBe(mine.unit.id);
  });

  test('with another body, or for another mutation, is refused and changes nothing', async () => {
    const { id: building } = await organisation.building();
    const idempotencyKey = unique('body');
    const first = await create(admin, { building, number: unique(''), idempotencyKey });
    const [other] = (await create(admin, { building, number: unique(''), idempotencyKey })).userErrors;
    expect(other).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH', field: ['idempotencyKey'] });
    const { userErrors } = await admin.mutate(
      'unitUpdate',
      { id: first.unit.id, version: 1, note: 'x', idempotencyKey },
      'unit { id }',
    );
    expect(userErrors[0].code).toBe('IDEMPOTENCY_MISMATCH');
    expect(await entriesOf(first.unit.id)).toHaveLength(1);
  });

  test('remembers a refusal, even when the reason is gone', async () => {
    const { id: building } = await organisation.building();
    const taken = await organisation.unit({ building });
    const { unit } = await admin.query('query($id: ID!) { unit(id: $id) { number } }', { id: taken.id });
    const input = { building, number: unit.number, idempotencyKey: unique('refused') };
    const first = await create(admin, input);
    expect(first.userErrors[0].code).toBe('DUPLICATE');
    await admin.mutate(
      'unitUpdate',
      { id: taken.id, version: taken.version, number: unique('') },
      'unit { id }',
    );
    expect(await create(admin, input)).toEqual(first);
    const { userErrors } = await create(admin, { ...input, idempotencyKey: unique('anew') });
    expect(userErrors).toEqual([]);
  });

  test('with another selection answers the same record, read anew', async () => {
    const { id: building } = await organisation.building();
    const input = { building, number: unique(''), idempotencyKey: unique('selection') };
    const first = await create(admin, input, 'unit { id }');
    expect(await create(admin, input, 'unit { id fullName building { id } }')).toMatchObject({
      unit: {
        id: first.unit.id,
        fullName: expect.stringContaining(input.number),
        building: { id: building },
      },
    });
  });

  test('sees another selection also behind the same fragment spread', async () => {
    const { id: building } = await organisation.building();
    const input = { building, number: unique(''), idempotencyKey: unique('fragment') };
    const source = (fields: string) =>
      `mutation($input: UnitCreateInput!) { unitCreate(input: $input) { unit { ...F } userErrors { code } } } fragment F on Unit { ${fields} }`;
    const first = await admin.query(source('id'), { input });
    const second = await admin.query(source('id fullName'), { input });
    expect(second.unitCreate.unit).toEqual({
      id: first.unitCreate.unit.id,
      fullName: expect.stringContaining(input.number),
    });
  });

  test('keeps no secret: passwords, tokens and unmasked values are in no row', async () => {
    const password = `${goodPassword} ${unique('geheim')}`;
    const staff = {
      name: unique('员工'),
      email: `${unique('s')}@example.test`,
      password,
      assignments: [{ role: 'FRONT_DESK' }],
      idempotencyKey: unique('staff'),
    };
    expect((await admin.mutate('staffCreate', staff, 'staff { id }')).userErrors).toEqual([]);
    const token = await admin.mutate(
      'apiTokenCreate',
      { name: '看板', role: 'DASHBOARD', idempotencyKey: unique('token') },
      'apiToken { id } secret',
    );
    expect(token.secret).toMatch(/^psd_/);
    const { id: community } = await organisation.community();
    const { resident } = await admin.mutate(
      'residentCreate',
      { community, kind: 'PERSON', name: '慕容云', phone: '13998765432' },
      'resident { id version }',
    );
    const unmask = {
      id: resident.id,
      fields: ['PHONE'],
      reason: '住户要求回访，核对联系电话',
      idempotencyKey: unique('unmask'),
    };
    const shown = await admin.mutate('residentUnmask', unmask, 'resident { id } unmasked { phone }');
    expect(shown.unmasked?.phone, JSON.stringify(shown)).toBe('13998765432');
    expect(
      (await admin.mutate('residentUnmask', unmask, 'resident { id } unmasked { phone }')).unmasked,
    ).toBeNull();
    const kept = JSON.stringify(await rows('select * from idempotency_key'));
    for (const secret of [password, token.secret, token.secret.slice(4), '13998765432'])
      expect(kept.includes(secret)).toBe(false);
  });

  test('of more than 255 characters or with NUL is wrong input', async () => {
    const { id: building } = await organisation.building();
    for (const idempotencyKey of ['k'.repeat(256), 'a\0b']) {
      const { userErrors } = await create(admin, { building, number: unique(''), idempotencyKey });
      expect(userErrors[0]).toMatchObject({ code: 'VALIDATION', field: ['idempotencyKey'] });
    }
  });
});
