import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const selection =
  'apiToken { id version name role lastFour createdBy expiresAt lastUsedAt revokedAt community { id } } secret';
const newToken = async ({ admin }: TestOrganisation, fields: object = {}) => {
  const payload = await admin.mutate(
    'apiTokenCreate',
    { name: 'Gate system', role: 'INTEGRATOR', ...fields },
    selection,
  );
  expect(payload.userErrors).toEqual([]);
  return payload;
};
const withToken = (secret: string) => client(world.app, '', { authorization: `Bearer ${secret}` });
const stored = async (id: string, column: string) => {
  const { rows } = await world.app.db.owner.query(`select ${column} as value from api_token where id = $1`, [
    world.app.uuidOf(id),
  ]);
  return rows[0]?.value;
};

describe('a token', () => {
  test('is shown once and stored hashed', async () => {
    const organisation = await world.organisation();
    const { apiToken, secret } = await newToken(organisation, { idempotencyKey: 'token-1' });
    expect(secret).toMatch(/^psd_[\w-]{43}$/);
    expect(apiToken.lastFour).toBe(secret.slice(-4));
    expect(await stored(apiToken.id, 'hash')).toEqual(createHash('sha256').update(secret).digest());

    const again = await newToken(organisation, { idempotencyKey: 'token-1' });
    expect(again).toMatchObject({ apiToken: { id: apiToken.id }, secret: null });
    for (const table of ['api_token', 'history', 'event', 'idempotency_key']) {
      const { rows } = await world.app.db.owner.query(`select 1 from ${table} t where t::text like $1`, [
        `%${secret}%`,
      ]);
      expect(rows, table).toEqual([]);
    }
  });

  test('acts with its role in its organisation, under its name', async () => {
    const organisation = await world.organisation();
    const { apiToken, secret } = await newToken(organisation);
    const { viewer } = await withToken(secret).query(
      '{ viewer { id kind name organisation { id } assignments { role community { id } } } }',
    );
    expect(viewer).toMatchObject({
      id: apiToken.id,
      kind: 'TOKEN',
      name: 'Gate system',
      assignments: [{ role: 'INTEGRATOR', community: null }],
    });
    expect(world.app.uuidOf(viewer.organisation.id)).toBe(organisation.uuid);
  });

  test('sees no more than its community', async () => {
    const organisation = await world.organisation();
    const [mine, other] = [await organisation.unit(), await organisation.unit()];
    const { secret } = await newToken(organisation, { role: 'DASHBOARD', community: mine.community.id });
    const { units } = await withToken(secret).query('{ units { nodes { id } } }');
    expect(units.nodes).toEqual([{ id: mine.id }]);
    expect(
      await withToken(secret).query('query($id: ID!) { unit(id: $id) { id } }', { id: other.id }),
    ).toEqual({ unit: null });
  });

  test('is refused, with the whole request, when it is wrong', async () => {
    const { secret } = await newToken(await world.organisation());
    for (const authorization of [
      `Bearer ${secret}x`,
      `Bearer ${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      'Bearer',
      'Basic YTpi',
      '',
    ]) {
      const answer = await client(world.app, '', { authorization }).send('{ viewer { id } }');
      expect(answer.status, authorization).toBe(401);
      expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });

  test('wins over a session cookie, also when it is wrong', async () => {
    const { admin } = await world.organisation();
    const answer = await client(world.app, '', { ...admin.headers, authorization: 'Bearer psd_wrong' }).send(
      '{ viewer { id } }',
    );
    expect(answer.status).toBe(401);
  });

  test('ends when it expires', async () => {
    const organisation = await world.organisation();
    const { apiToken, secret } = await newToken(organisation, {
      expiresAt: new Date(Date.now() + 1200).toISOString(),
    });
    expect((await withToken(secret).send('{ viewer { id } }')).status).toBe(200);
    await sleep(Math.max(0, Date.parse(apiToken.expiresAt) - Date.now()) + 20);
    expect((await withToken(secret).send('{ viewer { id } }')).status).toBe(401);
  });

  test('lives a year unless told otherwise, and never longer than three', async () => {
    const organisation = await world.organisation();
    const days = (expiresAt: string) => (Date.parse(expiresAt) - Date.now()) / 86_400_000;
    expect(days((await newToken(organisation)).apiToken.expiresAt)).toBeCloseTo(365, 0);
    for (const ahead of [-1, 1200]) {
      const expiresAt = new Date(Date.now() + ahead * 86_400_000).toISOString();
      const { userErrors } = await organisation.admin.mutate(
        'apiTokenCreate',
        { name: 'x', role: 'DASHBOARD', expiresAt },
        'secret',
      );
      expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['expiresAt'] }]);
    }
  });

  test('is refused within a second after it was revoked, and stays so', async () => {
    const organisation = await world.organisation();
    const { apiToken, secret } = await newToken(organisation);
    expect((await withToken(secret).send('{ viewer { id } }')).status).toBe(200);
    const revoked = await organisation.admin.mutate(
      'apiTokenRevoke',
      { id: apiToken.id, version: apiToken.version, reason: 'lost' },
      selection,
    );
    expect(revoked).toMatchObject({
      apiToken: { revokedAt: expect.any(String) },
      secret: null,
      userErrors: [],
    });
    await sleep(1000);
    expect((await withToken(secret).send('{ viewer { id } }')).status).toBe(401);
    const { revokedAt, version } = revoked.apiToken;
    const again = await organisation.admin.mutate('apiTokenRevoke', { id: apiToken.id, version }, selection);
    expect(again.apiToken.revokedAt).toBe(revokedAt);
  });

  test('notes its last use, at most once a minute', async () => {
    const organisation = await world.organisation();
    const { apiToken, secret } = await newToken(organisation);
    expect(apiToken.lastUsedAt).toBeNull();
    await withToken(secret).query('{ viewer { id } }');
    await expect.poll(() => stored(apiToken.id, 'last_used_at')).toBeInstanceOf(Date);
    const first = await stored(apiToken.id, 'last_used_at');
    await sleep(1000);
    await withToken(secret).query('{ viewer { id } }');
    await sleep(100);
    expect(await stored(apiToken.id, 'last_used_at')).toEqual(first);

    await world.app.db.owner.query(
      `update api_token set last_used_at = now() - interval '61 seconds' where id = $1`,
      [world.app.uuidOf(apiToken.id)],
    );
    await sleep(1000);
    await withToken(secret).query('{ viewer { id } }');
    await expect.poll(async () => (await stored(apiToken.id, 'last_used_at')) > first).toBe(true);
    expect(await stored(apiToken.id, 'version')).toBe(1);
  });
});

describe('tokens are handed out', () => {
  test('by administrators only, and seen by them only', async () => {
    const organisation = await world.organisation();
    const manager = await organisation.as('MANAGER');
    const { userErrors } = await manager.mutate('apiTokenCreate', { name: 'x', role: 'DASHBOARD' }, 'secret');
    expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const { errors } = await manager.send('{ apiTokens { nodes { id } } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('to machines only: nobody acts as staff by token', async () => {
    const { admin } = await world.organisation();
    const { userErrors } = await admin.mutate(
      'apiTokenCreate',
      { name: 'x', role: 'ADMINISTRATOR' },
      'secret',
    );
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['role'] }]);
  });

  test("for places of one's own organisation", async () => {
    const [mine, other] = [await world.organisation(), await world.organisation()];
    const { id: community } = await other.community();
    const { userErrors } = await mine.admin.mutate(
      'apiTokenCreate',
      { name: 'x', role: 'DASHBOARD', community },
      'secret',
    );
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['community'] }]);
  });
});

test("another organisation's token looks like a missing one", async () => {
  const [mine, other] = [await world.organisation(), await world.organisation()];
  const { apiToken, secret } = await newToken(other);
  const missing = `${apiToken.id.slice(0, -4)}0000`;
  const tries = await Promise.all(
    [apiToken.id, missing].map(async (id) => [
      await mine.admin.send('query($id: ID!) { apiToken(id: $id) { id } node(id: $id) { id } }', { id }),
      await mine.admin.mutate('apiTokenRevoke', { id, version: 1 }, 'apiToken { id }'),
    ]),
  );
  expect(tries[0]).toEqual(tries[1]);
  expect(tries[0]?.[1]).toMatchObject({ apiToken: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] });
  await sleep(1000);
  expect((await withToken(secret).send('{ viewer { id } }')).status).toBe(200);
});
