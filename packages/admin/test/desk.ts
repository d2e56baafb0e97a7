/** What the browser tests share: somebody at the desk, in a browser of their own, and the API beside it. */
import { fileURLToPath } from 'node:url';
import type { Role } from '@desk/schema';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';

export const url = inject('deskUrl');

interface Seat {
  locale?: 'zh-CN' | 'en';
  width?: number;
  height?: number;
  /** Another address than the demo's, with a session there. */
  at?: { url: string; cookie: string };
}

let browser: Browser;
let contexts: BrowserContext[] = [];
let faults: string[] = [];

/** Call once per file: connects to the run's Chromium; after each test no page may have failed. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject('chromiumEndpoint'));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(task.name);
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
    const found = faults;
    faults = [];
    expect(found).toEqual([]);
  });
  afterAll(() => browser.close());
}

/** What was on the screens when a test failed, in .cache/failures. */
async function picture(name: string): Promise<void> {
  const pages = contexts.flatMap((context) => context.pages());
  for (const [index, page] of pages.entries()) {
    const file = `${name.replace(/\W+/g, '-').slice(0, 60)}-${index}.png`;
    await page.screenshot({
      path: fileURLToPath(new URL(`../../../.cache/failures/${file}`, import.meta.url)),
    });
  }
}

/** A browser of its own; `role` is signed in already. */
export async function sit(role: Role | null, seat: Seat = {}): Promise<Page> {
  const { locale = 'zh-CN', width = 1440, height = 900, at } = seat;
  const base = at?.url ?? url;
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height },
    locale,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  contexts.push(context);
  const cookie = at?.cookie ?? (role && inject('sessions')[role]);
  if (cookie)
    await context.addCookies(
      cookie.split('; ').map((pair) => ({
        name: pair.slice(0, pair.indexOf('=')),
        value: pair.slice(pair.indexOf('=') + 1),
        url: base,
      })),
    );
  // The console remembers the language; a visitor's first choice is Chinese.
  await context.addInitScript((chosen) => localStorage.setItem('desk.locale', chosen), locale);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => faults.push(error.message));
  return page;
}

/** Opens an address of the console, for example `/tickets`. */
export const open = (page: Page, path = '/') => page.goto(`/#${path}`);

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of documents written beside them
type Data = any;

/** GraphQL as somebody with a role: what a colleague does elsewhere at the same time. */
export async function ask(role: Role, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: inject('sessions')[role] ?? '' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: object[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Runs a mutation as a colleague; a refusal fails the test. */
export async function act(role: Role, name: string, input: object, selection: string): Promise<Data> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const data = await ask(
    role,
    `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code message } } }`,
    { input },
  );
  expect(data[name].userErrors).toEqual([]);
  return data[name];
}

/** A new ticket of an occupied unit, filed by a colleague. */
export async function fileTicket(title: string): Promise<{ id: string; version: number; number: string }> {
  const { units } = await ask(
    'FRONT_DESK',
    '{ units(first: 1, filter: { status: { eq: OCCUPIED } }) { nodes { id } } }',
  );
  const input = { unit: units.nodes[0].id, kind: 'REPAIR_UNIT', title, reporterName: '住户', readBack: true };
  return (await act('FRONT_DESK', 'ticketCreate', input, 'ticket { id version number }')).ticket;
}
