import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { act, ask, fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

/** The list with the newest first, whatever the usual order is. */
const newest = '/tickets?order=new';
const lines = (page: Page) => page.getByRole('listbox', { name: '工单列表' }).getByRole('option');
const line = (page: Page, title: string) => lines(page).filter({ hasText: title });

/** Presses one key after the other, and counts them. */
function typist(page: Page) {
  let pressed = 0;
  return {
    press: async (...keys: string[]) => {
      for (const key of keys) {
        pressed += 1;
        await page.keyboard.press(key);
      }
    },
    count: () => pressed,
  };
}

/** Somebody who rings: a resident of a unit, by the last digits of the phone. */
async function someCaller(): Promise<{
  name: string;
  tail: string;
  unit: string;
  unitName: string;
  id: string;
}> {
  const { residents } = await ask(
    'FRONT_DESK',
    '{ residents(first: 20, filter: { kind: { eq: PERSON } }) { nodes { id name phone residencies(first: 1) { nodes { unit { id fullName } } } } } }',
  );
  const found = residents.nodes.find(
    (one: { residencies: { nodes: object[] } }) => one.residencies.nodes.length,
  );
  const [{ unit }] = found.residencies.nodes;
  return {
    id: found.id,
    name: found.name,
    tail: found.phone.slice(-4),
    unit: unit.id,
    unitName: unit.fullName,
  };
}

test('the whole desk by keys: move, open, act on the ticket, go back; ? says which', async () => {
  await fileTicket('键盘一号');
  await fileTicket('键盘二号');
  const page = await sit('FRONT_DESK');
  await open(page, newest);
  await line(page, '键盘二号').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '键盘一号' }).waitFor();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('复述确认', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('c');
  await dialog.getByRole('button', { name: '复述确认' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await page
    .getByRole('region', { name: /^工单 WX/ })
    .getByText('已确认', { exact: true })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('heading', { name: '键盘一号' }).count()).toBe(0);
  // The place in the list is where it was.
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '键盘二号' }).waitFor();
});

test('a key that the ticket does not allow now says why, with the rule', async () => {
  await fileTicket('还不能完成');
  const page = await sit('FRONT_DESK');
  await open(page, newest);
  await line(page, '还不能完成').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '还不能完成' }).waitFor();
  await page.getByRole('button', { name: '复述确认' }).waitFor();
  await page.keyboard.press('f');
  await page.getByText(/完成[:：] .+/).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('letters in a text field are text, and pinyin that is being composed reaches no key', async () => {
  const page = await sit('FRONT_DESK');
  await open(page, newest);
  await lines(page).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('njx?');
  expect(await page.getByLabel('搜索工单').inputValue()).toBe('njx?');
  expect(await page.getByRole('heading', { name: '新建工单' }).count()).toBe(0);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByLabel('搜索工单').fill('');
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'n', selectionStart: 1, selectionEnd: 1 });
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('heading', { name: '新建工单' }).count()).toBe(0);
  await session.send('Input.insertText', { text: '' });
});

test('a ringing caller: n, four digits, Enter, the matter, Enter: at most 12 keys besides the text (U-6)', async () => {
  const caller = await someCaller();
  const page = await sit('FRONT_DESK');
  await open(page, newest);
  await lines(page).first().waitFor();
  const keys = typist(page);
  await keys.press('n');
  await page.getByRole('combobox', { name: '来电人或房屋' }).waitFor();
  await keys.press(...caller.tail);
  await page.getByRole('option').filter({ hasText: caller.name }).first().waitFor();
  await keys.press('Enter');
  await expect
    .poll(() => page.getByLabel('标题').evaluate((input) => input === document.activeElement))
    .toBe(true);
  await keys.press('Alt+4');
  await page.keyboard.type('楼上半夜装修');
  await keys.press('Control+Enter');
  await page.getByRole('heading', { name: '楼上半夜装修' }).waitFor();
  console.info(`keys besides the text: ${keys.count()}`);
  expect(keys.count()).toBeLessThanOrEqual(12);
  const { tickets } = await ask(
    'FRONT_DESK',
    '{ tickets(first: 1, filter: { search: "楼上半夜装修" }) { nodes { kind readBack channel unit { id } reporter { id } } } }',
  );
  expect(tickets.nodes[0]).toMatchObject({ kind: 'COMPLAINT', readBack: true, channel: 'HOTLINE' });
});

test('a ringing call brings its caller along: only the matter and Enter are left', async () => {
  const caller = await someCaller();
  const page = await sit('FRONT_DESK');
  await open(page, `/tickets/create?unit=${caller.unit}&resident=${caller.id}`);
  await page.getByRole('region', { name: caller.unitName }).waitFor();
  await expect
    .poll(() => page.getByLabel('标题').evaluate((input) => input === document.activeElement))
    .toBe(true);
  const keys = typist(page);
  await page.keyboard.type('马桶堵塞');
  await keys.press('Enter');
  await page.getByRole('heading', { name: '马桶堵塞' }).waitFor();
  expect(keys.count()).toBe(1);
  const { tickets } = await ask(
    'FRONT_DESK',
    '{ tickets(first: 1, filter: { search: "马桶堵塞" }) { nodes { unit { id } reporter { id } } } }',
  );
  expect(tickets.nodes[0]).toEqual({ unit: { id: caller.unit }, reporter: { id: caller.id } });
});

test('five tickets are dispatched together with at most 15 keys (T-04)', async () => {
  const filed = [];
  for (const number of ['一', '二', '三', '四', '五']) filed.push(await fileTicket(`批量${number}`));
  for (const { id, version } of filed)
    await act('FRONT_DESK', 'ticketConfirm', { id, version }, 'ticket { id }');
  const page = await sit('FRONT_DESK');
  await open(page, newest);
  await line(page, '批量五').waitFor();
  const keys = typist(page);
  await keys.press('j', ...Array.from({ length: 4 }, () => 'Shift+ArrowDown'));
  await page.getByText('已选 5 条').waitFor();
  await keys.press('b');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '责任部门' }).waitFor();
  await keys.press('Enter');
  const first = page.getByRole('option', { name: /在办 \d+$/ }).first();
  await first.waitFor();
  await keys.press('Enter');
  await first.waitFor({ state: 'detached' });
  await keys.press('Control+Enter');
  await dialog.getByText('全部派出。').waitFor();
  await keys.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  console.info(`keys to dispatch five: ${keys.count()}`);
  expect(keys.count()).toBeLessThanOrEqual(15);
  for (const { id } of filed) {
    const { ticket } = await ask('FRONT_DESK', `{ ticket(id: "${id}") { status } }`);
    expect(ticket.status).toBe('DISPATCHED');
  }
});

test('a repair is finished with at most 8 keys besides its words: open it, arrive, finish (T-10)', async () => {
  const filed = await fileTicket('键盘完成维修');
  let { version } = filed;
  for (const [name, more] of [
    ['ticketConfirm', {}],
    ['ticketDispatch', { department: 'ENGINEERING' }],
    ['ticketAccept', {}],
  ] as const)
    version = (await act('MANAGER', name, { id: filed.id, version, ...more }, 'ticket { version }')).ticket
      .version;
  const page = await sit('MANAGER');
  await open(page, newest);
  await line(page, '键盘完成维修').waitFor();
  const keys = typist(page);
  await keys.press('j', 'Enter');
  await page.getByRole('button', { name: '到场', exact: true }).waitFor();
  const dialog = page.getByRole('dialog');
  await keys.press('o');
  await dialog.getByRole('button', { name: '到场' }).waitFor();
  await keys.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await keys.press('f');
  await dialog.getByLabel('处理结果').waitFor();
  await page.keyboard.type('更换软管');
  await keys.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  console.info(`keys to finish a repair: ${keys.count()}`);
  expect(keys.count()).toBeLessThanOrEqual(8);
  const { ticket } = await ask('MANAGER', `{ ticket(id: "${filed.id}") { status resolution } }`);
  expect(ticket).toEqual({ status: 'DONE', resolution: '更换软管' });
});

test('what a colleague does changes the lines and the open ticket, but never what is being typed', async () => {
  const ticket = await fileTicket('门铃不响');
  const page = await sit('FRONT_DESK');
  await open(page, `${newest}&ticket=${ticket.id}`);
  await line(page, '门铃不响').waitFor();
  await page.getByText('实时').waitFor();
  await page.keyboard.press('n');
  await page.getByLabel('标题').fill('正在输入的标题');
  await act(
    'MANAGER',
    'ticketUpdate',
    { id: ticket.id, version: ticket.version, title: '门铃整夜响' },
    'ticket { id }',
  );
  await line(page, '门铃整夜响').waitFor();
  await page.getByRole('heading', { name: '门铃整夜响' }).waitFor();
  expect(await page.getByLabel('标题').inputValue()).toBe('正在输入的标题');
  const fresh = await fileTicket('新来的一单');
  await line(page, fresh.number).waitFor();
  expect(await page.getByLabel('标题').inputValue()).toBe('正在输入的标题');
});
