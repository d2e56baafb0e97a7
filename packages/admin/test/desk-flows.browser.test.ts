import { expect, test } from 'vitest';
import { ask, open, sit, withBrowser } from './desk.ts';

withBrowser();

const day = 24 * 3_600_000;
/** As the input for date and time takes it; loans are for 30 days at most. */
const tomorrow = new Date(Date.now() + day).toISOString().slice(0, 16);

test('the key board lends only to somebody identified (K-2), shows who has the key, and takes it back in place', async () => {
  const page = await sit('FRONT_DESK');
  await open(page, '/keyCopies');
  await page.getByRole('button', { name: '借出 S-006/1' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('借用人类别').click();
  await page.getByRole('option', { name: '施工单位' }).click();
  await dialog.getByLabel('借用人', { exact: true }).fill('王师傅');
  await dialog.getByLabel('用途').fill('检修弱电');
  await dialog.getByLabel('应还时间').fill(tomorrow);
  await dialog.getByRole('button', { name: '借出' }).click();
  await dialog.getByText('未核实借用人身份').first().waitFor();
  await dialog.getByLabel('身份核实方式').click();
  await page.getByRole('option', { name: '身份证件' }).click();
  await dialog.getByRole('button', { name: '借出' }).click();
  const card = page.getByRole('listitem').filter({ hasText: 'S-006/1' });
  await card.getByText('王师傅 借用').waitFor();
  await card.getByRole('button', { name: '归还' }).click();
  await dialog.getByRole('button', { name: '归还' }).click();
  await card.getByText('在柜').waitFor();
});

test('a cashier takes part of what a unit owes and reads the receipt number; a clerk is told who may', async () => {
  const { fees } = await ask(
    'CASHIER',
    '{ fees(first: 1, filter: { status: { eq: ISSUED } }) { nodes { unit { id } outstanding } } }',
  );
  const [{ unit }] = fees.nodes;
  const page = await sit('CASHIER');
  await open(page, `/units/${unit.id}/show`);
  await page.getByRole('button', { name: '收款', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('金额').fill('10.50');
  await dialog.getByRole('button', { name: '收款' }).click();
  await page.getByText(/已收 ¥10\.50，收据号 SJ-/).waitFor();
  const after = await ask(
    'CASHIER',
    `{ unit(id: "${unit.id}") { payments(first: 1) { nodes { amount } } } }`,
  );
  expect(after.unit.payments.nodes[0].amount).toBe(1050);

  const clerk = await sit('FRONT_DESK');
  await open(clerk, `/units/${unit.id}/show`);
  await clerk.getByText('收款由收费员、财务或经理办理（P-3）').waitFor();
  expect(await clerk.getByRole('button', { name: '收款', exact: true }).count()).toBe(0);
});

test('a masked phone is shown for a reason only, which the history keeps', async () => {
  const { residents } = await ask('FRONT_DESK', '{ residents(first: 1) { nodes { id phone } } }');
  const [{ id, phone }] = residents.nodes;
  expect(phone).toContain('****');
  const page = await sit('FRONT_DESK');
  await open(page, `/residents/${id}/show`);
  await page.getByRole('button', { name: '查看完整信息' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('要查看的信息').click();
  await page.getByRole('option', { name: '电话' }).first().click();
  await page.keyboard.press('Escape');
  await dialog.getByLabel('原因').fill('回拨确认上门时间');
  await dialog.getByRole('button', { name: '查看完整信息' }).click();
  expect(await dialog.getByLabel('电话').inputValue()).toMatch(/^\+?\d{11,}$/);
  await dialog.getByRole('button', { name: '关闭' }).click();
  await page.getByText('原因: 回拨确认上门时间').waitFor();
});

test('every part of a unit hangs on its page, and what is new there knows the unit (U-3)', async () => {
  const { units } = await ask(
    'FRONT_DESK',
    '{ units(first: 1, filter: { status: { eq: OCCUPIED } }) { nodes { id fullName } } }',
  );
  const [unit] = units.nodes;
  const page = await sit('MANAGER');
  await open(page, `/units/${unit.id}/show`);
  await page.getByRole('tab').first().waitFor();
  const tabs = await page.getByRole('tab').allTextContents();
  const parts = ['居住关系', '工单', '费用', '收款', '装修许可', '钥匙', '钥匙借用'];
  expect(tabs.map((tab) => tab.replace(/ \d+$/, ''))).toEqual(expect.arrayContaining(parts));
  await page.getByRole('tab', { name: '居住关系' }).click();
  await page.getByRole('link', { name: '新建居住关系' }).click();
  await expect.poll(() => page.getByLabel('房屋').inputValue()).toBe(unit.fullName);
});
