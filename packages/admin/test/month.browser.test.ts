import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemo } from '../../api/src/demo/index.ts';
import { TestClock } from '../../api/src/platform/clock.ts';
import { startTestApp, type TestApp } from '../../api/test/harness/app.ts';
import { open, sit, withBrowser } from './desk.ts';
import { demoSession } from './session.ts';

withBrowser();

/** A Sunday after the 28th: the demo's last days are in the month that was drawn up the day before. */
const clock = new TestClock('2026-11-29T10:00:00+08:00');
let app: TestApp;
let at: { url: string; cookie: string };
beforeAll(async () => {
  app = await startTestApp({ CONSOLE_DIR: new URL('../dist', import.meta.url).pathname, JOBS: 'off' }, clock);
  const organisation = await loadDemo(app, () => undefined);
  await app.jobs.run('report.freeze');
  // A month in which nothing happened.
  await app.db.owner.query(
    `insert into monthly_report (organisation_id, id, version, created_at, updated_at, community_id, month, "from", "to", frozen_at, content)
     select organisation_id, uuidv7(), 1, now(), now(), id, '2001-01', '2000-12-28', '2001-01-27', now(), '{"tickets":{},"complaints":{},"calls":[]}'
     from community where organisation_id = $1`,
    [organisation],
  );
  at = { url: app.url, cookie: await demoSession(app.url, 'manager@demo.example') };
}, 120_000);
afterAll(() => app.close());

const months = async (seat: { locale?: 'zh-CN' | 'en'; width?: number } = {}) => {
  const page = await sit(null, { at, ...seat });
  page.setDefaultTimeout(25_000); // charts are loaded when they are first opened
  await open(page, '/monthlyReports');
  return page;
};

test('a month shows complaints, fees, work by department or one of them, and calls (T-14, S-6)', async () => {
  const page = await months();
  const work = page.getByRole('region', { name: '工作与绩效' }).or(page.getByLabel('工作与绩效')).first();
  await work.waitFor();
  expect(await work.getByRole('rowheader').first().textContent()).toBe('合计');
  await expect.poll(() => page.locator('svg.recharts-surface').count()).toBeGreaterThan(3);
  const rows = await work.getByRole('row').count();
  expect(rows).toBeGreaterThan(3);
  await page.getByLabel('责任部门').click();
  await page.getByRole('option', { name: '工程部' }).click();
  await expect.poll(() => work.getByRole('row').count()).toBe(3);
  expect(await page.getByLabel('收费明细').getByRole('rowheader').first().textContent()).toBe('合计');
  await page.getByLabel('统计维度').click();
  await page.getByRole('option', { name: '处理人' }).click();
  await expect.poll(() => work.getByRole('row').count()).toBeGreaterThan(3);
});

test('a month is taken away as a spreadsheet, with a reason (S-7)', async () => {
  const page = await months();
  await page.getByRole('button', { name: '导出 Excel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('导出原因').fill('看');
  await dialog.getByRole('button', { name: '导出 Excel' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('导出原因').fill('月度例会汇报');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出 Excel' }).click();
  expect((await download).suggestedFilename()).toBe('month-2026-11.xlsx');
  // Finance has a right to the month, and to no other figures.
  const reader = await sit(null, {
    at: { ...at, cookie: await demoSession(app.url, 'finance@demo.example') },
  });
  reader.setDefaultTimeout(25_000);
  await open(reader, '/monthlyReports');
  await reader.getByLabel('收费明细').waitFor();
  expect(await reader.getByRole('button', { name: '导出 Excel' }).count()).toBe(1);
  await open(reader, '/figures');
  await reader.getByRole('table').waitFor();
  expect(await reader.getByRole('button', { name: '导出 Excel' }).count()).toBe(0);
});

test('an empty month says so, and nothing is cut off on a telephone (T-14)', async () => {
  const page = await months({ locale: 'en', width: 390 });
  await page.getByLabel('Month', { exact: true }).click();
  await page.getByRole('option', { name: '2001-01' }).click();
  await page.getByText('No tickets in this period').waitFor();
  await page.getByText('No complaints in this month').waitFor();
  await page.getByText('Nothing was charged or paid in this month').waitFor();
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
});

test('a server that fails is told with a way to try again', async () => {
  const page = await sit(null, { at });
  let failing = true;
  await page.route('**/graphql', (route) =>
    failing && route.request().postData()?.includes('query month(')
      ? route.fulfill({ status: 500, body: 'broken' })
      : route.continue(),
  );
  await open(page, '/monthlyReports');
  const retry = page.getByRole('alert').getByRole('button');
  await retry.waitFor({ timeout: 25_000 });
  failing = false;
  await retry.click();
  await page.getByText('工作与绩效').first().waitFor();
  await page.getByLabel('收费明细').waitFor({ timeout: 25_000 });
});
