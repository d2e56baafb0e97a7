import { existsSync, readFileSync } from 'node:fs';
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
import { cuttable, example, goneCursor } from './running.ts';

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
  const follow = async (from: string, lines: number): Promise<string[]> => {
    const child = example('follow-events', [app.url, token, from]);
    const found: string[] = [];
    while (found.length < lines) found.push(await child.line());
    await child.end();
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
  const wire = await cuttable(app.url);
  const child = example('follow-events', [wire.url, token, goneCursor]);
  expect(await child.complaint()).toContain('resync');
  await report('resumes-a');
  const first = await child.line();
  wire.cut();
  await report('resumes-b');
  const second = await child.line();
  expect(await child.complaint()).toContain('reconnecting');
  expect([first, second]).toEqual([1, 2].map(() => expect.stringContaining('ticket.created')));
  expect(first).not.toBe(second);
  await child.end();
  wire.close();
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
