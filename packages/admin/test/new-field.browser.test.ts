import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { BrowserContext } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sdlPlugin } from '../vite/sdl.ts';
import { ask, open, sit, withBrowser } from './desk.ts';

withBrowser();

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** What a developer adds: the field in the SDL's places, one line in the descriptor. Nothing in the console. */
const sdlLines = `
extend type Unit { parkingRight: Money }
extend input UnitFilter { parkingRight: ParkingRightFilter }
extend input UnitCreateInput { parkingRight: Money }
input ParkingRightFilter { gte: Money lte: Money }`;
const descriptorLine = `parkingRight: { label: { zh: '车位使用权', en: 'Parking right' }, list: true, filter: true },`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-field-'));
  const sdl = join(folder, 'schema.graphql');
  await writeFile(sdl, `${await readFile(here('../../schema/schema.graphql'), 'utf8')}${sdlLines}`);
  await build({
    root: here('..'),
    base: './',
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'one-more-line-in-the-descriptor',
        enforce: 'pre',
        transform: (code, id) =>
          id.endsWith('schema/src/units/descriptor.ts')
            ? code.replace(/(fullName: \{ label: \{ zh: '房屋')/, `${descriptorLine} $1`)
            : undefined,
      },
      react(),
      sdlPlugin(sdl),
    ],
    build: { outDir: join(folder, 'dist'), minify: false, target: 'es2022' },
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** Serves the other build, and plays the API that already has the field: 1,234.50 in every unit. */
async function withField(context: BrowserContext, seen: { filter?: unknown }): Promise<void> {
  await context.route(/\/(index\.html|assets\/.*|config\.js|icon\.svg)?$/, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = path === '/' ? '/index.html' : path;
    await route.fulfill({
      body: await readFile(join(folder, 'dist', file)),
      contentType: types[extname(file)] ?? 'text/plain',
    });
  });
  await context.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as {
      query: string;
      variables: { filter?: Record<string, unknown> };
    };
    if (!body.query.includes('parkingRight') && !body.variables.filter?.parkingRight) return route.continue();
    const { parkingRight, ...filter } = body.variables.filter ?? {};
    seen.filter ??= parkingRight;
    const query = body.query.replaceAll(/\bparkingRight\b/g, 'extra: version');
    const response = await route.fetch({
      postData: { query, variables: { ...body.variables, ...(body.variables.filter && { filter }) } },
    });
    await route.fulfill({
      response,
      body: (await response.text()).replaceAll(/"extra":\d+/g, '"parkingRight":123450'),
    });
  });
}

test('a new field appears in list, filter, show and form without a line of the console changed', async () => {
  const { units } = await ask('MANAGER', '{ units(first: 1) { nodes { id } } }');
  const page = await sit('MANAGER');
  const seen: { filter?: unknown } = {};
  await withField(page.context(), seen);

  await open(page, '/units');
  await page.getByRole('columnheader', { name: '车位使用权' }).waitFor();
  await page.getByRole('cell', { name: '¥1,234.50' }).first().waitFor();

  await page.getByRole('button', { name: '添加筛选' }).click();
  await page.getByRole('menuitemcheckbox', { name: '车位使用权（从）' }).click();
  await page.getByLabel('车位使用权（从）').fill('100');
  await expect.poll(() => seen.filter).toEqual({ gte: 10_000 });

  await open(page, `/units/${units.nodes[0].id}/show`);
  await page.getByRole('term').filter({ hasText: '车位使用权' }).waitFor();
  await open(page, '/units/create');
  await page.getByLabel('车位使用权').fill('88.8');
  expect(await page.getByLabel('车位使用权').inputValue()).toBe('88.8');
});
