import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadDemo } from '../../api/src/demo/index.ts';
import { startTestApp } from '../../api/test/harness/app.ts';
import { open, sit, withBrowser } from './desk.ts';
import { demoSession } from './session.ts';

withBrowser();

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = here('../../../docs/screenshots/');
const names = ['home', 'tickets', 'unit'] as const;
const wanted = (name: string) =>
  Boolean(process.env.UPDATE_SCREENSHOTS) || !existsSync(`${folder}${name}.png`);
/** A Friday afternoon, for the API and the browser alike: the pictures are the same whenever they are taken. */
const moment = new Date('2026-11-20T15:30:00+08:00');

/** A demo that no other test has touched. */
async function takePictures(): Promise<void> {
  const app = await startTestApp({ CONSOLE_DIR: here('../dist') }, { now: () => moment });
  await loadDemo(app, () => undefined);
  const page = await sit(null, {
    at: { url: app.url, cookie: await demoSession(app.url, 'manager@demo.example') },
  });
  await page.clock.setFixedTime(moment);
  await mkdir(folder, { recursive: true });
  const go = {
    home: () => open(page),
    tickets: () => open(page, '/tickets'),
    unit: async () => {
      await open(page, '/renovationPermits');
      await page.getByRole('table').getByRole('link', { name: /栋-/ }).last().click();
      await page.getByRole('tab', { name: '居住关系' }).waitFor();
    },
  };
  for (const name of names.filter(wanted)) {
    await go[name]();
    await page.getByText('实时').waitFor();
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(800);
    await page.screenshot({ path: `${folder}${name}.png` });
  }
  await page.context().close();
  await app.close();
}

test('the pictures of the README are there: home, tickets, and everything that hangs on a unit', async () => {
  if (names.some(wanted)) await takePictures();
  expect(names.filter((name) => !existsSync(`${folder}${name}.png`))).toEqual([]);
});
