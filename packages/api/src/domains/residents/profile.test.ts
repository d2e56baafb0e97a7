import { roleNames } from '@desk/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { home, records } from './residents.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const secret = '青霉素过敏';
const fields = 'residentProfile { id version health household birthday building { id } }';
const enter = (by: Client, input: object) => by.mutate('residentProfileCreate', input, fields);

/** A household with a profile, and the steward of its building. */
async function profiled(org: TestOrganisation) {
  const place = await home(org);
  const building = place.unit.building.id;
  const steward = await org.as('STEWARD', { community: place.community, buildings: [building] });
  const { residentProfile, userErrors } = await enter(steward, {
    resident: place.resident.id,
    health: secret,
    birthday: '1949-12-31',
  });
  expect(userErrors).toEqual([]);
  return { ...place, building, steward, profile: residentProfile };
}

const read =
  'query($id: ID!) { residentProfile(id: $id) { health } resident(id: $id2) { profiles { nodes { health } } } }'.replace(
    '($id: ID!)',
    '($id: ID!, $id2: ID!)',
  );

describe('a profile (U-4)', () => {
  test('is kept by the steward of the building where the resident lives, and read by those above', async () => {
    const org = await world.organisation();
    const { resident, profile, building } = await profiled(org);
    expect(profile).toMatchObject({ health: secret, building: { id: building } });
    for (const role of ['SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR'] as const) {
      const found = await (await org.as(role)).query(read, { id: profile.id, id2: resident.id });
      expect(found, role).toEqual({
        residentProfile: { health: secret },
        resident: { profiles: { nodes: [{ health: secret }] } },
      });
    }
  });

  test('is nobody else’s: neither other roles, nor the stewards of other buildings', async () => {
    const org = await world.organisation();
    const { resident, profile, community } = await profiled(org);
    const above = new Set(['STEWARD', 'SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR']);
    for (const role of roleNames.filter((one) => !above.has(one))) {
      const { errors } = await (await org.as(role)).send('{ residentProfiles { nodes { id } } }');
      expect(errors?.[0]?.extensions.code, role).toBe('FORBIDDEN');
    }
    const other = await org.building({ community });
    const steward = await org.as('STEWARD', { community, buildings: [other.id] });
    expect(await steward.query(read, { id: profile.id, id2: resident.id })).toEqual({
      residentProfile: null,
      resident: { profiles: { nodes: [] } },
    });
    expect((await enter(steward, { resident: resident.id })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await enter(steward, { resident: resident.id, building: other.id })).userErrors).toMatchObject([
      { code: 'PLACE_MISMATCH', field: ['building'], rule: 'U-4' },
    ]);
  });

  test('never stands in clear in history, events or search', async () => {
    const org = await world.organisation();
    const { resident, profile, steward } = await profiled(org);
    const { id, version } = profile;
    const changed = await steward.mutate(
      'residentProfileUpdate',
      { id, version, health: `${secret}，高血压` },
      fields,
    );
    expect(changed.userErrors).toEqual([]);
    const kept = [
      ...(await records(world, 'residentProfile.created', id)),
      ...(await records(world, 'residentProfile.updated', id)),
    ];
    expect(kept).toHaveLength(2);
    const { rows } = await world.app.db.owner.query(
      "select changes::text from event where subject_type = 'residentProfile'",
    );
    expect(rows.length).toBeGreaterThan(1);
    const texts = await world.app.db.owner.query('select search_text from resident where id = $1', [
      world.app.uuidOf(resident.id),
    ]);
    expect(JSON.stringify([kept, rows, texts.rows])).not.toMatch(/青霉素|1949/);
  });

  test('cannot be filtered or sorted by what is in it', async () => {
    const org = await world.organisation();
    const { errors } = await org.admin.send(
      '{ residentProfiles(filter: { health: { contains: "青" } }) { nodes { id } } }',
    );
    expect(errors?.[0]?.message).toContain('health');
    const sorted = await org.admin.send(
      '{ residentProfiles(orderBy: { field: BIRTHDAY }) { nodes { id } } }',
    );
    expect(sorted.errors?.[0]?.message).toContain('BIRTHDAY');
  });

  test('is refused to the stale, checked for nonsense, and only once in a building', async () => {
    const org = await world.organisation();
    const { resident, profile, steward } = await profiled(org);
    const change = (input: object) =>
      steward.mutate('residentProfileUpdate', { ...profile, ...input }, fields);
    const { id, version } = profile;
    for (const key of ['health', 'household', 'birthday', 'building']) delete profile[key];
    expect(await change({ birthday: '2026-02-30' }).catch((error) => String(error))).toMatch(
      /date|Date|VALIDATION/,
    );
    expect((await change({ habits: '长'.repeat(4001) })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['habits'] },
    ]);
    expect((await change({ habits: '晨练' })).userErrors).toEqual([]);
    expect(
      await steward.mutate('residentProfileUpdate', { id, version, habits: '夜跑' }, fields),
    ).toMatchObject({
      userErrors: [{ code: 'CONFLICT' }],
    });
    expect((await enter(steward, { resident: resident.id })).userErrors).toMatchObject([
      { code: 'DUPLICATE' },
    ]);
  });

  test('is erased for a reason, which is recorded (S-7)', async () => {
    const org = await world.organisation();
    const { profile, steward } = await profiled(org);
    const { id, version } = profile;
    const erase = (reason: string) => steward.mutate('residentProfileErase', { id, version, reason }, fields);
    expect((await erase(' ')).userErrors).toMatchObject([{ code: 'REASON_REQUIRED', rule: 'S-7' }]);
    expect((await erase('住户要求删除')).residentProfile).toMatchObject({ health: null, birthday: null });
    expect(await records(world, 'residentProfile.erase', id)).toMatchObject([{ reason: '住户要求删除' }]);
  });
});

test('a unit is flagged while somebody of special care lives in it (U-5)', async () => {
  const org = await world.organisation();
  const { unit, residency, resident } = await home(org);
  const flagged = async () =>
    (await org.admin.query('query($id: ID!) { unit(id: $id) { specialCare } }', unit)).unit.specialCare;
  expect(await flagged()).toBe(false);
  const { id, version } = resident;
  await org.admin.mutate('residentUpdate', { id, version, specialCare: true }, 'resident { id }');
  expect(await flagged()).toBe(true);
  await org.admin.mutate(
    'residencyUpdate',
    { id: residency.id, version: residency.version, startsOn: '2020-01-01', endsOn: '2020-12-31' },
    'residency { id }',
  );
  expect(await flagged()).toBe(false);
});
