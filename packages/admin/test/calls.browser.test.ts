import { expect, test } from 'vitest';
import { act, ask, open, sit, withBrowser } from './desk.ts';

withBrowser();

/** A resident of the demo with a number that only they have, and the unit that they live in. */
async function caller() {
  const { units } = await ask(
    'FRONT_DESK',
    '{ units(first: 1, filter: { status: { eq: OCCUPIED } }) { nodes { id fullName community { id } } } }',
  );
  const [unit] = units.nodes;
  const phone = `139${String(Date.now()).slice(-8)}`;
  const name = '欧阳娜娜';
  const { resident } = await act(
    'FRONT_DESK',
    'residentCreate',
    { community: unit.community.id, name, phone, specialCare: true },
    'resident { id }',
  );
  await act(
    'FRONT_DESK',
    'residencyCreate',
    { unit: unit.id, resident: resident.id, relation: 'FAMILY' },
    'residency { id }',
  );
  return { unit, phone, name, community: unit.community.id };
}

test('a ringing telephone shows who calls without taking the focus; F2 opens the ticket with the caller (U-6)', async () => {
  const { unit, phone, name, community } = await caller();
  const page = await sit('FRONT_DESK');
  page.setDefaultTimeout(25_000); // the first page of a run loads its parts
  await open(page, '/residents');
  const search = page.getByLabel('搜索');
  await search.fill('正在输入');
  // The list has taken what was typed: it answers some moments later, and would lead back to itself.
  await page.getByText('没有符合条件的住户').waitFor();
  await act(
    'FRONT_DESK',
    'callRecordRing',
    { community, exchangeId: `browser-${phone}`, phone },
    'callRecord { id }',
  );
  const popup = page.getByRole('region', { name: /来电/ });
  await popup.waitFor({ timeout: 20_000 });
  expect(await popup.getByRole('status').textContent()).toContain(name);
  expect(await popup.textContent()).toContain(unit.fullName);
  expect(await popup.textContent()).toContain('特殊用户');
  expect(await popup.textContent()).toContain('只可告知房号');
  expect(await search.evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.press('F2');
  await page.waitForURL(/call=call_/);
  await page.getByRole('region', { name: unit.fullName }).first().waitFor();
  await expect
    .poll(
      async () =>
        (await ask('FRONT_DESK', '{ callRecords(first: 1) { nodes { status staff { id } } } }')).callRecords
          .nodes[0].status,
    )
    .toBe('ANSWERED');
});

test('a caller from outside is written down as such and told a room number, and nothing else (U-4)', async () => {
  const { unit, phone, name, community } = await caller();
  const page = await sit('FRONT_DESK');
  page.setDefaultTimeout(25_000);
  await open(page, '/residents');
  const call = { community, exchangeId: `browser-${phone}` };
  await act('FRONT_DESK', 'callRecordRing', { ...call, phone }, 'callRecord { id }');
  const popup = page.getByRole('region', { name: new RegExp(phone.slice(-4)) });
  await popup.getByRole('button', { name: '外来人员' }).click();
  await page.waitForURL(/callRecords\/call_.*\/show/);
  await page.getByRole('button', { name: '告知房号' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('所问姓名').fill(name);
  await dialog.getByLabel('所问姓名').press('Control+Enter');
  await dialog.getByText('只可告知房号，其他信息一律保密').waitFor();
  expect(await dialog.getByLabel('房号').first().inputValue()).toBe(unit.fullName);
  const found = '{ callRecords(first: 1) { nodes { outsider resident { id } candidates { id } } } }';
  expect((await ask('FRONT_DESK', found)).callRecords.nodes).toEqual([
    { outsider: true, resident: null, candidates: [] },
  ]);
  await act('FRONT_DESK', 'callRecordEnd', call, 'callRecord { id }');
});
