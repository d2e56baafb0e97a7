import { expect, test } from 'vitest';
import { act, fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

test('what a colleague does appears in the list and on the home page without a reload', async () => {
  const page = await sit('FRONT_DESK');
  await open(page, '/ticket-table');
  await page.getByRole('table').waitFor();
  await page.getByText('实时').waitFor();
  const { number } = await fileTicket('隔壁装修太吵');
  await page.getByRole('link', { name: number }).waitFor();

  await page.getByRole('menuitem', { name: '首页' }).click();
  const received = page.getByRole('link', { name: /^已受理/ });
  const count = async () => Number((await received.textContent())?.replace(/\D/g, ''));
  const before = await count();
  await fileTicket('电梯异响');
  await expect.poll(count).toBe(before + 1);
});

test('what somebody is typing is never overwritten, untouched fields follow, and saving over a colleague asks first', async () => {
  const ticket = await fileTicket('水龙头滴水');
  const page = await sit('FRONT_DESK');
  await open(page, `/tickets/${ticket.id}`);
  await page.getByLabel('内容').fill('我正在输入的内容');
  await page.getByText('实时').waitFor();
  await act(
    'MANAGER',
    'ticketUpdate',
    { ...pick(ticket), description: '经理写的内容', location: '厨房' },
    'ticket { id }',
  );
  await page.getByText('已被他人修改').waitFor();
  expect(await page.getByLabel('内容').inputValue()).toBe('我正在输入的内容');
  expect(await page.getByLabel('位置').inputValue()).toBe('厨房');

  await page.getByRole('button', { name: '保存', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('cell', { name: '经理写的内容' }).waitFor();
  await dialog.getByRole('cell', { name: '我正在输入的内容' }).waitFor();
  await dialog.getByRole('button', { name: '保留我的修改' }).click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('definition').filter({ hasText: '我正在输入的内容' }).waitFor();
});

test('a lost connection loses nothing: the message says so, and the second try has one effect', async () => {
  const page = await sit('FRONT_DESK');
  const { id } = await fileTicket('门禁失灵');
  await open(page, `/tickets/${id}`);
  await page.getByLabel('方便时间').fill('周六上午');
  await page.route('**/graphql', async (route) => {
    // It arrives, but no answer comes back.
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('连接不上服务器').first().waitFor();
  expect(await page.getByLabel('方便时间').inputValue()).toBe('周六上午');
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('definition').filter({ hasText: '周六上午' }).waitFor();
});

test('an error of the server is said in words, with a way to try again', async () => {
  const page = await sit('FRONT_DESK');
  await open(page);
  await page.getByRole('link', { name: /^未完结/ }).waitFor();
  await page.route('**/graphql', (route) =>
    route.fulfill({ status: 500, json: { errors: [{ message: '服务器出错（编号 42）' }] } }),
  );
  await page.getByRole('menuitem', { name: '住户' }).click();
  await page.getByRole('alert').filter({ hasText: '编号 42' }).waitFor();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: '重试' }).click();
  await page.getByRole('table').getByRole('link').first().waitFor();
});

test('when the session ends over a half-filled form, signing in again goes on where it stopped', async () => {
  const page = await sit('FRONT_DESK');
  const { id } = await fileTicket('空调外机漏水');
  await open(page, `/tickets/${id}`);
  await page.getByLabel('方便时间').fill('下班以后');
  await page.context().clearCookies();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('邮箱').fill('frontdesk@demo.example');
  await dialog.locator('[name=password]').fill('hexie-demo-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('definition').filter({ hasText: '下班以后' }).waitFor();
});

const pick = ({ id, version }: { id: string; version: number }) => ({ id, version });
