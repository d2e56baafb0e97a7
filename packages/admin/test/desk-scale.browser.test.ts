import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { another } from '../../api/test/harness/another.ts';
import { startWorld, type TestOrganisation, type World } from '../../api/test/harness/world.ts';
import { open, sit, withBrowser } from './desk.ts';

withBrowser();

const served = { CONSOLE_DIR: fileURLToPath(new URL('../dist', import.meta.url)) };
const patience = { timeout: 30_000 };
let world: World;
beforeAll(async () => {
  world = await startWorld(served);
});
afterAll(() => world.close());

const frame = (page: Page) => page.getByRole('listbox', { name: '工单列表' });
const lines = (page: Page) => frame(page).getByRole('option');
const seatOf = (client: { headers: Record<string, string> }, url = world.app.url) => ({
  at: { url, cookie: client.headers.cookie ?? '' },
});

async function file(org: TestOrganisation, unit: string, title: string) {
  const input = { unit, kind: 'REPAIR_UNIT', title, reporterName: '住户', readBack: true };
  const { ticket, userErrors } = await org.admin.mutate(
    'ticketCreate',
    input,
    'ticket { id version number }',
  );
  expect(userErrors).toEqual([]);
  return ticket as { id: string; version: number; number: string };
}

/** Ten thousand open tickets that are copies of one, each a second older, every one with a promise that runs for less than an hour. */
async function manyTickets(org: TestOrganisation): Promise<void> {
  const unit = await org.unit();
  const { id } = await file(org, unit.id, '样本');
  const { owner } = world.app.db;
  const { rows } = await owner.query(
    `select column_name from information_schema.columns where table_name = 'ticket' and table_schema = current_schema() and is_generated = 'NEVER'
       and column_name not in ('id', 'number', 'title', 'received_at', 'next_due_at', 'external_key')`,
  );
  const same = rows.map(({ column_name }: { column_name: string }) => `"${column_name}"`).join(', ');
  await owner.query(
    `insert into ticket (id, number, title, received_at, next_due_at, ${same})
     select uuidv7(), 'WX-20000101-' || lpad(i::text, 5, '0'), '第 ' || i || ' 单', now() - i * interval '1 second', now() + interval '5 minutes' + i * interval '0.3 seconds', ${same}
     from ticket, generate_series(1, 10000) i where id = $1`,
    [world.app.uuidOf(id)],
  );
}

test('ten thousand tickets: few nodes in the page, smooth to the end, countdowns live all the way', {
  timeout: 180_000,
}, async () => {
  const org = await world.organisation();
  await manyTickets(org);
  const page = await sit(null, seatOf(org.admin));
  await open(page, '/tickets?order=new');
  await page
    .getByText(/10,?000/)
    .first()
    .waitFor(patience);
  await lines(page).first().waitFor();
  const nodes = () => page.evaluate(() => document.querySelectorAll('[role=option]').length);
  const longest = await page.evaluate(async () => {
    const list = document.querySelector('[role=listbox]') as HTMLElement;
    const gaps: number[] = [];
    let last = performance.now();
    // A wheel's worth per frame, for as long as pages keep coming.
    for (let turn = 0; turn < 400; turn += 1) {
      list.scrollTop += 300;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      gaps.push(now - last);
      last = now;
    }
    return gaps.sort((one, other) => other - one).slice(0, 5);
  });
  console.info(`longest frames while scrolling: ${longest.map(Math.round).join(', ')} ms`);
  expect(await nodes()).toBeLessThan(60);
  // Far down, too, the seconds go on.
  await expect.poll(() => lines(page).count(), patience).toBeGreaterThan(5);
  const shown = () => lines(page).nth(3).locator('[data-promise]').textContent();
  const before = await shown();
  await expect.poll(shown).not.toBe(before);
  // The keys walk on from where they are, and what they are at is in the page.
  await frame(page).focus();
  for (let step = 0; step < 60; step += 1) await page.keyboard.press('j');
  await expect.poll(nodes).toBeLessThan(60);
  expect(await frame(page).getAttribute('aria-activedescendant')).not.toBeNull();
});

test("six clerks at once see one clerk's act in their lists and at the open ticket, within seconds and without a reload", {
  timeout: 180_000,
}, async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const ticket = await file(org, unit.id, '大家都看着的一单');
  const clerks = await Promise.all(Array.from({ length: 6 }, () => org.as('FRONT_DESK')));
  const pages: Page[] = [];
  for (const [index, clerk] of clerks.entries()) {
    const page = await sit(null, seatOf(clerk));
    await open(page, index % 2 ? `/tickets?ticket=${ticket.id}` : '/tickets');
    pages.push(page);
  }
  for (const page of pages) {
    await lines(page).filter({ hasText: '大家都看着的一单' }).waitFor(patience);
    await page.getByText('实时').waitFor(patience);
  }
  const acting = pages[1] as Page;
  await acting.keyboard.press('c');
  await acting.getByRole('dialog').getByRole('button', { name: '复述确认' }).waitFor();
  const begun = performance.now();
  await acting.keyboard.press('Control+Enter');
  await Promise.all(
    pages.map((page) =>
      lines(page).filter({ hasText: '大家都看着的一单' }).getByText('已确认').waitFor(patience),
    ),
  );
  console.info(`six desks show it after ${Math.round(performance.now() - begun)} ms`);
  for (const page of pages.filter((_, index) => index % 2))
    await page
      .getByRole('region', { name: /^工单 WX/ })
      .getByText('已确认', { exact: true })
      .first()
      .waitFor(patience);
});

test('the server goes away while a clerk types and comes back: the message is clear, nothing is lost, one ticket is filed', {
  timeout: 180_000,
}, async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  await file(org, unit.id, '已有的一单');
  let server = await another(world, served);
  try {
    const page = await sit(null, seatOf(org.admin, server.url));
    await open(page, `/tickets/create?unit=${unit.id}`);
    await page.getByLabel('标题').fill('服务器重启前写的');
    await page.getByText('实时').waitFor(patience);
    await page.waitForLoadState('networkidle');
    const { port } = new URL(server.url);
    await server.close();
    await page.getByText('离线').waitFor(patience);
    await page.getByLabel('内容').fill('断线时继续写的内容');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('连接不上服务器').first().waitFor(patience);
    expect(await page.getByLabel('标题').inputValue()).toBe('服务器重启前写的');
    expect(await page.getByLabel('内容').inputValue()).toBe('断线时继续写的内容');
    server = await another(world, { ...served, PORT: port });
    await page.getByText('实时').waitFor(patience);
    expect(await page.getByLabel('内容').inputValue()).toBe('断线时继续写的内容');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('heading', { name: '服务器重启前写的' }).waitFor(patience);
    const { tickets } = await org.admin.query(
      '{ tickets(first: 5, filter: { search: "服务器重启前写的" }) { nodes { description } } }',
    );
    expect(tickets.nodes).toEqual([{ description: '断线时继续写的内容' }]);
  } finally {
    await server.close();
  }
});

test('what was never opened before opens also while the server is away', async () => {
  const org = await world.organisation();
  const server = await another(world, served);
  const page = await sit(null, seatOf(org.admin, server.url));
  try {
    await open(page, '/tickets');
    await page.getByText('实时').waitFor(patience);
    await page.waitForLoadState('networkidle');
  } finally {
    await server.close();
  }
  await page.getByText('离线').waitFor(patience);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '快捷键' }).waitFor(patience);
});

test('a part of the console that does not arrive is told, with the way out', async () => {
  const org = await world.organisation();
  const page = await sit(null, seatOf(org.admin));
  await page.route(/assets\/KeysHelp/, (route) => route.abort());
  await open(page, '/tickets');
  await lines(page).or(page.getByText('没有')).first().waitFor(patience);
  await page.keyboard.press('?');
  await page.getByRole('alert').filter({ hasText: '没有加载成功' }).waitFor(patience);
  await page.unroute(/assets\/KeysHelp/);
  await page.getByRole('button', { name: '重新加载页面' }).click();
  await page.getByRole('button', { name: '重新加载页面' }).waitFor({ ...patience, state: 'detached' });
});

test('very long names and texts stick out nowhere, at a desk and on a phone, and can be read whole', async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(5);
  const ticket = await file(org, unit.id, `${'长'.repeat(30)}${word}`.slice(0, 200));
  const change = {
    ...{ id: ticket.id, version: ticket.version, location: '位'.repeat(200) },
    description: `${'很长的内容'.repeat(300)}${'x'.repeat(900)}`,
  };
  await org.admin.mutate('ticketUpdate', change, 'ticket { id }');
  for (const width of [1440, 390]) {
    const page = await sit(null, { ...seatOf(org.admin), width, height: 844 });
    for (const path of ['/tickets?view=open', `/tickets?ticket=${ticket.id}`, `/tickets/${ticket.id}/show`]) {
      await open(page, path);
      await page.getByText('长长长').first().waitFor(patience);
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }
});
