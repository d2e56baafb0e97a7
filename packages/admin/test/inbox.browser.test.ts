import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../api/test/harness/world.ts';
import { open, sit, withBrowser } from './desk.ts';

withBrowser();

let world: World;
beforeAll(async () => {
  world = await startWorld({ CONSOLE_DIR: fileURLToPath(new URL('../dist', import.meta.url)) });
});
afterAll(() => world.close());

const bell = (page: Page, name: RegExp | string) => page.getByRole('button', { name });

/** Tells somebody of the staff about a ticket, as an escalation does. */
async function tellAbout(org: TestOrganisation, staff: string, ticket: string, title: string): Promise<void> {
  const { rows } = await world.app.db.owner.query(
    'select community_id, building_id from ticket where id = $1',
    [world.app.uuidOf(ticket)],
  );
  const [place] = rows;
  await world.app.db.owner.query(
    `insert into notification (organisation_id, id, version, created_at, updated_at, community_id, building_id, recipient_id, kind, title, about, due_at, subject, subject_key, key)
     values ($1, uuidv7(), 1, now(), now(), $2, $3, $4, 'PROMISE_BROKEN', $5, 'ARRIVAL', now(), $6, $7, gen_random_uuid()::text)`,
    [org.uuid, place.community_id, place.building_id, staff, title, ticket, world.app.uuidOf(ticket)],
  );
}

test('the bell counts what one was told and has not seen, opens the ticket by keys, and follows live (T-16)', {
  timeout: 120_000,
}, async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const clerk = await org.as('FRONT_DESK');
  const input = {
    unit: unit.id,
    kind: 'REPAIR_UNIT',
    title: '电梯困人',
    reporterName: '住户',
    readBack: true,
  };
  const { ticket } = await org.admin.mutate('ticketCreate', input, 'ticket { id number version }');
  await tellAbout(org, clerk.actorId, ticket.id, `${ticket.number} 电梯困人`);
  await tellAbout(org, clerk.actorId, ticket.id, `${ticket.number} 电梯还困着人`);
  await tellAbout(org, org.admin.actorId, ticket.id, '别人的提醒');
  const page = await sit(null, { at: { url: world.app.url, cookie: clerk.headers.cookie ?? '' } });
  await open(page);
  await bell(page, '2 条未读提醒').waitFor();

  await bell(page, '2 条未读提醒').focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('menu').last();
  await menu.getByRole('menuitem').filter({ hasText: '电梯还困着人' }).waitFor();
  expect(await menu.getByText('别人的提醒').count()).toBe(0);
  await menu
    .getByText(/承诺已超时 · 到场/)
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '电梯困人' }).waitFor();
  await bell(page, '1 条未读提醒').waitFor();

  // Seen elsewhere, it leaves this desk too.
  const { notifications } = await clerk.query(
    `{ notifications(first: 5, filter: { recipient: { eq: "${clerk.staffId}" }, seenAt: { isNull: true } }) { nodes { id version } } }`,
  );
  const [{ id, version }] = notifications.nodes;
  await page.getByText('实时').waitFor();
  await clerk.mutate('notificationSee', { id, version }, 'notification { id }');
  await bell(page, '没有未读提醒').waitFor({ timeout: 20_000 });
});

test('what lies in the inbox is marked as seen at once, and the whole list is one line away', async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const clerk = await org.as('FRONT_DESK');
  const input = { unit: unit.id, kind: 'REPAIR_UNIT', title: '漏水', reporterName: '住户', readBack: true };
  const { ticket } = await org.admin.mutate('ticketCreate', input, 'ticket { id }');
  for (const title of ['一号', '二号', '三号']) await tellAbout(org, clerk.actorId, ticket.id, title);
  const page = await sit(null, { at: { url: world.app.url, cookie: clerk.headers.cookie ?? '' } });
  await open(page);
  await bell(page, '3 条未读提醒').click();
  await page.getByRole('menuitem', { name: '将以上标为已读' }).click();
  await bell(page, '没有未读提醒').waitFor();
  const unseen = () =>
    clerk.query('{ notifications(first: 5, filter: { seenAt: { isNull: true } }) { totalCount } }');
  await expect.poll(async () => (await unseen()).notifications.totalCount).toBe(0);
  await bell(page, '没有未读提醒').click();
  await page.getByRole('menuitem', { name: '查看全部提醒' }).click();
  await expect.poll(() => page.getByRole('table').getByRole('link', { name: /号$/ }).count()).toBe(3);
});
