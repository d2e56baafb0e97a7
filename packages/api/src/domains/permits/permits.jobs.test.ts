import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { apply, crew, did, monday, TickingClock, walkTo, works } from './permits.seed.ts';

const clock = new TickingClock(monday);
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());

const fields =
  'query($id: ID!) { renovationPermit(id: $id) { version expired expiredAt history(first: 5) { nodes { type actor { kind } } } } }';

test("a permit expires by itself after its last day in the community's time zone, once, and not again until after an extension (R-05)", async () => {
  const org = await world.organisation();
  const people = await crew(org);
  const permit = await walkTo(people, await apply(org), 'ISSUED');
  const read = async () => (await org.admin.query(fields, { id: permit.id })).renovationPermit;
  const expiries = async () =>
    (await read()).history.nodes.filter(({ type }: { type: string }) => type === 'renovationPermit.expire')
      .length;

  clock.set(`${works.endsOn}T23:59:50+08:00`);
  expect(await world.runJob('renovationPermit.expire')).toBe(0);
  clock.travel(11_000);
  const effects = await Promise.all([1, 2, 3].map(() => world.runJob('renovationPermit.expire')));
  expect(effects.reduce((sum, count) => sum + count)).toBe(1);
  const expired = await read();
  expect(expired).toMatchObject({ version: permit.version, expired: true });
  expect(expired.expiredAt).toMatch(/^2026-04-30T16:00:0/);
  expect(expired.history.nodes[0]).toEqual({ type: 'renovationPermit.expire', actor: { kind: 'SYSTEM' } });
  expect(await expiries()).toBe(1);

  await did(people.manager, 'Extend', permit, { endsOn: '2026-05-31', reason: '材料晚到' });
  expect(await read()).toMatchObject({ expired: false, expiredAt: null });
  expect(await world.runJob('renovationPermit.expire')).toBe(0);
  clock.set('2026-06-01T00:00:01+08:00');
  expect(await world.runJob('renovationPermit.expire')).toBe(1);
  expect(await expiries()).toBe(2);
});

test('a permit whose works are inspected in time does not expire (R-05)', async () => {
  clock.set(monday);
  const org = await world.organisation();
  await walkTo(await crew(org), await apply(org), 'INSPECTING');
  clock.set('2026-05-02T00:00:00+08:00');
  expect(await world.runJob('renovationPermit.expire')).toBe(0);
});
