import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask, fileTicket, open, sit, withBrowser } from './desk.ts';

withBrowser();

interface Wire {
  /** Cuts the connection, and every new one, until `mend`. */
  cut(): Promise<void>;
  mend(): void;
  /** `after` of each subscription, in order; a rewritten one as the console sent it. */
  cursors: (string | null)[];
  /** Sent instead of the next cursor. */
  instead: string | undefined;
}

/** Sits between the console's socket and the server. */
async function tap(page: Page): Promise<Wire> {
  let broken = false;
  let current: WebSocketRoute | undefined;
  const wire: Wire = {
    cursors: [],
    instead: undefined,
    cut: async () => {
      broken = true;
      await current?.close({ code: 1012 });
    },
    mend: () => {
      broken = false;
    },
  };
  page.setDefaultTimeout(30_000); // the console waits up to 15 s before it tries again
  await page.routeWebSocket('**/graphql', (route) => {
    if (broken) {
      void route.close({ code: 1013 });
      return;
    }
    current = route;
    const server = route.connectToServer();
    route.onMessage((message) => {
      const sent = JSON.parse(String(message));
      if (!sent.payload?.query?.startsWith('subscription live')) return server.send(message);
      const { variables } = sent.payload;
      wire.cursors.push(variables.after);
      if (wire.instead) variables.after = wire.instead;
      wire.instead = undefined;
      server.send(JSON.stringify(sent));
    });
  });
  return wire;
}

async function ticketsAt(page: Page): Promise<void> {
  await open(page, '/ticket-table');
  await page.getByRole('table').waitFor();
  await page.getByText('实时').waitFor();
}

test('a lost connection comes back by itself behind its last event, and what was missed appears', async () => {
  const page = await sit('FRONT_DESK');
  const wire = await tap(page);
  await ticketsAt(page);
  const { number: before } = await fileTicket('断线之前');
  await page.getByRole('link', { name: before }).waitFor();
  const { eventCursor } = await ask('FRONT_DESK', '{ eventCursor }');
  await wire.cut();
  await page.getByText('离线').waitFor();
  const { number: missed } = await fileTicket('断线期间');
  expect(await page.getByRole('link', { name: missed }).count()).toBe(0);
  wire.mend();
  await page.getByRole('link', { name: missed }).waitFor();
  await page.getByText('实时').waitFor();
  expect(wire.cursors).toHaveLength(2);
  expect(wire.cursors[1]).not.toBe(wire.cursors[0]);
  expect(numberOf(wire.cursors[1])).toBeLessThanOrEqual(numberOf(eventCursor));
  const { number: after } = await fileTicket('恢复以后');
  await page.getByRole('link', { name: after }).waitFor();
}, 120_000);

test('when its place is past retention (RESYNC) everything is read anew, and it goes on from there', async () => {
  const page = await sit('FRONT_DESK');
  const wire = await tap(page);
  await ticketsAt(page);
  await wire.cut();
  await page.getByText('离线').waitFor();
  const { number: missed } = await fileTicket('过期期间');
  wire.instead = Buffer.from('1.1.1').toString('base64url'); // an event that is long gone
  wire.mend();
  await page.getByRole('link', { name: missed }).waitFor();
  await page.getByText('实时').waitFor();
  await expect.poll(() => wire.cursors.length, { timeout: 30_000 }).toBe(3);
  expect(numberOf(wire.cursors[2])).toBeGreaterThan(numberOf(wire.cursors[1]));
  const { number: after } = await fileTicket('重新同步以后');
  await page.getByRole('link', { name: after }).waitFor();
}, 120_000);

/** The number of the event that a cursor names. */
const numberOf = (cursor: string | null | undefined): number =>
  Number(
    Buffer.from(cursor ?? '', 'base64url')
      .toString('latin1')
      .split('.')[1],
  );
