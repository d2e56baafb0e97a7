import { fileURLToPath } from 'node:url';
import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { another } from '../../api/test/harness/another.ts';
import { startWorld, type World } from '../../api/test/harness/world.ts';
import { open, sit, withBrowser } from './desk.ts';

withBrowser();

const console_ = { CONSOLE_DIR: fileURLToPath(new URL('../dist', import.meta.url)) };
const patience = { timeout: 40_000 };
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** The number beside a label of the board. */
const figure = (page: Page, label: string) =>
  page
    .locator('dl', { has: page.getByText(label, { exact: true }) })
    .locator('dd')
    .first();

test('a board is put up with a token, follows what happens, and goes on after the server was away, without a reload', {
  timeout: 180_000,
}, async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const { secret } = await org.admin.mutate('apiTokenCreate', { name: '大屏', role: 'DASHBOARD' }, 'secret');
  const input = { unit: unit.id, kind: 'REPAIR_UNIT', title: '漏水', reporterName: '住户', readBack: true };
  const file = () => org.admin.mutate('ticketCreate', input, 'ticket { id }');

  let server = await another(world, console_);
  const page = await sit(null, { at: { url: server.url, cookie: '' }, width: 1920, height: 1080 });
  await open(page, '/wall');
  await page.getByLabel('看板令牌').fill('psd_wrong', patience);
  await page.getByRole('button', { name: '开始显示' }).click();
  await page.getByText('令牌无效').waitFor(patience);
  await page.getByLabel('看板令牌').fill(secret, patience);
  await page.getByRole('button', { name: '开始显示' }).click();
  await page.getByText('实时').waitFor(patience);
  expect(page.url()).not.toContain(secret);
  expect(await figure(page, '今日受理').textContent()).toBe('0');
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));

  await file();
  await expect.poll(() => figure(page, '今日受理').textContent(), patience).toBe('1');

  const { port } = new URL(server.url);
  await server.close();
  await page.getByText('连接中断').waitFor(patience);
  expect(await figure(page, '今日受理').textContent()).toBe('1');
  await file();
  server = await another(world, { ...console_, PORT: port });
  await expect.poll(() => figure(page, '今日受理').textContent(), patience).toBe('2');
  await page.getByText('实时').waitFor(patience);
  await file();
  await expect.poll(() => figure(page, '今日受理').textContent(), patience).toBe('3');
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
  await server.close();
});

test.each(['zh-CN', 'en'] as const)(
  'the board reads from across the hall, without faults (%s)',
  { timeout: 90_000 },
  async (locale) => {
    const page = await sit('MANAGER', { locale, width: 1920, height: 1080 });
    await page.addInitScript({ content: axe });
    await open(page, '/wall');
    await page.getByRole('heading', { level: 2 }).first().waitFor(patience);
    await page.getByText(locale === 'en' ? 'Live' : '实时', { exact: true }).waitFor(patience);
    const faults = await page.evaluate(async () => {
      // biome-ignore lint/suspicious/noExplicitAny: axe is a script in the page, not a module here
      const { violations } = await (window as any).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'],
      });
      return violations.map(
        (one: { id: string; nodes: { html: string }[] }) =>
          `${one.id}: ${one.nodes.map(({ html }) => html).join(' ')}`,
      );
    });
    expect(faults).toEqual([]);
    const small = await page.evaluate(() => {
      const texts = [...document.querySelectorAll('main section *, main h1, main time')].filter((node) =>
        [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim()),
      );
      return texts
        .filter((node) => Number.parseFloat(getComputedStyle(node).fontSize) < 30)
        .map((node) => node.textContent);
    });
    expect(small).toEqual([]);
    // Nothing reaches beyond its panel, and no figure is wider than its place.
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('main section :is(dd, dt, li, h2)')]
        .filter((node) => {
          const [box, room] = [node, node.closest('section') as Element].map((one) =>
            one.getBoundingClientRect(),
          );
          if (!box || !room) return true;
          const wide = node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1;
          return wide || box.right > room.right || box.bottom > room.bottom;
        })
        .map((node) => node.textContent),
    );
    await page.screenshot({
      path: fileURLToPath(new URL(`../../../.cache/wall-${locale}.png`, import.meta.url)),
    });
    expect(cut).toEqual([]);
  },
);
