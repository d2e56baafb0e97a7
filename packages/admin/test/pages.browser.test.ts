import { resources } from '@desk/schema';
import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { ask, open, sit, withBrowser } from './desk.ts';

withBrowser();

const chinese = /\p{Script=Han}/u;
const phone = { width: 390, height: 844 };
const monitor = { width: 1440, height: 900 };

/** What was found on each page; each test below looks at one kind of it. */
const found = { axe: [] as string[], wide: [] as string[], chinese: [] as string[], keys: [] as string[] };

/** Every list of the menu, and one page of each other kind. */
async function addresses(): Promise<string[]> {
  const one = (name: string) => `${name}(first: 1) { nodes { id } }`;
  const shown = [
    ...['tickets', 'residents', 'units', 'fees', 'renovationPermits', 'keyLoans', 'policies'],
    ...['calendars', 'notices'],
  ];
  const data = await ask('ADMINISTRATOR', `{ ${shown.map(one).join(' ')} }`);
  // A few rows say as much as a page of them.
  const lists = resources.filter(({ menu }) => menu !== false).map(({ name }) => `/${name}?perPage=5`);
  return [
    '/',
    ...lists,
    ...shown.map((name) => `/${name}/${data[name].nodes[0].id}/show`),
    '/ticket-table?perPage=5',
    `/tickets?ticket=${data.tickets.nodes[0].id}`,
    '/tickets/create',
    '/residents/create',
    `/tickets/${data.tickets.nodes[0].id}`,
    '/import',
    '/figures',
    '/clearing',
  ];
}

/** Waits until nothing is being loaded any more. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => !document.querySelector('[role=progressbar], .MuiSkeleton-root'));
  await page.waitForTimeout(150);
}

/** Colours are the same in both languages: measuring them takes the longest and is done once. */
async function violations(page: Page, colours: boolean): Promise<string[]> {
  return page.evaluate(async (contrast) => {
    // biome-ignore lint/suspicious/noExplicitAny: axe is a script in the page, not a module here
    const { violations: all } = await (window as any).axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: contrast } },
    });
    return all
      .filter(({ impact }: { impact: string }) => impact === 'serious' || impact === 'critical')
      .map((one: { id: string; nodes: { html: string }[] }) => `${one.id} ${one.nodes[0]?.html.slice(-240)}`);
  }, colours);
}

/** Words of the console itself: what names fields, buttons, tabs, columns. Data, and the other language's name, are not. */
const chrome = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, th, label, h2, dt, legend, [role=tab], [role=menuitem], [aria-label], [placeholder]',
      ),
    ]
      .filter(
        (node) =>
          !node.closest('[lang], .RaUserMenu-userButton, td, dd, li, section[aria-label], [role=listbox]'),
      )
      .map((node) =>
        [node.textContent, node.getAttribute('aria-label'), node.getAttribute('placeholder')].join(' '),
      ),
  );

async function look(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, path);
  await settled(page);
  for (const language of ['中文', 'English']) {
    const colours = language === '中文';
    let faults = await violations(page, colours);
    // A page that is still drawing may look wrong for a moment: only what stays counts.
    if (faults.length > 0) {
      await page.waitForTimeout(500);
      faults = await violations(page, colours);
    }
    found.axe.push(...faults.map((one) => `${path} ${language}: ${one}`));
    if (language === 'English') break;
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await settled(page);
  }
  const whole = await page.evaluate(() => document.documentElement.scrollWidth);
  if (whole > monitor.width) found.wide.push(`${path}: ${whole} of ${monitor.width}`);
  const words = await chrome(page);
  found.chinese.push(...words.filter((text) => chinese.test(text)).map((text) => `${path}: ${text}`));
  found.keys.push(
    ...words.filter((text) => /\b(ra|desk|resources)\.\w+/.test(text)).map((text) => `${path}: ${text}`),
  );
  await page.setViewportSize(phone);
  await page.waitForTimeout(100);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > phone.width) found.wide.push(`${path}: ${width}`);
  await page.setViewportSize(monitor);
  await page.getByRole('button', { name: '中文', exact: true }).click();
  await settled(page);
}

beforeAll(async () => {
  const paths = await addresses();
  // Two at a time: one loads while the other is looked at.
  await Promise.all(
    [0, 1].map(async (turn) => {
      const page = await sit('ADMINISTRATOR');
      await page.addInitScript({ content: axe });
      await open(page);
      await settled(page);
      for (const path of paths.filter((_, index) => index % 2 === turn)) await look(page, path);
    }),
  );
});

test('no page has a violation of level serious or critical, in either language', () => {
  expect(found.axe).toEqual([]);
});

test('every page is usable at 390 pixels: nothing sticks out', () => {
  expect(found.wide).toEqual([]);
});

test('English is complete: no Chinese in what the console itself says', () => {
  expect(found.chinese).toEqual([]);
});

test('no page shows the key of a missing text', () => {
  expect(found.keys).toEqual([]);
});
