import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { act, ask, open, sit, withBrowser } from './desk.ts';

withBrowser();

const flats = fileURLToPath(new URL('../../api/test/data/beijing-flats.csv', import.meta.url));

/** GBK bytes of a text, found by decoding every two-byte sequence once. */
function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const bytes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1)
      if (trail !== 0x7f) bytes.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
  return Buffer.from([...text].flatMap((letter) => bytes.get(letter) ?? [letter.charCodeAt(0)]));
}

/** A community of its own, and the wizard with it chosen. */
async function wizard(name: string): Promise<Page> {
  await act(
    'ADMINISTRATOR',
    'communityCreate',
    { code: `IMP${Date.now() % 100_000}`, name },
    'community { id }',
  );
  const page = await sit('ADMINISTRATOR');
  await open(page, '/import');
  await page.getByLabel('小区').click();
  await page.getByRole('option', { name }).click();
  return page;
}

const unitsOf = async (community: string) => {
  const { communities } = await ask('ADMINISTRATOR', '{ communities(first: 100) { nodes { id name } } }');
  const { id } = communities.nodes.find(({ name }: { name: string }) => name === community);
  const { units } = await ask(
    'ADMINISTRATOR',
    'query($id: ID!) { units(first: 3, filter: { community: { eq: $id } }) { totalCount nodes { fullName } } }',
    { id },
  );
  return units;
};

test('a foreign file of 3,000 flats is matched by itself, checked, and imported; bad rows are named with row and reason', async () => {
  const page = await wizard('导入样例小区');
  await page.locator('input[type=file]').setInputFiles(flats);
  await page.getByRole('button', { name: '上传' }).click();
  await page.getByText('文件预览').waitFor();
  await page.getByRole('button', { name: '核对并导入' }).click();
  await page.getByRole('button', { name: '先检查，不写入' }).click();
  await page.getByText('检查完成，尚未写入任何数据').waitFor({ timeout: 30_000 });
  expect((await unitsOf('导入样例小区')).totalCount).toBe(0);
  await page.getByRole('radio', { name: '跳过有错误的行，导入其余' }).click();
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.getByText('导入完成').waitFor({ timeout: 30_000 });
  const created = Number(
    (
      await page.locator('dt', { hasText: '新增' }).locator('xpath=following-sibling::dd').textContent()
    )?.replace(',', ''),
  );
  expect((await unitsOf('导入样例小区')).totalCount).toBe(created);
  expect(created).toBeGreaterThan(2500);
  await page.getByRole('link', { name: '查看房屋' }).click();
  await page.getByRole('table').getByRole('link').first().waitFor();
});

test('a GBK file from Excel is read as Chinese, and one bad row stops everything when so chosen', async () => {
  const page = await wizard('国标码小区');
  const rows = [
    '楼栋,房号,建筑面积,类型',
    '甲号楼,101,88.50,住宅',
    '甲号楼,102,不知道,住宅',
    '乙号楼,201,45.00,商铺',
  ];
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '房屋.csv', mimeType: 'text/csv', buffer: gbk(rows.join('\r\n')) });
  await page.getByRole('button', { name: '上传' }).click();
  await page.getByRole('cell', { name: '甲号楼' }).first().waitFor();
  await page.getByRole('button', { name: '核对并导入' }).click();
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.getByText('未导入任何数据').waitFor();
  await page.getByRole('row').filter({ hasText: '不知道' }).waitFor();
  expect((await unitsOf('国标码小区')).totalCount).toBe(0);
  await page.getByRole('radio', { name: '跳过有错误的行，导入其余' }).click();
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.getByText('导入完成').waitFor();
  expect((await unitsOf('国标码小区')).nodes).toEqual([
    { fullName: '乙号楼-201' },
    { fullName: '甲号楼-101' },
  ]);
});
