import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approvedStandard,
  audit,
  flats,
  issuedFee,
  pay,
  type Ref,
  runFields,
} from '../../../test/fees/story.ts';
import { startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('lists of fees are filtered by status, kind, unit and due date', async () => {
  const org = await world.organisation();
  const { units } = await flats(org, 2);
  const [one, two] = units as unknown as [Ref, Ref];
  await issuedFee(org.admin, one, { dueOn: '2026-01-31' });
  await issuedFee(org.admin, one, { dueOn: '2099-01-31' });
  await issuedFee(org.admin, two, { dueOn: '2026-02-28', kind: 'PENALTY' });
  await pay(org.admin, two, 10_000);
  const count = async (filter: object) =>
    (await org.admin.query('query($filter: FeeFilter) { fees(filter: $filter) { totalCount } }', { filter }))
      .fees.totalCount;
  expect(await count({ status: { eq: 'ISSUED' }, dueOn: { lt: '2026-11-22' } })).toBe(1);
  expect(await count({ unit: { eq: one.id } })).toBe(2);
  expect(await count({ kind: { in: ['PENALTY'] } })).toBe(1);
  expect(await count({ search: 'fy-' })).toBe(3);
  const { units: listed } = await org.admin.query(
    '{ units(orderBy: { field: CREATED_AT, direction: ASC }) { nodes { balance arrears fees { totalCount } payments { totalCount } } } }',
  );
  expect(listed.nodes).toEqual([
    { balance: 20_000, arrears: 10_000, fees: { totalCount: 2 }, payments: { totalCount: 0 } },
    { balance: 0, arrears: 0, fees: { totalCount: 1 }, payments: { totalCount: 1 } },
  ]);
});

test('the statements of a list do not grow with its rows', async () => {
  const org = await world.organisation();
  const { units } = await flats(org, 12);
  for (const unit of units) await issuedFee(org.admin, unit);
  for (const unit of units) await pay(org.admin, unit, 4_000);
  const cost = async (first: number) => {
    const before = world.app.db.statements();
    await org.admin.query(
      `{ fees(first: ${first}) { nodes { number paid outstanding held explanation unit { fullName balance arrears prepaid } standard { name } allocations { nodes { amount payment { number } } } } } payments(first: ${first}) { nodes { refunded allocations { totalCount } } } }`,
    );
    return world.app.db.statements() - before;
  };
  const few = await cost(1);
  expect(await cost(12)).toBe(few);
});

test('5,000 units are billed and charged in seconds, also on tables without statistics', async () => {
  const org = await world.organisation();
  const { id, community } = await org.building();
  await world.app.db.owner.query(
    `insert into unit (organisation_id, id, version, created_at, updated_at, community_id, building_id, number, full_name, kind, status, area)
     select $1, uuidv7(), 1, now(), now(), $2, $3, n, n, 'RESIDENCE', 'OCCUPIED', 50 + n * 0.01 from generate_series(1, 5000) n`,
    [org.uuid, world.app.uuidOf(community.id), world.app.uuidOf(id)],
  );
  const standard = await approvedStandard(org, community.id);
  const input = {
    community: community.id,
    standard: standard.id,
    periodFrom: '2026-03-01',
    periodTo: '2026-03-31',
  };
  const { feeRun } = await org.admin.mutate('feeRun', input, runFields);
  const total = Array.from({ length: 5000 }, (_, n) =>
    Math.floor((500_000 + 100 * (n + 1)) / 40 + 0.5),
  ).reduce((sum, one) => sum + one, 0);
  expect(feeRun).toMatchObject({ created: 5000, total });
  const issued = await org.admin.mutate('feeRunIssue', { id: feeRun.id, version: 1 }, runFields);
  expect(issued.feeRun.status).toBe('ISSUED');
  await audit(world, org);
});
