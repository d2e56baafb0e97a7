import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { report, type Shown, step } from '../../api/src/domains/tickets/clocks.seed.ts';
import { type Client, startWorld, type TestOrganisation, type World } from '../../api/test/harness/world.ts';
import { open, sit, withBrowser } from './desk.ts';

withBrowser();

const minute = 60_000;
let world: World;
beforeAll(async () => {
  world = await startWorld({ CONSOLE_DIR: fileURLToPath(new URL('../dist', import.meta.url)) });
  world.clock.set('2026-11-20T10:00:00+08:00');
});
afterAll(() => world.close());

/** Somebody of the company at the desk, in front of an open ticket. */
async function desk(client: Client, ticket: Shown, width = 1440) {
  const at = { url: world.app.url, cookie: client.headers.cookie ?? '' };
  const page = await sit(null, { at, width });
  await open(page, `/tickets?ticket=${ticket.id}`);
  const promises = page.getByRole('region', { name: '承诺', exact: true });
  await promises.waitFor();
  return { page, promises, clock: (kind: string) => promises.locator(`[data-clock=${kind}]`) };
}

async function urgent(org: TestOrganisation): Promise<Shown> {
  return report(org.admin, org, { kind: 'REPAIR_UNIT', urgent: true, title: '水管爆裂' });
}

test('a ticket shows each of its clocks counting down, and who was told what and when (T-04, T-05, T-16, P-5)', async () => {
  const org = await world.organisation();
  await org.as('SUPERVISOR');
  const ticket = await urgent(org);
  const { page, promises, clock } = await desk(org.admin, ticket);
  await clock('DISPATCH')
    .getByText(/剩余 \d\d分\d\d秒/)
    .waitFor();
  await clock('ARRIVAL').getByText('规程 T-05').waitFor();
  await clock('SETTLE').waitFor();
  await promises.getByText('还没有人被提醒。').waitFor();

  world.clock.travel(31 * minute);
  await world.runJob('ticket.escalate');
  await page.reload();
  // In words and with an icon, not by colour alone.
  await clock('ARRIVAL')
    .getByText(/已超时 \d+分/)
    .waitFor();
  expect(await clock('ARRIVAL').locator('svg').count()).toBe(1);
  await promises.getByRole('listitem').filter({ hasText: '承诺已超时：到场' }).first().waitFor();
  await promises.getByRole('listitem').filter({ hasText: '未读' }).first().waitFor();
  // Told once, not in a tab besides.
  expect(await page.getByRole('tab', { name: /升级提醒/ }).count()).toBe(0);
});

test('only a clock that runs can be paused; that and what the resident agreed to appears on the ticket by itself (T-04, T-08)', async () => {
  const org = await world.organisation();
  const ticket = await urgent(org);
  const { page, promises, clock } = await desk(org.admin, ticket, 390);
  await page.getByText('实时').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: /^更多/ }).click();
  await page.getByRole('button', { name: '恢复计时' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('这张工单没有适用的承诺。').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '延期承诺' }).click();
  await dialog.getByLabel('哪项承诺').click();
  const offered = await page.getByRole('option').allTextContents();
  expect(offered.map((one) => one.split(' ')[0]).sort()).toEqual(['到场', '处理完毕', '派单']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const consent = { clock: 'SETTLE', consentBy: '王女士', consentWay: 'PHONE', told: '配件周一到' };
  const dueAt = '2026-11-25T16:00:00+08:00';
  const { userErrors } = await org.admin.mutate(
    'ticketPostpone',
    { id: ticket.id, version: ticket.version, ...consent, dueAt },
    'ticket { id }',
  );
  expect(userErrors).toEqual([]);
  await clock('SETTLE').getByText('已延期').waitFor();
  const told = promises.getByRole('listitem').filter({ hasText: '住户 王女士（电话）' });
  expect(await told.textContent()).toContain('告知：配件周一到');
});

test('dispatching by hand shows what everybody has on hand (T-04)', async () => {
  const org = await world.organisation();
  const worker = await org.as('ENGINEERING');
  const filed = await report(org.admin, org, { kind: 'REPAIR_UNIT', title: '插座没电', readBack: true });
  const ticket = await step(org.admin, filed, 'Confirm');
  const { staff } = await org.admin.query(`{ staff(id: "${worker.staffId}") { name } }`);
  const { page } = await desk(org.admin, ticket);
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('责任部门').click();
  await page.getByRole('option', { name: '工程部 · 在办 0' }).click();
  await dialog.getByLabel('处理人').click();
  await page.getByRole('option', { name: `${staff.name} · 在办 0` }).click();
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const { ticket: after } = await org.admin.query(
    `{ ticket(id: "${ticket.id}") { status department assignee { id } } }`,
  );
  expect(after).toEqual({
    status: 'DISPATCHED',
    department: 'ENGINEERING',
    assignee: { id: worker.staffId },
  });
});
