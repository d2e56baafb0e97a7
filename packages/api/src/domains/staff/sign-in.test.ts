import { setTimeout as sleep } from 'node:timers/promises';
import { getMigrations } from 'better-auth/db/migration';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account, cookiesOf, goodPassword, signedIn, signIn } from '../../../test/harness/accounts.ts';
import { startTestApp } from '../../../test/harness/app.ts';
import { client, startWorld, unique, type World } from '../../../test/harness/world.ts';
import { betterAuthOptions } from '../../platform/auth/better-auth.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ TRUST_PROXY: 'true', ALLOWED_ORIGINS: 'http://console.example' });
});
afterAll(() => world.close());

const viewerQuery = '{ viewer { id kind name organisation { id } assignments { role communityId } } }';
let addresses = 0;
/** Every test comes from an address of its own, so that none throttles another. */
const fromNewAddress = () => ({ 'x-forwarded-for': `10.1.${addresses >> 8}.${(addresses += 1) & 255}` });

describe('signing in', () => {
  test('gives a session that the API knows, until signing out', async () => {
    const organisation = await world.organisation();
    const person = await account(organisation);
    const response = await signIn(world.app, person.email.toUpperCase(), goodPassword, fromNewAddress());
    expect(response.status).toBe(200);
    const cookie = cookiesOf(response);
    const me = client(world.app, '', { cookie });
    const { viewer } = await me.query(viewerQuery);
    expect(viewer).toMatchObject({
      id: person.id,
      kind: 'STAFF',
      assignments: [{ role: 'FRONT_DESK', communityId: null }],
    });
    expect(world.app.uuidOf(viewer.organisation.id)).toBe(organisation.uuid);

    const { origin } = new URL(world.app.url);
    const out = await fetch(`${world.app.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin },
    });
    expect(out.status).toBe(200);
    await sleep(1000);
    expect(await me.query(viewerQuery)).toEqual({ viewer: null });
  });

  test('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const person = await account(await world.organisation());
    const response = await signIn(world.app, person.email, goodPassword, fromNewAddress());
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).toMatch(/; Max-Age=604800/i);
    expect(cookie).not.toMatch(/; Secure/i);
  });

  test('sets a cookie for https only when browsers come by https', async () => {
    const app = await startTestApp({ PUBLIC_URL: 'https://desk.example' });
    try {
      const [cookie] = (await signIn(app, 'nobody@example.test', goodPassword)).headers.getSetCookie();
      expect(cookie).toBeUndefined();
      const out = await fetch(`${app.url}/api/auth/sign-out`, {
        method: 'POST',
        headers: { origin: 'https://desk.example' },
      });
      expect(out.headers.getSetCookie().join()).toMatch(/__Secure-desk-\w+\.session_token=;.*Secure/i);
    } finally {
      await app.close();
    }
  });

  test('answers a wrong password and an unknown account alike', async () => {
    const person = await account(await world.organisation());
    const wrong = await signIn(world.app, person.email, 'not the password', fromNewAddress());
    const unknown = await signIn(
      world.app,
      `${unique('nobody')}@example.test`,
      goodPassword,
      fromNewAddress(),
    );
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test('makes the guessers of one password wait, from wherever they come, and nobody else', async () => {
    const organisation = await world.organisation();
    const [victim, colleague] = [await account(organisation), await account(organisation)];
    const statuses = [];
    for (let guess = 0; guess < 6; guess += 1)
      statuses.push((await signIn(world.app, victim.email, `guess ${guess} ....`, fromNewAddress())).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const right = await signIn(world.app, victim.email, goodPassword, fromNewAddress());
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(right.headers.get('retry-after'))).toBeLessThanOrEqual(300);
    expect((await signIn(world.app, colleague.email, goodPassword, fromNewAddress())).status).toBe(200);

    await world.app.db.owner.query(`update auth_throttle set expires_at = now() where key like 'account|%'`);
    expect((await signIn(world.app, victim.email, goodPassword, fromNewAddress())).status).toBe(200);
  });

  test('forgets the wrong passwords after a right one', async () => {
    const person = await account(await world.organisation());
    for (let round = 0; round < 2; round += 1) {
      for (let guess = 0; guess < 4; guess += 1)
        await signIn(world.app, person.email, 'a typing mistake', fromNewAddress());
      expect((await signIn(world.app, person.email, goodPassword, fromNewAddress())).status).toBe(200);
    }
  });

  test('makes an address wait that tries many accounts', async () => {
    const here = fromNewAddress();
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => signIn(world.app, `${unique('x')}@example.test`, goodPassword, here)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

test('an address is that of the connection, whatever headers claim, unless a proxy is trusted', async () => {
  const app = await startTestApp();
  try {
    const claim = (n: number) => ({ 'x-forwarded-for': `10.9.0.${n}`, 'x-desk-address': `10.9.0.${n}` });
    const tries = Array.from({ length: 31 }, (_, n) =>
      signIn(app, `${unique('x')}@example.test`, goodPassword, claim(n)),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  } finally {
    await app.close();
  }
});

describe('what does not exist', () => {
  test.each(['sign-up/email', 'update-user', 'delete-user', 'request-password-reset', 'sign-in/social'])(
    '/api/auth/%s',
    async (path) => {
      const response = await fetch(`${world.app.url}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Mallory', email: 'mallory@example.test', password: goodPassword }),
      });
      expect(response.status).toBe(404);
    },
  );
});

describe('pages of other origins', () => {
  test('cannot sign anybody in or out', async () => {
    const person = await account(await world.organisation());
    const evil = { origin: 'http://evil.example' };
    expect(
      (await signIn(world.app, person.email, goodPassword, { ...fromNewAddress(), ...evil })).status,
    ).toBe(403);
    const { cookie } = (await signedIn(world.app, person.email)).headers;
    const out = await fetch(`${world.app.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie: cookie ?? '', ...evil },
    });
    expect(out.status).toBe(403);
  });

  test('cannot use the session, while allowed origins and the own one can', async () => {
    const person = await account(await world.organisation());
    const { headers } = await signedIn(world.app, person.email);
    const viewerFrom = async (origin: string) =>
      (await client(world.app, '', { ...headers, origin }).query('{ viewer { id } }')).viewer;
    expect(await viewerFrom('http://evil.example')).toBeNull();
    expect(await viewerFrom('null')).toBeNull();
    expect(await viewerFrom('http://console.example')).toEqual({ id: person.id });
    expect(await viewerFrom(new URL(world.app.url).origin)).toEqual({ id: person.id });
  });

  test('can sign in when they are allowed', async () => {
    const person = await account(await world.organisation());
    const response = await signIn(world.app, person.email, goodPassword, {
      ...fromNewAddress(),
      origin: 'http://console.example',
    });
    expect(response.status).toBe(200);
  });
});

describe('an account', () => {
  test('is out within a second when it is deactivated, and cannot sign in', async () => {
    const organisation = await world.organisation();
    const person = await account(organisation);
    const me = await signedIn(world.app, person.email);
    expect((await me.query('{ viewer { id } }')).viewer).not.toBeNull();
    const { staff } = await organisation.admin.mutate(
      'staffUpdate',
      { id: person.id, version: person.version, active: false },
      'staff { version active }',
    );
    expect(staff.active).toBe(false);
    await sleep(1000);
    expect((await me.query('{ viewer { id } }')).viewer).toBeNull();
    expect((await signIn(world.app, person.email, goodPassword, fromNewAddress())).status).toBe(403);

    await organisation.admin.mutate(
      'staffUpdate',
      { id: person.id, version: staff.version, active: true },
      'staff { active }',
    );
    expect((await me.query('{ viewer { id } }')).viewer).toBeNull();
    expect((await signedIn(world.app, person.email)).headers.cookie).toBeDefined();
  });

  test('counts for nothing while it is inactive, even with a session', async () => {
    const person = await account(await world.organisation());
    const me = await signedIn(world.app, person.email);
    await world.app.db.owner.query('update staff set active = false where id = $1', [
      world.app.uuidOf(person.id),
    ]);
    expect((await me.query('{ viewer { id } }')).viewer).toBeNull();
  });

  test('is out within a second when its session is deleted', async () => {
    const person = await account(await world.organisation());
    const me = await signedIn(world.app, person.email);
    expect((await me.query('{ viewer { id } }')).viewer).not.toBeNull();
    await world.app.db.owner.query(
      'delete from auth_session s using staff t where s.user_id = t.user_id and t.id = $1',
      [world.app.uuidOf(person.id)],
    );
    await sleep(1000);
    expect((await me.query('{ viewer { id } }')).viewer).toBeNull();
  });

  test('loses its sessions and its old password when an administrator sets a new one', async () => {
    const organisation = await world.organisation();
    const person = await account(organisation);
    const me = await signedIn(world.app, person.email);
    const input = { id: person.id, version: person.version, password: 'another long password' };
    const { userErrors } = await organisation.admin.mutate(
      'staffSetPassword',
      input,
      'staff { passwordSetAt }',
    );
    expect(userErrors).toEqual([]);
    await sleep(1000);
    expect((await me.query('{ viewer { id } }')).viewer).toBeNull();
    expect((await signIn(world.app, person.email, goodPassword, fromNewAddress())).status).toBe(401);
    expect((await signIn(world.app, person.email, 'another long password', fromNewAddress())).status).toBe(
      200,
    );
  });

  test('cannot be signed in with a forged cookie', async () => {
    const person = await account(await world.organisation());
    const { cookie = '' } = (await signedIn(world.app, person.email)).headers;
    const at = cookie.indexOf('=') + 1;
    const forged = cookie.slice(0, at) + (cookie[at] === 'x' ? 'y' : 'x') + cookie.slice(at + 1);
    expect((await client(world.app, '', { cookie: forged }).query('{ viewer { id } }')).viewer).toBeNull();
    const unsigned = cookie
      .split(/\.|%2E/)
      .slice(0, 2)
      .join('.');
    expect((await client(world.app, '', { cookie: unsigned }).query('{ viewer { id } }')).viewer).toBeNull();
  });

  test('has its password stored as a hash only', async () => {
    const person = await account(await world.organisation());
    const { rows } = await world.app.db.owner.query<{ password: string }>(
      'select a.password from auth_account a join staff s on s.user_id = a.user_id where s.id = $1',
      [world.app.uuidOf(person.id)],
    );
    expect(rows[0]?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  });
});

test("the tables of the migration are those that better-auth's own would make", async () => {
  const options = betterAuthOptions({
    pool: world.app.db.owner,
    config: { ALLOWED_ORIGINS: [], PUBLIC_URL: undefined },
    secret: 'a secret for tests of at least 32 characters',
    log: pino({ level: 'silent' }),
  });
  const { toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges, schemaProblems } = await getMigrations(
    options,
    { throwOnUnsafe: false },
  );
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges, schemaProblems }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    unsafeChanges: [],
    schemaProblems: [],
  });
});
