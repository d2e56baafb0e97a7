import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  // A Wednesday at ten in the morning, in China.
  world = await startWorld();
});
afterAll(() => world.close());

const fields = `id version number status promiseState nextDueAt policy { id dispatchMinutes }
  clocks { kind status round rule unit amount startedAt dueAt firstDueAt warnAt metAt breachedAt pausedAt provisional postponed }
  promiseChanges { kind change fromDueAt toDueAt consentBy consentWay told approved actorName }
  escalations { nodes { kind about link recipient { id } dueAt title } }`;

async function report(by: Client, org: TestOrganisation, input: object) {
  const unit = await org.unit();
  const payload = await by.mutate(
    'ticketCreate',
    { unit: unit.id, title: '漏水', ...input },
    `ticket { ${fields} }`,
  );
  expect(payload.userErrors).toEqual([]);
  return payload.ticket;
}

const wednesday = '2026-03-11T02:00:00.000Z';

test('an in-unit repair is promised a dispatch in 30 minutes, somebody at the door in 15, and its end in two working days (T-04, T-08)', async () => {
  world.clock.set(wednesday);
  const org = await world.organisation();
  const ticket = await report(org.admin, org, { kind: 'REPAIR_UNIT' });
  expect(ticket.promiseState).toBe('ON_TRACK');
  expect(ticket.nextDueAt).toBe('2026-03-11T02:15:00.000Z');
  const due = Object.fromEntries(
    ticket.clocks.map((c: { kind: string; dueAt: string }) => [c.kind, c.dueAt]),
  );
  expect(due).toEqual({
    ARRIVAL: '2026-03-11T02:15:00.000Z',
    DISPATCH: '2026-03-11T02:30:00.000Z',
    SETTLE: '2026-03-13T02:00:00.000Z',
  });
});
