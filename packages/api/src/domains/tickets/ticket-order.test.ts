import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, refusal, staffed } from './life.seed.ts';
import { ticket, walk } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('an order names content, time and price; accepted, its time is the appointment that is promised (T-15, T-05)', async () => {
  const { org, clerk, plumber } = await staffed(await world.organisation());
  const at = await walk(await ticket(org, clerk, { kind: 'PAID_SERVICE', title: '换龙头' }), [
    [clerk, 'confirm'],
    [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
    [plumber, 'accept'],
  ]);
  const hence = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
  const offer = { ticket: at.id, content: '更换龙头一个', price: 12_000 };
  for (const visitAt of [hence(-1), hence(24 * 61)])
    expect(await refusal(plumber, 'ticketQuoteCreate', { ...offer, visitAt }, 'ticketQuote { id }')).toBe(
      'APPOINTMENT_PAST T-05',
    );
  const visitAt = hence(20);
  const made = { ...offer, visitAt };
  const quote = await done(plumber, 'ticketQuoteCreate', made, 'ticketQuote { id version visitAt }');
  expect(quote.visitAt).toBe(visitAt);
  const seen = 'appointmentAt price clocks { kind rule dueAt }';
  expect(await look(clerk, at.id, seen)).toMatchObject({ appointmentAt: null, price: 12_000 });
  await done(
    plumber,
    'ticketQuoteAccept',
    { id: quote.id, version: quote.version, words: '同意' },
    'ticketQuote { id }',
  );
  const { appointmentAt, clocks } = await look(clerk, at.id, seen);
  expect(appointmentAt).toBe(visitAt);
  expect(clocks).toContainEqual({ kind: 'ARRIVAL', rule: 'T-05', dueAt: visitAt });
});
