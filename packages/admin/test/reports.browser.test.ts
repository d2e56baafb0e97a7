import { expect, test } from 'vitest';
import { ask, fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

test('the figures of a month stand in a table beside the charts, and divide as asked (T-12, T-14)', async () => {
  const page = await sit('MANAGER');
  page.setDefaultTimeout(25_000); // charts are loaded when they are first opened
  await open(page, '/figures');
  const table = page.getByRole('table');
  await table.waitFor();
  expect(await table.getByRole('rowheader').first().textContent()).toBe('合计');
  await expect.poll(() => page.locator('svg.recharts-surface').count()).toBeGreaterThan(2);
  await page.getByLabel('统计维度').click();
  await page.getByRole('option', { name: '处理人' }).click();
  await expect.poll(async () => await table.textContent()).toContain('合计');
  await page.getByLabel('起始日期').fill('2001-01-01');
  await page.getByLabel('截止日期').fill('2001-01-31');
  await page.getByText('此期间没有工单').waitFor();
});

test('an export asks for its reason and is recorded (S-7)', async () => {
  const page = await sit('MANAGER');
  page.setDefaultTimeout(25_000); // charts are loaded when they are first opened
  await open(page, '/figures');
  await page.getByRole('button', { name: '导出 Excel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('导出原因').fill('看');
  await dialog.getByRole('button', { name: '导出 Excel' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('导出原因').fill('月度例会汇报');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '导出 Excel' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  const { exportRecords } = await ask('MANAGER', '{ exportRecords(first: 1) { nodes { reason } } }');
  expect(exportRecords.nodes).toEqual([{ reason: '月度例会汇报' }]);
});

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

test('a member of the staff marks a notice as read, and it is counted (H-8)', async () => {
  const { notices } = await ask(
    'FRONT_DESK',
    '{ notices(first: 1, filter: { status: { eq: PUBLISHED } }) { nodes { id seenCount } } }',
  );
  const [notice] = notices.nodes;
  const page = await sit('ENGINEERING');
  page.setDefaultTimeout(25_000); // charts are loaded when they are first opened
  await open(page, `/notices/${notice.id}/show`);
  await page.getByRole('button', { name: '我已阅读' }).click();
  await page.getByRole('region', { name: new RegExp(`已读 ${notice.seenCount + 1} /`) }).waitFor();
});

test('a list is exported with a reason that is recorded first; who has no right is offered none (S-7)', async () => {
  const page = await sit('MANAGER');
  await open(page, '/residents');
  await page.getByRole('table').waitFor();
  await page.getByRole('button', { name: '导出', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('导出原因').fill('看');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').filter({ hasText: 'S-7' }).waitFor();
  expect(await dialog.getByLabel('导出原因').inputValue()).toBe('看');
  await dialog.getByLabel('导出原因').fill('住户普查核对');
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(file.suggestedFilename()).toBe('住户.csv');
  await dialog.waitFor({ state: 'detached' });
  const { exportRecords } = await ask(
    'MANAGER',
    '{ exportRecords(first: 1) { nodes { resource reason rows staffName } } }',
  );
  expect(exportRecords.nodes[0]).toMatchObject({ resource: 'residents', reason: '住户普查核对' });
  expect(exportRecords.nodes[0].rows).toBeGreaterThan(0);
  await open(page, '/exportRecords');
  await page
    .getByRole('row')
    .filter({ hasText: '住户普查核对' })
    .getByText('住户', { exact: true })
    .waitFor();

  const clerk = await sit('FRONT_DESK');
  await open(clerk, '/residents');
  await clerk.getByRole('table').waitFor();
  expect(await clerk.getByRole('button', { name: '导出', exact: true }).count()).toBe(0);
});
