import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ask, open, sit, withBrowser } from './desk.ts';

withBrowser();

const folder = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const names = ['home', 'tickets', 'unit'] as const;
const wanted = (name: string) =>
  Boolean(process.env.UPDATE_SCREENSHOTS) || !existsSync(`${folder}${name}.png`);

test('the pictures of the README are there: home, tickets, and everything that hangs on a unit', async () => {
  if (names.some(wanted)) {
    const { fees } = await ask(
      'MANAGER',
      '{ fees(first: 1, filter: { status: { eq: ISSUED } }, orderBy: { field: NUMBER, direction: ASC }) { nodes { unit { id } } } }',
    );
    const addresses = { home: '/', tickets: '/tickets', unit: `/units/${fees.nodes[0].unit.id}/show` };
    const page = await sit('MANAGER');
    await mkdir(folder, { recursive: true });
    for (const name of names.filter(wanted)) {
      await open(page, addresses[name]);
      await page.getByText('实时').waitFor();
      await page.waitForFunction(() => !document.querySelector('[role=progressbar], .MuiSkeleton-root'));
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${folder}${name}.png` });
    }
  }
  expect(names.filter((name) => !existsSync(`${folder}${name}.png`))).toEqual([]);
});
