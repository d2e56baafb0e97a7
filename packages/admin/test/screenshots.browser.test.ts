import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { loadDemo } from '../../api/src/demo/index.ts';
import { startTestApp } from '../../api/test/harness/app.ts';
import { open, sit, withBrowser } from './desk.ts';
import { demoSession } from './session.ts';

withBrowser();

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = here('../../../docs/screenshots/');
/** What each picture of the README shows. */
const pictures: Record<string, { go(page: Page): Promise<unknown>; phone?: true }> = {
  home: { go: (page) => open(page) },
  tickets: { go: openSomeTicket },
  unit: {
    go: async (page) => {
      await open(page, '/renovationPermits');
      await page.getByRole('table').getByRole('link', { name: /栋-/ }).last().click();
      await page.getByRole('tab', { name: '居住关系' }).waitFor();
    },
  },
  compose: {
    go: async (page) => {
      await open(page, '/tickets/create');
      await page.getByRole('combobox', { name: '来电人或房屋' }).fill('3栋-501');
      await page.locator('.MuiAutocomplete-popper').getByRole('option').first().click();
      await page.getByLabel('标题').fill('厨房水槽下水管漏水');
    },
  },
  figures: { go: (page) => open(page, '/figures') },
  phone: { go: openSomeTicket, phone: true },
};
const wanted = (name: string) =>
  Boolean(process.env.UPDATE_SCREENSHOTS) || !existsSync(`${folder}${name}.png`);
/** A Friday afternoon, for the API and the browser alike: the pictures are the same whenever they are taken. */
const moment = new Date('2026-11-20T15:30:00+08:00');

/** One that somebody is at work on, beside the list. */
async function openSomeTicket(page: Page): Promise<void> {
  const filter = encodeURIComponent(JSON.stringify({ status: { in: ['ACCEPTED'] } }));
  await open(page, `/tickets?filter=${filter}`);
  await page.getByRole('listbox').getByRole('option').first().click();
  await page.getByRole('button', { name: '到场', exact: true }).waitFor();
}

/** A demo that no other test has touched. */
async function takePictures(): Promise<void> {
  const app = await startTestApp({ CONSOLE_DIR: here('../dist') }, { now: () => moment });
  await loadDemo(app, () => undefined);
  await app.jobs.run('ticket.escalate'); // what is overdue has been told, as at work
  const at = { url: app.url, cookie: await demoSession(app.url, 'manager@demo.example') };
  await mkdir(folder, { recursive: true });
  for (const [name, { go, phone }] of Object.entries(pictures).filter(([name]) => wanted(name))) {
    const page = await sit(null, { at, ...(phone && { width: 390, height: 844 }) });
    await page.clock.setFixedTime(moment);
    await go(page);
    if (!phone) await page.getByText('实时').waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(800);
    await page.screenshot({ path: `${folder}${name}.png` });
    await page.context().close();
  }
  await app.close();
}

test('the pictures of the README are there: home, the desk at work and on the round, a unit, the figures', {
  timeout: 180_000,
}, async () => {
  if (Object.keys(pictures).some(wanted)) await takePictures();
  expect(Object.keys(pictures).filter((name) => !existsSync(`${folder}${name}.png`))).toEqual([]);
});
