import { expect, test } from 'vitest';
import { fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

test('what was followed up today leaves the list of the daily clearing (T-13)', async () => {
  const { number } = await fileTicket('日清用例');
  const page = await sit('FRONT_DESK');
  page.setDefaultTimeout(25_000); // charts are loaded when they are first opened
  await open(page, '/clearing');
  const follow = page.getByRole('button', { name: `登记跟进 ${number}` });
  await follow.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('跟进情况').fill('已联系厂家');
  await dialog.getByLabel('告知住户').fill('明早九点上门');
  await dialog.getByRole('button', { name: '登记跟进' }).click();
  await expect.poll(() => follow.count()).toBe(0);
  await page.getByRole('button', { name: '全部未完结' }).click();
  await page.getByText('明早九点上门').waitFor();
});
