import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, startWorld, type World } from '../../../test/harness/world.ts';
import { connect, type LiveClient, type Results } from '../../../test/live/client.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const clerks = 200;
const lines = `subscription($after: String) { ticketChanged(after: $after) { cursor type ticket { id status promiseState nextDueAt title } } }`;

interface Line {
  type: string;
  ticket: { id: string; status: string; promiseState: string; nextDueAt: string | null; title: string };
}

/** The next changes of one desk, in the order of arrival. */
async function take(desk: Results, count: number): Promise<Line[]> {
  const taken: Line[] = [];
  while (taken.length < count) taken.push((await desk.next(30_000)).ticketChanged);
  return taken;
}

test('two hundred desks each get every change of a ticket with its countdown, once and in order (T-16)', {
  timeout: 120_000,
}, async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  // As at work: several people, each at more than one desk.
  const [clerk, colleague] = [await org.as('FRONT_DESK'), await org.as('MANAGER')];
  const others: Client[] = await Promise.all(Array.from({ length: 18 }, () => org.as('FRONT_DESK')));
  const people = [clerk, colleague, ...others];
  const { eventCursor: after } = await org.admin.query('{ eventCursor }');
  const sockets: LiveClient[] = Array.from({ length: clerks }, (_, index) =>
    connect(world.app.url, { headers: people[index % people.length]?.headers ?? {} }),
  );
  try {
    const desks = sockets.map((socket) => socket.open(lines, { after }));
    const input = { unit: unit.id, kind: 'REPAIR_UNIT', title: '停电', reporterName: '住户', readBack: true };
    const { ticket } = await org.admin.mutate('ticketCreate', input, 'ticket { id version nextDueAt }');
    const { ticket: confirmed } = await clerk.mutate(
      'ticketConfirm',
      { id: ticket.id, version: ticket.version },
      'ticket { version nextDueAt }',
    );
    await colleague.mutate(
      'ticketDispatch',
      { id: ticket.id, version: confirmed.version, department: 'ENGINEERING' },
      'ticket { id }',
    );
    const seen = await Promise.all(desks.map((desk) => take(desk, 3)));
    const [first = []] = seen;
    expect(first.map(({ type }) => type)).toEqual(['ticket.created', 'ticket.confirm', 'ticket.dispatch']);
    expect(first.at(-1)?.ticket).toMatchObject({
      id: ticket.id,
      status: 'DISPATCHED',
      promiseState: 'ON_TRACK',
    });
    expect(Date.parse(first[0]?.ticket.nextDueAt ?? '')).toBeGreaterThan(Date.now());
    for (const desk of seen) {
      expect(desk.map(({ type }) => type)).toEqual(first.map(({ type }) => type));
      expect(desk.at(-1)).toEqual(first.at(-1));
    }
    expect(await desks[clerks - 1]?.quiet(300)).toBe(true);
  } finally {
    await Promise.all(sockets.map((socket) => socket.close()));
  }
});
