import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CloseCode, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { loadDemo } from '../../src/demo/index.ts';
import { createOperatorToken } from '../../src/domains/staff/index.ts';
import { runAs, systemViewer } from '../../src/platform/auth/system.ts';
import { limits } from '../../src/platform/graphql/limits.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { type Client, client } from '../harness/world.ts';
import { blocks } from './examples.ts';

/** The documents of the pages, sent as a reader would: with a fresh integrator's token, to the demo. */
const pages = ['README.md', 'README.en.md', 'docs/integrators.md'];
const documents = pages.flatMap((page) =>
  blocks(page, 'graphql').map(
    (source) => [page, /(?:query|mutation|subscription) (\w+)/.exec(source)?.[1] ?? '?', source] as const,
  ),
);

let app: TestApp;
let token = '';
let integrator: Client;
let unit = '';
let community = '';
beforeAll(async () => {
  app = await startTestApp();
  const organisation = await loadDemo(app, () => undefined);
  const made = await runAs(app.db, systemViewer(organisation), app.services.clock, (tx) =>
    createOperatorToken(tx, { name: 'docs', role: 'INTEGRATOR' }),
  );
  token = made.extra.secret;
  integrator = client(app, '', { authorization: `Bearer ${token}` });
  const { units } = await integrator.query('{ units(first: 1) { nodes { id community { id } } } }');
  [
    {
      id: unit,
      community: { id: community },
    },
  ] = units.nodes;
}, 120_000);
afterAll(() => app.close());

const report = (key: string) =>
  integrator.mutate(
    'ticketCreate',
    { unit, kind: 'REPAIR_UNIT', title: '示例', idempotencyKey: key },
    'ticket { id number }',
  );

describe('the documents of the manuals', () => {
  test('there are some', () => expect(documents.length).toBeGreaterThanOrEqual(9));

  test.each(documents.filter(([, , source]) => !/^\s*subscription/.test(source)))(
    '%s: %s is answered without an error',
    async (_page, _name, source) => {
      const answer = await integrator.send(source, {
        ...(source.includes('$unit') && { unit }),
        ...(source.includes('$community') && { community }),
      });
      expect(answer.errors).toBeUndefined();
      for (const field of Object.values(answer.data))
        expect((field as { userErrors?: object[] } | null)?.userErrors ?? []).toEqual([]);
    },
  );

  test.each(documents.filter(([, , source]) => /^\s*subscription/.test(source)))(
    '%s: %s delivers the next change',
    async (page, _name, source) => {
      const { eventCursor } = await integrator.query('{ eventCursor }');
      const socket = createClient({
        url: `${app.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${token}` },
      });
      const events = socket.iterate<Record<string, { type: string }>>({
        query: source,
        variables: source.includes('$after') ? { after: eventCursor } : {},
      });
      const next = events.next();
      await new Promise((resolve) => setTimeout(resolve, 300)); // without `after` only what comes later counts
      await report(`docs-${page}-${_name}`);
      const { value } = await next;
      expect(value?.errors).toBeUndefined();
      expect(Object.values(value?.data ?? {})[0]).toMatchObject({ type: 'ticket.created' });
      await events.return?.(undefined);
      await socket.dispose();
    },
  );
});

test('the example client prints every event and resumes behind its cursor', async () => {
  const script = fileURLToPath(new URL('../../../../docs/examples/follow-events.mjs', import.meta.url));
  const follow = async (from: string, lines: number): Promise<string[]> => {
    const child = spawn(process.execPath, [script, app.url, token, from], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const found: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) if (found.push(line) === lines) break;
    child.kill();
    await once(child, 'exit');
    return found;
  };
  const { eventCursor } = await integrator.query('{ eventCursor }');
  for (const key of ['a', 'b', 'c']) await report(`follow-${key}`);
  const all = await follow(eventCursor, 3);
  expect(all).toEqual(all.map(() => expect.stringContaining('ticket.created')));
  const [cursor] = /(?<=\()[^)]+(?=\)$)/.exec(all[0] ?? '') ?? [''];
  expect(await follow(cursor, 2)).toEqual(all.slice(1));
});

test('the example client goes on by itself after a cut connection, and reads everything anew when its cursor is gone', async () => {
  const wires = new Set<Socket>();
  const proxy = createServer((wire) => {
    const onward = connect(Number(new URL(app.url).port), '127.0.0.1');
    for (const end of [wire, onward]) end.on('error', () => undefined).on('close', () => onward.destroy());
    wires.add(wire.pipe(onward).pipe(wire) as Socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const { port } = proxy.address() as AddressInfo;
  const script = fileURLToPath(new URL('../../../../docs/examples/follow-events.mjs', import.meta.url));
  const gone = Buffer.from('1.1.1').toString('base64url');
  const child = spawn(process.execPath, [script, `http://127.0.0.1:${port}`, token, gone], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const heard = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await said.next()).value).toContain('resync');
  await report('resumes-a');
  const { value: first } = await heard.next();
  for (const wire of wires) wire.destroy();
  await report('resumes-b');
  const { value: second } = await heard.next();
  expect((await said.next()).value).toContain('reconnecting');
  expect([first, second]).toEqual([1, 2].map(() => expect.stringContaining('ticket.created')));
  expect(first).not.toBe(second);
  child.kill();
  await once(child, 'exit');
  proxy.close();
}, 30_000);

describe('the manuals', () => {
  test.each([...pages, 'CONTRIBUTING.md', 'docs/operations.md', 'docs/live.md', 'docs/decisions/README.md'])(
    '%s links to files that exist',
    (page) => {
      const base = new URL(`../../../../${page}`, import.meta.url);
      const links = [...readFileSync(base, 'utf8').matchAll(/\]\(([^)#]+)\)/g)]
        .map(([, link]) => link ?? '')
        .filter((link) => !/^https?:/.test(link));
      expect(links.filter((link) => !existsSync(new URL(link, base)))).toEqual([]);
    },
  );

  test('integrators.md tells the limits that hold', () => {
    const page = readFileSync(new URL('../../../../docs/integrators.md', import.meta.url), 'utf8').replace(
      /\s+/g,
      ' ',
    );
    const { records, depth, aliases } = limits;
    expect(page).toContain(
      `at most ${records.toLocaleString('en')} records, be ${depth} levels deep, and have ${aliases} aliases`,
    );
  });

  test('integrators.md says of every code that closes a connection what to do', () => {
    const page = readFileSync(new URL('../../../../docs/integrators.md', import.meta.url), 'utf8');
    const ours = ['socket.ts', 'socket-rights.ts'].flatMap((file) => [
      ...readFileSync(new URL(`../../src/platform/${file}`, import.meta.url), 'utf8').matchAll(
        /\b(1\d{3}|4[0-5]\d{2}), '[A-Z]/g,
      ),
    ]);
    const codes = new Set([...ours.map(([, code]) => code), ...Object.values(CloseCode).map(String)]);
    const wanted = [...codes].filter(
      (code) => /^\d{4}$/.test(code ?? '') && !/^(4004|4005|4499|4504)$/.test(code ?? ''),
    );
    expect(wanted.length).toBeGreaterThan(9);
    expect(wanted.filter((code) => !page.includes(`| ${code} |`))).toEqual([]);
  });

  test('operations.md names every setting', () => {
    const config = readFileSync(new URL('../../src/platform/config.ts', import.meta.url), 'utf8');
    const settings = [...config.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name);
    const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    expect(settings.length).toBeGreaterThan(10);
    expect(settings.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
