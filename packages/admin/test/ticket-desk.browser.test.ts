import { expect, test } from 'vitest';
import { ask, open, sit, url, withBrowser } from './desk.ts';

withBrowser();

test('a wrong password is said in the form, which keeps the e-mail; the right one opens the desk', async () => {
  const page = await sit(null);
  await page.goto(url);
  await page.getByLabel('邮箱').fill('frontdesk@demo.example');
  await page.locator('[name=password]').fill('not this one');
  await page.keyboard.press('Enter');
  await page.getByText('邮箱或密码不正确').waitFor();
  expect(await page.getByLabel('邮箱').inputValue()).toBe('frontdesk@demo.example');
  await page.locator('[name=password]').fill('hexie-demo-2026');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '今日工作' }).waitFor();
  await page.getByRole('button', { name: '林晓前' }).waitFor();
});

test('a clerk finds the caller by phone tail, files a ticket with the keyboard alone and dispatches it; engineering finishes it', async () => {
  const { residents } = await ask(
    'FRONT_DESK',
    '{ residents(first: 20, filter: { kind: { eq: PERSON } }) { nodes { name phone residencies(first: 1) { nodes { unit { fullName } } } } } }',
  );
  const [caller] = residents.nodes.filter(
    (one: { residencies: { nodes: object[] } }) => one.residencies.nodes.length,
  );
  const clerk = await sit('FRONT_DESK');
  await open(clerk, '/tickets/create');
  await clerk.getByLabel('来电人或房屋').waitFor();
  await clerk.keyboard.type(caller.phone.slice(-4));
  await clerk.getByRole('option').filter({ hasText: caller.name }).first().waitFor();
  await clerk.keyboard.press('Enter');
  await clerk.getByRole('region', { name: caller.residencies.nodes[0].unit.fullName }).waitFor();
  await expect
    .poll(() => clerk.getByLabel('标题').evaluate((input) => input === document.activeElement))
    .toBe(true);
  await clerk.keyboard.type('厨房水管爆裂');
  await clerk.keyboard.press('Enter');
  await clerk.getByRole('button', { name: '复述确认' }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByRole('button', { name: '复述确认' }).click();
  await dialog.waitFor({ state: 'detached' });
  await clerk.getByRole('button', { name: '派单', exact: true }).click();
  await dialog.getByLabel('责任部门').click();
  await clerk.getByRole('option', { name: '工程' }).first().click();
  await dialog.getByRole('button', { name: '派单' }).click();
  await clerk.getByText('已派单').first().waitFor();

  const engineer = await sit('ENGINEERING');
  await engineer.goto(clerk.url());
  for (const move of ['接单', '到场']) {
    await engineer.getByRole('button', { name: move, exact: true }).click();
    await engineer.getByRole('dialog').getByRole('button', { name: move }).click();
    await engineer.getByRole('dialog').waitFor({ state: 'detached' });
  }
  await engineer.getByRole('button', { name: '完成', exact: true }).click();
  await engineer.getByRole('dialog').getByLabel('处理结果').fill('更换软管');
  await engineer.getByRole('dialog').getByRole('button', { name: '完成' }).click();
  // The clerk's page followed by itself.
  await clerk.getByText('更换软管').first().waitFor();
});

test('what may not be done now is shown disabled, with the reason and the rule', async () => {
  const { tickets } = await ask(
    'FRONT_DESK',
    '{ tickets(first: 1, filter: { status: { eq: RECEIVED } }) { nodes { id } } }',
  );
  const page = await sit('FRONT_DESK');
  await open(page, `/tickets/${tickets.nodes[0].id}/show`);
  const close = page.getByRole('button', { name: '关闭', exact: true });
  expect(await close.getAttribute('aria-disabled')).toBe('true');
  await close.click({ force: true });
  await page.getByRole('status').filter({ hasText: '规程 T-09' }).waitFor();
});

test('pinyin that is being composed fires no search', async () => {
  const page = await sit('FRONT_DESK');
  await open(page, '/residents');
  await page.getByRole('table').waitFor();
  const searches: string[] = [];
  page.on('request', (request) => {
    if (request.postData()?.includes('"search"')) searches.push(request.postData() ?? '');
  });
  await page.getByLabel('搜索').focus();
  const session = await page.context().newCDPSession(page);
  for (const text of ['w', 'wang', "wang'q"]) {
    await session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
    await page.waitForTimeout(150);
  }
  await page.waitForTimeout(700);
  expect(searches).toEqual([]);
  await session.send('Input.insertText', { text: '王' });
  await expect.poll(() => searches.length).toBeGreaterThan(0);
  expect(searches.join()).toContain('王');
});

test('list, filter, show: a clerk narrows the tickets and opens one', async () => {
  const page = await sit('FRONT_DESK');
  await open(page, '/ticket-table');
  await page.getByRole('combobox', { name: '状态' }).click();
  await page.getByRole('option', { name: '已派单' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('cell', { name: '已受理' }).count()).toBe(0);
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByText('已派单').first().waitFor();
  await page.getByRole('heading', { name: '历史记录' }).waitFor();
});
