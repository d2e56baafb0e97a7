import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { act, ask, fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

/** The calendar of the demo, and the end of its day as the promises of today stand. */
async function calendarOf(): Promise<{ id: string; version: number; monday: string }> {
  const { calendars } = await ask(
    'MANAGER',
    '{ calendars(first: 1) { nodes { id version monday coveredYears } } }',
  );
  return calendars.nodes[0];
}
const slow = (page: Page) => page.setDefaultTimeout(25_000);

test('a day that is taken off says beforehand which promises move, and shows as the community’s own (P-4)', async () => {
  await fileTicket('日历预览');
  const calendar = await calendarOf();
  const page = await sit('MANAGER');
  slow(page);
  await open(page, `/calendars/${calendar.id}/show`);
  const board = page.getByRole('region', { name: /年工作日历/ });
  // The first ordinary working day from tomorrow on: every promise of today in working days reaches it.
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await board.getByRole('button', { name: today }).waitFor();
  const names = await board
    .locator('button[data-look="work"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
  const day = names.find((name) => name > `${today} z`) ?? '';
  await board.getByRole('button', { name: day }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/会变动；已超时的不变/).waitFor();
  // The first of them are listed; which these are depends on what other files have left open.
  await dialog
    .getByRole('link', { name: /^[A-Z]{2}-\d{8}-\d{4}$/ })
    .first()
    .waitFor();
  await dialog.getByLabel('原因').fill('业主大会');
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const own = board.getByRole('button', { name: `${day.slice(0, 10)} 休息 业主大会` });
  await own.waitFor();
  expect(await own.getAttribute('data-look')).toBe('OFF');
  await own.click();
  await dialog.getByLabel('安排').click();
  await page.getByRole('option', { name: '取消特殊安排' }).click();
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await board.getByRole('button', { name: day }).getAttribute('data-look')).toBe('work');
});

test('a year that is not published is marked, entered, and tells what has moved (P-4)', async () => {
  const calendar = await calendarOf();
  const year = 2031;
  const page = await sit('MANAGER', { locale: 'en', width: 390, height: 844 });
  slow(page);
  await open(page, `/calendars/${calendar.id}/show`);
  const next = page.getByRole('button', { name: 'Year after' });
  await next.waitFor();
  for (let at = new Date().getFullYear(); at < year; at += 1) await next.click();
  await page.getByText(`The statutory days of ${year} are not published yet`).waitFor();
  await page.getByRole('button', { name: `Enter the statutory days of ${year}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Days off').fill('01-01~01-03 Chunjie');
  await dialog.getByText('No dates: Chunjie').waitFor();
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Days off').fill('01-01~01-03');
  await dialog.getByLabel('Make-up working days').fill('01-04');
  await dialog
    .getByText(/open promise/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText(/Computed anew/).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Statutory days: Entered by hand').waitFor();
  await page.getByRole('button', { name: '2031-01-02 Holiday' }).waitFor();
  await page.getByRole('button', { name: '2031-01-04 Make-up' }).waitFor();
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(overflow).toBeLessThanOrEqual(0);
});

test('other hours of the week are saved only after the promises that move were shown (P-4)', async () => {
  await fileTicket('改时间');
  const calendar = await calendarOf();
  const page = await sit('MANAGER');
  slow(page);
  await open(page, `/calendars/${calendar.id}`);
  await page.getByLabel('周一').fill('10:00-12:00 14:00-16:00');
  await page.getByRole('button', { name: '保存' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/未完成的承诺/).waitFor();
  await dialog.getByRole('button', { name: '取消' }).click();
  await page.getByText('尚未保存').first().waitFor();
  expect((await calendarOf()).monday).toBe(calendar.monday);
  await page.getByRole('button', { name: '保存' }).click();
  await dialog.getByRole('button', { name: '确认保存' }).click();
  await page.getByRole('region', { name: /年工作日历/ }).waitFor();
  expect((await calendarOf()).monday).toBe('10:00-12:00 14:00-16:00');
  const { version } = await calendarOf();
  await act(
    'MANAGER',
    'calendarUpdate',
    { id: calendar.id, version, monday: calendar.monday },
    'calendar { id }',
  );
});

test('a new version of the policy begins with the numbers of the one in force, each with its unit, bounds and rule (P-1)', async () => {
  const { policies } = await ask(
    'MANAGER',
    '{ policies(first: 1, orderBy: { field: EFFECTIVE_FROM, direction: DESC }) { nodes { id } } }',
  );
  const page = await sit('MANAGER');
  slow(page);
  await open(page, `/policies/${policies.nodes[0].id}/show`);
  await page.getByText('现行版本').waitFor();
  await page.getByRole('link', { name: '以此为基础新建版本' }).click();
  const rings = page.getByLabel('来电接听（声）');
  expect(await rings.inputValue()).toBe('3');
  await page.getByText('默认 3，可取 1–20（U-6）').waitFor();
  await rings.fill('30');
  await page.getByLabel('催缴通知：逾期天数').fill('20');
  await page.getByRole('button', { name: '保存' }).click();
  await expect.poll(() => rings.getAttribute('aria-invalid')).toBe('true');
  await rings.fill('4');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('现行版本').waitFor();
  const after = await ask(
    'MANAGER',
    '{ policies(first: 1, orderBy: { field: EFFECTIVE_FROM, direction: DESC }) { nodes { answerRings dunningNoticeDays shiftEndHour } } }',
  );
  expect(after.policies.nodes).toEqual([{ answerRings: 4, dunningNoticeDays: 20, shiftEndHour: 17 }]);
});

test('a policy in force offers no change, only a next version, in which the end of the shift is a time (P-1, K-3)', async () => {
  const { policies } = await ask(
    'MANAGER',
    '{ policies(first: 1) { nodes { id shiftEndHour shiftEndMinute } } }',
  );
  const [policy] = policies.nodes;
  const ends = [policy.shiftEndHour, policy.shiftEndMinute]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const page = await sit('MANAGER');
  slow(page);
  await open(page, `/policies/${policy.id}/show`);
  await page.getByText(ends, { exact: true }).waitFor();
  expect(await page.getByRole('link', { name: '编辑' }).count()).toBe(0);
  await page.getByRole('link', { name: '以此为基础新建版本' }).click();
  const time = page.getByLabel('当班结束');
  expect(await time.inputValue()).toBe(ends);
  await time.fill('18:05');
  expect(await time.inputValue()).toBe('18:05');
  await page.getByLabel('生效时间').fill('2098-01-01T00:00');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('18:05', { exact: true }).waitFor();
  await page.getByRole('link', { name: '编辑' }).waitFor();
});
