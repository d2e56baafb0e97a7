import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { another } from '../harness/another.ts';
import { startWorld, type TestOrganisation, type World } from '../harness/world.ts';

let world: World;
let org: TestOrganisation;
beforeAll(async () => {
  world = await startWorld({ ALLOWED_ORIGINS: 'https://console.example' });
  org = await world.organisation();
});
afterAll(() => world.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${world.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe('the server', () => {
  test('is alive, ready and measured', async () => {
    expect((await fetch(`${world.app.url}/health`)).status).toBe(200);
    expect((await fetch(`${world.app.url}/ready`)).status).toBe(200);
    expect(await (await fetch(`${world.app.url}/metrics`)).text()).toContain(
      'http_request_duration_seconds_bucket',
    );
  });

  test('of several processes each counts what it did itself, and says which it is', async () => {
    const other = await another(world);
    try {
      const counted = async (url: string) => {
        const text = await (await fetch(`${url}/metrics`)).text();
        const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
        expect(lines.every((line) => /[{,]process="[^"]+:\d+"/.test(line))).toBe(true);
        const count = lines.find((line) =>
          /^http_request_duration_seconds_count\{.*route="\/ready"/.test(line),
        );
        return Number(count?.split(' ').at(-1) ?? 0);
      };
      const [here, there] = [await counted(world.app.url), await counted(other.url)];
      for (let n = 0; n < 5; n += 1) await fetch(`${other.url}/ready`);
      await fetch(`${world.app.url}/ready`);
      expect(await counted(world.app.url)).toBe(here + 1);
      expect(await counted(other.url)).toBe(there + 5);
    } finally {
      await other.close();
    }
  });

  test('needs somebody signed in for data, and answers what is wrong without one', async () => {
    const { data, errors } = await world.anonymous.send('{ units { nodes { id } } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['units'], extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  test('answers 401 to a token that is wrong', async () => {
    const response = await post('{"query":"{ __typename }"}', {
      authorization: `Bearer psd_${'x'.repeat(43)}`,
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('refuses simple cross-site requests, so that a foreign page cannot use the cookie', async () => {
    const response = await fetch(`${world.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...org.admin.headers },
      body: '{"query":"{ units { totalCount } }"}',
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    const byGet = await fetch(
      `${world.app.url}/graphql?query=${encodeURIComponent('{ units { totalCount } }')}`,
      { headers: org.admin.headers },
    );
    expect(byGet.status).toBe(400);
  });

  test('does not take the cookie from a page of a foreign origin', async () => {
    const response = await post('{"query":"{ units { totalCount } }"}', {
      ...org.admin.headers,
      origin: 'https://evil.example',
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('lets the console of an allowed origin in', async () => {
    const response = await post('{"query":"{ units { totalCount } }"}', {
      ...org.admin.headers,
      origin: 'https://console.example',
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://console.example');
    expect(await response.json()).toEqual({ data: { units: { totalCount: 0 } } });
  });

  test.each([
    ['a body that is no JSON', '{'],
    ['no query', '{}'],
    ['a list of operations', '[{"query":"{ __typename }"}]'],
    [
      'a text with a NUL',
      '{"query":"query($s: String) { units(filter: { search: $s }) { totalCount } }","variables":{"s":"a\\u0000b"}}',
    ],
  ])('refuses %s without an inner error', async (_what, body) => {
    const response = await post(body, org.admin.headers);
    const answer = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(answer.errors[0]?.extensions.code).not.toBe('INTERNAL');
    expect(answer.errors[0]?.extensions.code).toEqual(expect.any(String));
  });

  test('refuses a NUL in a mutation as wrong input', async () => {
    const building = await org.building();
    const answer = await org.admin.mutate(
      'unitCreate',
      { building: building.id, number: '1\u00002' },
      'unit { id }',
    );
    expect(answer.userErrors).toMatchObject([{ code: 'VALIDATION' }]);
  });

  test('refuses a body beyond the limit', async () => {
    const response = await post(
      JSON.stringify({ query: `{ __typename } # ${'x'.repeat(300_000)}` }),
      org.admin.headers,
    );
    expect(response.status).toBe(413);
  });

  test('logs nothing personal: neither queries nor variables nor cookies', async () => {
    expect((await fetch(`${world.app.url}/graphql`, { method: 'GET' })).headers.get('x-request-id')).toMatch(
      /^[0-9a-f-]{36}$/,
    );
  });
});
