import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { act, ask, fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

/** Opens a ticket at the desk, with the keys at it. */
async function openTicket(page: Page, id: string, title: string): Promise<void> {
  await open(page, `/tickets?order=new&ticket=${id}`);
  await page.getByRole('heading', { name: title }).waitFor();
  await page.getByRole('region', { name: '操作' }).waitFor();
}

const dialogOf = (page: Page) => page.getByRole('dialog');
const gone = (page: Page) => dialogOf(page).waitFor({ state: 'detached' });

/** A ticket that engineering is at work on. */
async function atWork(title: string): Promise<{ id: string; version: number; number: string }> {
  const filed = await fileTicket(title);
  const step = async (name: string, role: 'FRONT_DESK' | 'MANAGER', version: number, more: object = {}) =>
    (await act(role, name, { id: filed.id, version, ...more }, 'ticket { version }')).ticket.version;
  let version = await step('ticketConfirm', 'FRONT_DESK', filed.version);
  version = await step('ticketDispatch', 'FRONT_DESK', version, { department: 'ENGINEERING' });
  return { ...filed, version: await step('ticketAccept', 'MANAGER', version) };
}

test('duplicates are merged by keys: those of the same unit stand there first, others are found by number (T-09)', async () => {
  const main = await fileTicket('厨房漏水第一次报');
  const double = await fileTicket('厨房漏水又报一次');
  const page = await sit('FRONT_DESK');
  await openTicket(page, double.id, '厨房漏水又报一次');
  await page.keyboard.press('g');
  const dialog = dialogOf(page);
  await dialog.getByRole('combobox', { name: '主工单' }).waitFor();
  const list = page.getByRole('listbox', { name: '主工单' });
  await list.getByText('同一房屋的未完结工单').waitFor();
  await list.getByRole('option').filter({ hasText: main.number }).waitFor();
  expect(await list.getByRole('option').filter({ hasText: double.number }).count()).toBe(0);
  await page.keyboard.type(main.number);
  await list.getByText('搜索结果').waitFor();
  await expect.poll(() => list.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('同一处漏水');
  await page.keyboard.press('Control+Enter');
  await gone(page);
  const { ticket } = await ask('FRONT_DESK', `{ ticket(id: "${double.id}") { status mergedInto { id } } }`);
  expect(ticket).toEqual({ status: 'MERGED', mergedInto: { id: main.id } });
});

test('a refusal stays in the dialog with its rule, a lost connection too, and what was typed is still there (T-09)', async () => {
  const main = await fileTicket('门厅灯坏了');
  const double = await fileTicket('门厅灯又坏了');
  const page = await sit('FRONT_DESK');
  await openTicket(page, double.id, '门厅灯又坏了');
  await page.keyboard.press('g');
  const dialog = dialogOf(page);
  await dialog.getByRole('combobox', { name: '主工单' }).waitFor();
  await page.keyboard.type(main.number);
  await page.getByRole('option').filter({ hasText: main.number }).first().waitFor();
  await page.getByText('搜索结果').waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByLabel('原因').fill('同一盏灯');
  // Meanwhile a colleague ends the ticket that was chosen.
  await act(
    'MANAGER',
    'ticketCancel',
    { id: main.id, version: main.version, reason: '误报' },
    'ticket { id }',
  );
  await dialog.getByRole('button', { name: '合并到另一工单' }).click();
  await dialog
    .getByText(/规程 T-09/)
    .first()
    .waitFor();
  expect(await dialog.getByLabel('原因').inputValue()).toBe('同一盏灯');

  await page.route('**/graphql', (route) => route.abort());
  await dialog.getByRole('button', { name: '合并到另一工单' }).click();
  await dialog.getByText('连接不上服务器').waitFor();
  // A click beside the dialog loses nothing either.
  await page.mouse.click(5, 450);
  expect(await dialog.getByLabel('原因').inputValue()).toBe('同一盏灯');
  await page.unroute('**/graphql');
});

test('several matters of one call are split off without the mouse: Enter makes the next one (T-09)', async () => {
  const ticket = await fileTicket('水龙头、灯、门锁都坏了');
  const page = await sit('FRONT_DESK');
  await openTicket(page, ticket.id, '水龙头、灯、门锁都坏了');
  await page.keyboard.press('Shift+L');
  const dialog = dialogOf(page);
  await dialog.getByLabel('标题').first().waitFor();
  await page.keyboard.type('卧室灯不亮');
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.getByLabel('标题').count()).toBe(2);
  await page.keyboard.type('门锁卡住');
  await page.keyboard.press('Enter');
  await expect.poll(() => dialog.getByLabel('标题').count()).toBe(3);
  // The third stays empty: it is no matter.
  await page.keyboard.press('Control+Enter');
  await gone(page);
  const { ticket: after } = await ask(
    'FRONT_DESK',
    `{ ticket(id: "${ticket.id}") { splitTickets(first: 5) { nodes { title kind unit { id } } } unit { id } } }`,
  );
  const titles = after.splitTickets.nodes.map(({ title }: { title: string }) => title).sort();
  expect(titles).toEqual(['卧室灯不亮', '门锁卡住']);
  for (const one of after.splitTickets.nodes) expect(one.unit).toEqual(after.unit);
});

test('a ticket is linked to an incident of its building, those that cover many first (T-09)', async () => {
  const incident = await fileTicket('整栋停水');
  const covered = await fileTicket('我家没水');
  await act(
    'FRONT_DESK',
    'ticketLinkIncident',
    { id: covered.id, version: covered.version, incident: incident.id },
    'ticket { id }',
  );
  const ticket = await fileTicket('水压没有了');
  const page = await sit('FRONT_DESK');
  await openTicket(page, ticket.id, '水压没有了');
  await page.keyboard.press('h');
  const list = page.getByRole('listbox', { name: '关联事件' });
  await list.getByText('本楼栋及公共区域的未完结工单').waitFor();
  await list.getByRole('option').filter({ hasText: incident.number }).getByText('已覆盖 1 单').waitFor();
  await page.keyboard.type('整栋停水');
  await expect.poll(() => list.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await gone(page);
  const { ticket: after } = await ask('FRONT_DESK', `{ ticket(id: "${ticket.id}") { incident { id } } }`);
  expect(after.incident).toEqual({ id: incident.id });
});

test('a quote is made of priced lines with a live total, and is what the resident is told (T-15)', async () => {
  const ticket = await atWork('更换龙头要报价');
  const page = await sit('MANAGER');
  await openTicket(page, ticket.id, '更换龙头要报价');
  await page.keyboard.press('q');
  const dialog = dialogOf(page);
  await dialog.getByRole('combobox', { name: '服务项目' }).waitFor();
  await page.keyboard.type('换龙头');
  await dialog.getByLabel('数量').fill('2');
  await dialog.getByLabel('单价').fill('45.5');
  await dialog.getByRole('status').getByText('¥91.00').waitFor();
  await dialog.getByLabel('单价').press('Enter');
  await dialog.getByRole('combobox', { name: '服务项目' }).nth(1).fill('人工');
  // A line without a price stops it, in words.
  await page.keyboard.press('Control+Enter');
  await dialog.getByText('每行须有数量').waitFor();
  await dialog.getByLabel('数量').nth(1).fill('1.5');
  await dialog.getByLabel('单价').nth(1).fill('60');
  await dialog.getByRole('status').getByText('¥181.00').waitFor();
  // As a clock on the wall shows it there, tomorrow at this time.
  const visit = new Date(Date.now() + (24 + 8) * 3_600_000).toISOString().slice(0, 16);
  await dialog.getByLabel('上门时间').fill(visit);
  await dialog.getByLabel('单价').nth(1).press('Control+Enter');
  await gone(page);
  const { ticket: after } = await ask(
    'MANAGER',
    `{ ticket(id: "${ticket.id}") { quotes(first: 5) { nodes { content price status visitAt } } } }`,
  );
  expect(after.quotes.nodes).toEqual([
    {
      content: '1. 换龙头 2 × ¥45.50 = ¥91.00\n2. 人工 1.5 × ¥60.00 = ¥90.00',
      price: 18_100,
      status: 'OFFERED',
      visitAt: new Date(`${visit}+08:00`).toISOString(),
    },
  ]);
});

test('work that nobody signed for says why, on the ticket and on the printed work order (T-10)', async () => {
  const ticket = await atWork('修好了没人签字');
  const step = async (name: string, version: number, more: object = {}) =>
    (await act('MANAGER', name, { id: ticket.id, version, ...more }, 'ticket { version }')).ticket.version;
  const there = await step('ticketArrive', ticket.version);
  await step('ticketFinish', there, { resolution: '换了阀芯' });
  const page = await sit('MANAGER');
  await openTicket(page, ticket.id, '修好了没人签字');
  await page.keyboard.press('s');
  const dialog = dialogOf(page);
  // Neither yes nor no is taken for granted.
  await dialog.getByLabel('是', { exact: true }).check();
  await page.keyboard.press('Control+Enter');
  await dialog.getByText(/请填写未签字原因.*T-10/).waitFor();
  await dialog.getByLabel('未签字原因').fill('住户出差，电话确认');
  await dialog.getByLabel('未签字原因').press('Control+Enter');
  await gone(page);
  await page.getByText('住户出差，电话确认').first().waitFor();
  await open(page, `/work-order/${ticket.id}`);
  await page.getByRole('article').getByText('未签字：住户出差，电话确认').waitFor();
});

test("materials, labour and the resident's own are written down one after the other; unfit ones are not used (T-10)", async () => {
  const ticket = await atWork('换软管记工料');
  const page = await sit('MANAGER');
  await openTicket(page, ticket.id, '换软管记工料');
  await page.keyboard.press('i');
  const dialog = dialogOf(page);
  await dialog.getByLabel('名称').fill('软管');
  await dialog.getByLabel('数量').fill('2');
  await dialog.getByLabel('单价').fill('30');
  await dialog.getByRole('status').getByText('¥60.00').waitFor();
  await dialog.getByRole('button', { name: '保存并再记一行' }).click();
  await expect.poll(() => dialog.getByLabel('名称').inputValue()).toBe('');

  await page.keyboard.press('Alt+2');
  expect(await dialog.getByLabel('单位', { exact: true }).inputValue()).toBe('小时');
  await dialog.getByLabel('名称').fill('更换人工');
  await dialog.getByLabel('数量').fill('1.5');
  await dialog.getByRole('button', { name: '保存并再记一行' }).click();
  await expect.poll(() => dialog.getByLabel('名称').inputValue()).toBe('');

  await page.keyboard.press('Alt+1');
  await dialog.getByLabel('名称').fill('住户的龙头');
  await dialog.getByLabel('住户自备').check();
  await dialog.getByLabel('住户自备').uncheck();
  expect(await dialog.getByText('检查合格').count()).toBe(0);
  await dialog.getByLabel('住户自备').check();
  await page.keyboard.press('Control+Enter');
  await dialog
    .getByText(/规程 T-10/)
    .first()
    .waitFor();
  await dialog.getByLabel('不合格，不用').check();
  expect(await dialog.getByLabel('数量').inputValue()).toBe('0');
  await page.keyboard.press('Control+Enter');
  await gone(page);
  const { ticket: after } = await ask(
    'MANAGER',
    `{ ticket(id: "${ticket.id}") { items(first: 5) { nodes { kind name quantity amount residentOwned fit } } } }`,
  );
  const item = (name: string) => after.items.nodes.find((one: { name: string }) => one.name === name);
  expect(after.items.nodes).toHaveLength(3);
  expect(item('软管')).toMatchObject({ kind: 'MATERIAL', amount: 6_000, residentOwned: false, fit: null });
  expect(item('更换人工')).toMatchObject({ kind: 'LABOUR', fit: null });
  expect(item('住户的龙头')).toMatchObject({ residentOwned: true, fit: false, amount: 0 });
});
