import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, refusal, staffed } from './life.seed.ts';
import { move, ticket, walk } from './tickets.seed.ts';

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

test('a paid service without a time is no order: neither is its price offered nor does anybody go (T-15)', async () => {
  const { org, clerk, plumber } = await staffed(await world.organisation());
  const at = await walk(await ticket(org, clerk, { kind: 'REPAIR_UNIT' }), [
    [clerk, 'confirm'],
    [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
    [plumber, 'accept'],
  ]);
  const offer = { ticket: at.id, content: '更换龙头一个', price: 12_000 };
  const now = () => look(clerk, at.id, 'id version number status appointmentAt');
  // Agreed as a repair, which needs no time; as a paid service it does.
  const quote = await done(plumber, 'ticketQuoteCreate', offer, 'ticketQuote { id version }');
  const yes = { id: quote.id, version: quote.version, words: '同意' };
  await done(plumber, 'ticketQuoteAccept', yes, 'ticketQuote { id }');
  const { version } = await now();
  await done(clerk, 'ticketUpdate', { id: at.id, version, kind: 'PAID_SERVICE' }, 'ticket { id }');
  expect((await move(plumber, await now(), 'arrive')).userErrors).toMatchObject([
    { code: 'TIME_REQUIRED', rule: 'T-15', message: '特约服务须先与住户约定上门时间。' },
  ]);
  expect(await refusal(plumber, 'ticketQuoteCreate', offer, 'ticketQuote { id }')).toBe('TIME_REQUIRED T-15');
  // An appointment that stands is the time of the order; somebody who is there needs none.
  const appointmentAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString();
  await done(clerk, 'ticketAppoint', { id: at.id, version: version + 1, appointmentAt }, 'ticket { id }');
  const timed = await done(plumber, 'ticketQuoteCreate', offer, 'ticketQuote { id version visitAt }');
  expect(timed.visitAt).toBe(appointmentAt);
  await done(
    plumber,
    'ticketQuoteAccept',
    { ...yes, id: timed.id, version: timed.version },
    'ticketQuote { id }',
  );
  expect((await move(plumber, await now(), 'arrive')).ticket.status).toBe('ON_SITE');
  const more = { ...offer, content: '另换软管', price: 15_000 };
  const there = await done(plumber, 'ticketQuoteCreate', more, 'ticketQuote { visitAt }');
  expect(there.visitAt).toBeNull();
});
