import { expect, test } from 'vitest';
import { fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

test('two people at one ticket see each other, who edits stands out, and who leaves is gone', {
  timeout: 120_000,
}, async () => {
  const ticket = await fileTicket('水管爆裂');
  const patience = { timeout: 30_000 };
  const [clerk, manager] = [await sit('FRONT_DESK'), await sit('MANAGER', { locale: 'en' })];
  await open(clerk, `/tickets/${ticket.id}/show`);
  const colleagues = clerk.getByLabel('同时打开此记录的同事');
  await open(manager, `/tickets/${ticket.id}/show`);
  await colleagues.getByText(/正在查看$/).waitFor(patience);
  await manager
    .getByLabel('Colleagues at this record')
    .getByText(/Viewing$/)
    .waitFor(patience);

  await open(manager, `/tickets/${ticket.id}`);
  await colleagues.getByText(/正在编辑$/).waitFor(patience);
  expect(await colleagues.getByText(/正在/).count()).toBe(1);

  await open(manager, '/tickets');
  await expect.poll(() => colleagues.getByText(/正在/).count(), patience).toBe(0);

  await open(manager, `/tickets/${ticket.id}/show`);
  await colleagues.getByText(/正在查看$/).waitFor(patience);
  await manager.close();
  await expect.poll(() => colleagues.getByText(/正在/).count(), patience).toBe(0);
});
