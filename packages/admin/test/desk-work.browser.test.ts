import type { Page } from 'playwright-core';
import { create } from 'qrcode';
import { expect, test } from 'vitest';
import { act, ask, fileTicket, open, sit, url, withBrowser } from './desk.ts';

withBrowser();

const lines = (page: Page) => page.getByRole('listbox', { name: '工单列表' }).getByRole('option');
const line = (page: Page, title: string) => lines(page).filter({ hasText: title });
/** The list with the newest first, whatever the usual order is. */
const newest = '/tickets?order=new';

test('several tickets are dispatched at once; what is refused says why in its line and can be tried again (T-04)', async () => {
  const good = await fileTicket('批量可派');
  await act('FRONT_DESK', 'ticketConfirm', { id: good.id, version: good.version }, 'ticket { id }');
  await fileTicket('批量未确认');
  const page = await sit('FRONT_DESK');
  await open(page, newest);
  await line(page, '批量未确认').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByText('已选 2 条').waitFor();
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('责任部门').click();
  await page.getByRole('option', { name: /^工程部 · 在办 \d+$/ }).click();
  await dialog.getByRole('button', { name: '批量派单' }).click();
  await dialog.getByText('1 条未派出').waitFor();
  await dialog.getByRole('listitem').filter({ hasText: '批量可派' }).getByText('已派单').waitFor();
  await dialog
    .getByRole('listitem')
    .filter({ hasText: '批量未确认' })
    .getByText(/不能“派单”/)
    .waitFor();
  await dialog.getByRole('button', { name: '取消' }).click();
  // Only what was refused is still selected.
  await page.getByText('已选 1 条').waitFor();
  const { ticket } = await ask('FRONT_DESK', `{ ticket(id: "${good.id}") { status department } }`);
  expect(ticket).toEqual({ status: 'DISPATCHED', department: 'ENGINEERING' });
});

test('a manager saves a view for the front desk; a clerk finds it there, and a cashier does not (P-3)', async () => {
  const manager = await sit('MANAGER');
  await open(manager, '/tickets?view=urgent&order=old');
  await manager.getByRole('button', { name: '视图与筛选' }).click();
  await manager.getByRole('menuitem', { name: /保存为视图/ }).click();
  const dialog = manager.getByRole('dialog');
  await dialog.getByLabel('名称').fill('早班紧急');
  await dialog.getByLabel('共享给岗位').click();
  await manager.getByRole('option', { name: '前台' }).click();
  await manager.keyboard.press('Escape');
  await dialog.getByRole('button', { name: '保存为视图' }).click();
  await manager.getByRole('combobox', { name: '视图' }).getByText('早班紧急').waitFor();

  for (const [role, found] of [
    ['FRONT_DESK', 1],
    ['CASHIER', 0],
  ] as const) {
    const page = await sit(role);
    await open(page, '/tickets');
    await lines(page).first().waitFor();
    await page.getByRole('combobox', { name: '视图' }).click();
    await page.getByRole('option', { name: '全部' }).waitFor();
    await expect.poll(() => page.getByRole('option', { name: '早班紧急' }).count()).toBe(found);
  }
});

test('a draft survives a closed tab, is offered again, is unreadable on the device and to the next clerk, and goes once filed (S-7)', async () => {
  const page = await sit('FRONT_DESK');
  await open(page, '/tickets/create');
  await page.getByLabel('标题').fill('没写完的报修');
  await page.getByLabel('内容').fill('张三说水管漏了');
  const kept = () =>
    page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith('desk.draft.')));
  await expect.poll(async () => (await kept()).length).toBe(1);
  await page.waitForTimeout(600);
  expect(JSON.stringify(await kept())).not.toContain('张三');
  const stored = await kept();

  // The tab is gone without a word; another one opens.
  const second = await page.context().newPage();
  await page.close();
  await second.goto(`${url}/#/tickets/create`);
  await second.getByText(/已恢复 .* 未提交的草稿/).waitFor();
  expect(await second.getByLabel('标题').inputValue()).toBe('没写完的报修');

  // Another person at the same machine, with the same store.
  const other = await sit('MANAGER');
  await other.addInitScript((entries) => {
    for (const [name, value] of entries) localStorage.setItem(name, String(value));
  }, stored);
  await open(other, '/tickets/create');
  await other.getByLabel('标题').waitFor();
  await other.waitForTimeout(500);
  expect(await other.getByText('草稿').count()).toBe(0);
  expect(await other.getByLabel('标题').inputValue()).toBe('');

  await second.getByText('位置与报事人').click();
  await second.getByRole('combobox', { name: '小区' }).click();
  // Not a line of the list behind: those are options too.
  await second.locator('.MuiModal-root, .MuiAutocomplete-popper').getByRole('option').first().click();
  await second.getByRole('textbox', { name: '位置' }).fill('3栋大堂');
  await second.getByRole('button', { name: '登记', exact: true }).click();
  await second.getByRole('heading', { name: '没写完的报修' }).waitFor();
  expect(
    await second.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('desk.draft.'))),
  ).toEqual([]);
});

test('the work order holds all times and a code that opens the ticket, on one sheet of A4 (T-10)', async () => {
  const ticket = await fileTicket('打印一张维修单');
  const page = await sit('FRONT_DESK');
  await open(page, `/tickets?ticket=${ticket.id}`);
  await page.getByRole('heading', { name: '打印一张维修单' }).waitFor();
  await page.keyboard.press('p');
  const sheet = page.getByRole('article');
  for (const words of [
    '维修单',
    ticket.number,
    '受理时间',
    '接单时间',
    '到场时间',
    '完成时间',
    '检查与处理',
    '材料 / 人工',
    '住户签字',
  ])
    await sheet.getByText(words, { exact: true }).first().waitFor();
  const code = sheet.getByRole('img', { name: '扫码打开工单' });
  const address = `${url}/#/tickets?ticket=${ticket.id}`;
  expect(await code.getAttribute('data-address')).toBe(address);
  // Module by module what a reader of this address would see.
  const { modules } = create(address, { errorCorrectionLevel: 'M' });
  const drawn = new Set(
    (await code.locator('path').getAttribute('d'))?.split('z').map((square) => square.slice(1)),
  );
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1)
      expect(drawn.has(`${column} ${row}h1v1h-1`)).toBe(Boolean(modules.get(row, column)));
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('menuitem').first().isVisible()).toBe(false);
  const { height } = (await sheet.boundingBox()) ?? { height: 0 };
  // A4 less its margins, at 96 dots an inch.
  expect(height).toBeLessThan(1_030);
});
