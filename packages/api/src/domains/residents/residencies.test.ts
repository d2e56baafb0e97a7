import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { businessDate, systemClock, TestClock } from '../../platform/clock.ts';
import { newUuid } from '../../platform/ids.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const fields = 'residency { id version relation share startsOn endsOn current }';

async function place(org: TestOrganisation) {
  const unit = await org.unit();
  const resident = async (name = '甲') =>
    (await org.admin.mutate('residentCreate', { community: unit.community.id, name }, 'resident { id }'))
      .resident.id as string;
  const tie = async (input: object) =>
    org.admin.mutate(
      'residencyCreate',
      { unit: unit.id, relation: 'OWNER', startsOn: '2026-01-01', resident: await resident(), ...input },
      fields,
    );
  return { unit, resident, tie };
}

describe('ownership of a unit', () => {
  test('reaches 100 % and not a hundredth more', async () => {
    const { tie } = await place(await world.organisation());
    expect((await tie({ share: '33.33' })).residency).toMatchObject({ share: '33.33' });
    expect((await tie({ share: '66.66' })).userErrors).toEqual([]);
    const refused = await tie({ share: '0.02' });
    expect(refused).toMatchObject({
      residency: null,
      userErrors: [{ code: 'OWNERSHIP_ABOVE_100', field: ['share'], rule: 'U-2' }],
    });
    expect(refused.userErrors[0].message).toContain('已有 99.99%');
    expect((await tie({ share: '0.01' })).userErrors).toEqual([]);
  });

  test('passes from one owner to the next from one day to the next', async () => {
    const { tie } = await place(await world.organisation());
    await tie({ share: '100', endsOn: '2026-06-30' });
    expect((await tie({ share: '100', startsOn: '2026-06-30' })).userErrors).toMatchObject([
      { code: 'OWNERSHIP_ABOVE_100' },
    ]);
    expect((await tie({ share: '100', startsOn: '2026-07-01' })).userErrors).toEqual([]);
  });

  test('is guarded when a share grows, a period widens or an end moves', async () => {
    const org = await world.organisation();
    const { tie } = await place(org);
    const first = (await tie({ share: '60', endsOn: '2026-06-30' })).residency;
    const second = (await tie({ share: '60', startsOn: '2026-07-01' })).residency;
    const refused = { userErrors: [{ code: 'OWNERSHIP_ABOVE_100' }] };
    const update = (input: object) => org.admin.mutate('residencyUpdate', input, fields);
    expect(await update({ id: first.id, version: 1, endsOn: '2026-07-01' })).toMatchObject(refused);
    expect(await update({ id: second.id, version: 1, startsOn: '2026-06-30' })).toMatchObject(refused);
    expect(await update({ id: second.id, version: 1, share: '100' })).toMatchObject({
      userErrors: [],
      residency: { share: '100.00', version: 2 },
    });
    await tie({ share: '40', startsOn: '2026-01-01', endsOn: '2026-06-30' });
    expect(await update({ id: first.id, version: 1, share: '60.01' })).toMatchObject(refused);
  });

  test('is never exceeded by 50 owners who are entered at the same moment', async () => {
    const { tie } = await place(await world.organisation());
    const all = await Promise.all(Array.from({ length: 50 }, () => tie({ share: '7' })));
    const codes = all.map((payload) => payload.userErrors[0]?.code ?? 'entered');
    expect(codes.filter((code) => code === 'entered')).toHaveLength(14);
    expect(codes.filter((code) => code === 'OWNERSHIP_ABOVE_100')).toHaveLength(36);
    // Each was counted after the others by the rule itself, not caught by the database at the last moment.
    for (const payload of all)
      if (payload.userErrors[0]) expect(payload.userErrors[0].message).toContain('已有 98%');
  });

  test('is guarded by the database too, against writers who know no rules', async () => {
    const org = await world.organisation();
    const { tie, unit, resident } = await place(org);
    await tie({ share: '60' });
    const { owner } = world.app.db;
    const sneak = async () => {
      const client = await owner.connect();
      await client.query('begin');
      await client.query(
        `insert into residency (organisation_id, id, version, created_at, updated_at, community_id, building_id, unit_id, resident_id, relation, share, starts_on)
         select organisation_id, $1, 1, now(), now(), community_id, building_id, id, $3, 'OWNER', 30, '2026-05-01' from unit where id = $2`,
        [newUuid(), ...[unit.id, await resident()].map(world.app.uuidOf)],
      );
      return client;
    };
    const [one, two] = [await sneak(), await sneak()];
    const check = 'set constraints residency_ownership immediate';
    await one.query(check);
    const refused = expect(two.query(check)).rejects.toMatchObject({ constraint: 'residency_ownership' });
    await setTimeout(100); // the second waits for the first, whose rows it cannot see yet
    await one.query('commit');
    await refused;
    await two.query('rollback');
    for (const client of [one, two]) client.release();
  });
});

describe('a residency', () => {
  test('is not had twice at the same time, whoever is faster', async () => {
    const { tie, resident } = await place(await world.organisation());
    const person = await resident();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => tie({ resident: person, relation: 'TENANT', endsOn: '2026-12-31' })),
    );
    expect(all.filter((payload) => payload.residency)).toHaveLength(1);
    expect(all.find((payload) => !payload.residency).userErrors).toMatchObject([
      { code: 'RESIDENCY_OVERLAP', rule: 'U-2' },
    ]);
    expect((await tie({ resident: person, relation: 'FAMILY' })).userErrors).toEqual([]);
    expect((await tie({ resident: person, relation: 'TENANT', startsOn: '2027-01-01' })).userErrors).toEqual(
      [],
    );
  });

  test('ties a unit and a resident of one community', async () => {
    const org = await world.organisation();
    const [here, there] = [await place(org), await place(org)];
    const refused = await here.tie({ resident: await there.resident() });
    expect(refused.userErrors).toMatchObject([{ code: 'PLACE_MISMATCH', field: ['resident'] }]);
    const sneak = world.app.db.owner.query(
      `insert into residency (organisation_id, id, version, created_at, updated_at, community_id, building_id, unit_id, resident_id, relation, starts_on)
       select organisation_id, $1, 1, now(), now(), community_id, building_id, id, $3, 'OWNER', '2026-05-01' from unit where id = $2`,
      [newUuid(), ...[here.unit.id, await there.resident()].map(world.app.uuidOf)],
    );
    await expect(sneak).rejects.toMatchObject({ constraint: 'residency_place' });
  });

  test('is refused with wrong shares, periods and papers', async () => {
    const { tie } = await place(await world.organisation());
    const code = async (input: object) => (await tie(input)).userErrors[0];
    expect(await code({ relation: 'TENANT', share: '10' })).toMatchObject({
      code: 'VALIDATION',
      field: ['share'],
      message: '只有业主有产权份额',
    });
    for (const share of ['0', '100.01', '-1', '33.333'])
      expect(await code({ share })).toMatchObject({ code: 'VALIDATION', field: ['share'] });
    expect(await code({ endsOn: '2025-12-31' })).toMatchObject({ code: 'VALIDATION', field: ['endsOn'] });
    expect(await code({ relation: 'AGENT' })).toMatchObject({
      code: 'PAPERS_MISSING',
      rule: 'H-1',
      message: '资料不齐：授权委托书。',
    });
    expect((await tie({ relation: 'AGENT', powerOfAttorney: '公证书 2026-118' })).userErrors).toEqual([]);
  });

  test("starts, holds and ends by the day of its community's zone and the clock of the product", async () => {
    const org = await world.organisation();
    const clock = new TestClock('2026-11-22T18:00:00Z');
    world.app.services.clock = clock;
    const days: string[] = [];
    for (const timeZone of ['Asia/Shanghai', 'America/New_York']) {
      const { id: community } = await org.community({ timeZone });
      const unit = await org.unit({ building: (await org.building({ community })).id });
      const { resident } = await org.admin.mutate(
        'residentCreate',
        { community, name: '甲' },
        'resident { id }',
      );
      const { residency } = await org.admin.mutate(
        'residencyCreate',
        { unit: unit.id, resident: resident.id, relation: 'TENANT' },
        fields,
      );
      expect(residency).toMatchObject({ startsOn: businessDate(clock.now(), timeZone), current: true });
      days.push(residency.startsOn);
    }
    world.app.services.clock = systemClock;
    expect(days).toEqual(['2026-11-23', '2026-11-22']);
  });

  test('ends once, and its history says why', async () => {
    const org = await world.organisation();
    const { tie } = await place(org);
    const { residency } = await tie({ relation: 'TENANT' });
    const end = (input: object) =>
      org.admin.mutate('residencyEnd', { id: residency.id, version: 1, ...input }, fields);
    expect((await end({ endsOn: '2025-01-01' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['endsOn'] },
    ]);
    const ended = await end({ endsOn: '2026-02-28', reason: '租约到期' });
    expect(ended).toMatchObject({
      userErrors: [],
      residency: { endsOn: '2026-02-28', current: false, version: 2 },
    });
    expect(await end({})).toMatchObject({ userErrors: [{ code: 'CONFLICT' }], residency: { version: 2 } });
    const again = await end({ version: 2 });
    expect(again.userErrors).toMatchObject([
      { code: 'RESIDENCY_ENDED', message: '该居住关系已于 2026-02-28 结束。' },
    ]);
    const { rows } = await world.app.db.owner.query(
      `select reason from history where type = 'residency.end' and subject_id = $1`,
      [world.app.uuidOf(residency.id)],
    );
    expect(rows).toEqual([{ reason: '租约到期' }]);
  });

  test('shows on its unit and its resident, today only when asked so', async () => {
    const org = await world.organisation();
    const { tie, unit, resident } = await place(org);
    const person = await resident('乙');
    await tie({ resident: person, relation: 'TENANT', startsOn: '2020-01-01', endsOn: '2020-12-31' });
    await tie({ resident: person, share: '50', startsOn: '2021-01-01' });
    const { unit: seen } = await org.admin.query(
      `query($id: ID!, $day: Date!) { unit(id: $id) {
        all: residencies { totalCount nodes { relation } }
        now: residencies(filter: { startsOn: { lte: $day }, or: [{ endsOn: { gte: $day } }, { endsOn: { isNull: true } }] }) {
          nodes { relation current resident { name residencies { totalCount } } } } } }`,
      { id: unit.id, day: businessDate(new Date(), 'Asia/Shanghai') },
    );
    expect(seen.all).toEqual({ totalCount: 2, nodes: [{ relation: 'OWNER' }, { relation: 'TENANT' }] });
    expect(seen.now.nodes).toEqual([
      { relation: 'OWNER', current: true, resident: { name: '乙', residencies: { totalCount: 2 } } },
    ]);
  });

  test('is the business of a steward of its building and of the desk, not of others', async () => {
    const org = await world.organisation();
    const { unit, tie, resident } = await place(org);
    const community = unit.community.id;
    const { residency } = await tie({ relation: 'TENANT' });
    const person = await resident();
    const elsewhere = await org.building({ community });
    const create = async (client: Awaited<ReturnType<typeof org.as>>) =>
      (
        await client.mutate(
          'residencyCreate',
          { unit: unit.id, resident: person, relation: 'TEMPORARY' },
          fields,
        )
      ).userErrors[0]?.code;
    const other = await org.as('STEWARD', { community, buildings: [elsewhere.id] });
    expect(await create(other)).toBe('NOT_FOUND');
    expect((await other.query('{ residencies { totalCount } }')).residencies.totalCount).toBe(0);
    const ended = await other.mutate('residencyEnd', { id: residency.id, version: 1 }, fields);
    expect(ended.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    for (const role of ['CASHIER', 'SECURITY', 'INTEGRATOR'] as const)
      expect(await create(await org.as(role))).toBe('FORBIDDEN');
    expect(
      await create(await org.as('STEWARD', { community, buildings: [unit.building.id] })),
    ).toBeUndefined();
  });
});
