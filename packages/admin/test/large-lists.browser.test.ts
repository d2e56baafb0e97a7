import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../api/test/harness/world.ts';
import { open, sit, withBrowser } from './desk.ts';

withBrowser();

let world: World;
let seat: { at: { url: string; cookie: string } };

beforeAll(async () => {
  world = await startWorld({ CONSOLE_DIR: fileURLToPath(new URL('../dist', import.meta.url)) });
  const organisation = await world.organisation();
  const { building, community } = await organisation.unit();
  await world.app.db.owner.query(
    `insert into unit (organisation_id, id, version, created_at, updated_at, community_id, building_id, number, full_name, floor, kind, status, area, under_renovation)
     select $1, uuidv7(), 1, now(), now(), $2, $3, 'N' || lpad(i::text, 5, '0'), 'N' || lpad(i::text, 5, '0'), i % 30, 'RESIDENCE', 'VACANT', 88.00, false
     from generate_series(1, 10000) i`,
    [organisation.uuid, world.app.uuidOf(community.id), world.app.uuidOf(building.id)],
  );
  seat = { at: { url: world.app.url, cookie: organisation.admin.headers.cookie ?? '' } };
});
afterAll(() => world.close());

test('a list of more than 10,000 rows says how many, pages forward and back, and shows its first page at once', async () => {
  const page = await sit(null, seat);
  await open(page);
  await page.getByRole('menuitem', { name: '房屋' }).waitFor();
  const begun = performance.now();
  await page.getByRole('menuitem', { name: '房屋' }).click();
  await page.getByRole('table').getByRole('link').first().waitFor();
  console.info(`first list of 10,001 rows: ${Math.round(performance.now() - begun)} ms`);
  await page.getByText('共 10,000+ 条').waitFor();
  await page.getByRole('button', { name: '下一页' }).click();
  await page.getByText(/第 26–50 条/).waitFor();
  await page.getByRole('button', { name: '上一页' }).click();
  await page.getByText(/第 1–25 条/).waitFor();
  expect(await page.getByRole('table').getByRole('row').count()).toBe(26);
});
