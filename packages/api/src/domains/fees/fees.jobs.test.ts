import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { issuedFee, pay } from '../../../test/fees/story.ts';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';

const clock = new TestClock('2026-02-01T10:00:00+08:00');
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());
beforeEach(() => clock.set('2026-02-01T10:00:00+08:00'));

const run = () => world.runJob('fee.dun');

/** The dunning of a fee as its history tells it, and its step now. */
async function dunning(org: TestOrganisation, { id }: { id: string }) {
  const { fee } = await org.admin.query(
    `query($id: ID!) { fee(id: $id) { version dunningStep history(first: 20) { nodes { type reason changes { to } } } } }`,
    { id },
  );
  const told = fee.history.nodes
    .filter(({ type }: { type: string }) => type === 'fee.dun')
    .map(({ changes }: { changes: { to: string }[] }) => changes[0]?.to);
  return { version: fee.version, step: fee.dunningStep, told };
}

test("an unpaid fee goes through the steps of its age, by the community's day, each recorded once (F-07)", async () => {
  const org = await world.organisation();
  const fee = await issuedFee(org.admin, await org.unit(), { dueOn: '2026-02-10' });
  clock.set('2026-02-10T23:59:59+08:00');
  await run();
  expect(await dunning(org, fee)).toMatchObject({ step: 'NONE', told: [] });
  const days = [
    ['2026-02-11T00:00:00+08:00', 'REMINDER'],
    ['2026-02-25T00:00:00+08:00', 'NOTICE'],
    ['2026-03-12T00:00:00+08:00', 'CALL'],
    ['2026-04-11T00:00:00+08:00', 'VISIT'],
    ['2026-05-11T00:00:00+08:00', 'LETTER'],
  ] as const;
  for (const [day, step] of days) {
    clock.set(day);
    await Promise.all([run(), run()]);
    expect((await dunning(org, fee)).step).toBe(step);
  }
  expect(await dunning(org, fee)).toMatchObject({
    version: fee.version,
    told: ['LETTER', 'VISIT', 'CALL', 'NOTICE', 'REMINDER'],
  });
});

test('an old debt is taken at the step of its age, and what is paid is not chased (F-07)', async () => {
  const org = await world.organisation();
  const [unit, payer] = [await org.unit(), await org.unit()];
  const [old, paid] = [await issuedFee(org.admin, unit), await issuedFee(org.admin, payer)];
  await pay(org.admin, payer, 10_000);
  clock.set('2026-03-05T10:00:00+08:00');
  await run();
  expect(await dunning(org, old)).toMatchObject({ step: 'CALL', told: ['CALL'] });
  expect(await dunning(org, paid)).toMatchObject({ step: 'NONE', told: [] });
});

test('a batch of thousands is dunned completely, each fee once (F-07)', async () => {
  const org = await world.organisation();
  const fee = await issuedFee(org.admin, await org.unit(), { dueOn: '2026-02-10' });
  // Without their entries in the ledger, which would take a minute.
  await world.app.db.owner.query(
    `begin; set local session_replication_role = replica;
     insert into fee (organisation_id, id, version, created_at, updated_at, number, community_id, building_id, unit_id, kind, status, due_on, amount)
     select organisation_id, uuidv7(), 1, created_at, updated_at, number || '-' || n, community_id, building_id, unit_id, kind, status, due_on, amount
     from fee, generate_series(1, 1200) n where id = '${world.app.uuidOf(fee.id)}';
     commit`,
  );
  clock.set('2026-02-12T10:00:00+08:00');
  await Promise.all([run(), run()]);
  const { rows } = await world.app.db.owner.query(
    `select count(*)::int as events, count(distinct subject_id)::int as fees from event where organisation_id = $1 and type = 'fee.dun'`,
    [org.uuid],
  );
  expect(rows).toEqual([{ events: 1201, fees: 1201 }]);
});
