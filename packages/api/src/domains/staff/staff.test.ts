import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account, goodPassword, signedIn } from '../../../test/harness/accounts.ts';
import { startWorld, unique, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ TRUST_PROXY: 'true' });
});
afterAll(() => world.close());

const fields = (more: object = {}) => ({
  name: '王芳',
  email: `${unique('wang')}@example.test`,
  password: goodPassword,
  assignments: [{ role: 'FRONT_DESK' }],
  ...more,
});
const selection =
  'staff { id version name active access roles assignments { role communityId community { id } buildingIds buildings { id } } }';

describe('staff', () => {
  test('are entered with roles, places and an account in one step', async () => {
    const organisation = await world.organisation();
    const { id: building, community } = await organisation.building({ name: '3栋' });
    const assignments = [
      { role: 'STEWARD', community: community.id, buildings: [building] },
      { role: 'FRONT_DESK' },
    ];
    const { staff, userErrors } = await organisation.admin.mutate(
      'staffCreate',
      fields({ assignments }),
      selection,
    );
    expect(userErrors).toEqual([]);
    expect(staff).toMatchObject({ version: 1, active: true, roles: ['STEWARD', 'FRONT_DESK'] });
    expect(staff.access[0]).toMatch(/^STEWARD C\w+: 3栋$/);
    expect(staff.assignments).toEqual([
      {
        role: 'STEWARD',
        communityId: community.id,
        community: { id: community.id },
        buildingIds: [building],
        buildings: [{ id: building }],
      },
      { role: 'FRONT_DESK', communityId: null, community: null, buildingIds: null, buildings: null },
    ]);
  });

  test('see what belongs to their buildings, and nothing else', async () => {
    const organisation = await world.organisation();
    const mine = await organisation.unit();
    const { id: neighbour } = await organisation.building({ community: mine.community.id });
    const other = await organisation.unit({ building: neighbour });
    const person = await account(organisation, [
      { role: 'STEWARD', community: mine.community.id, buildings: [mine.building.id] },
    ]);
    const steward = await signedIn(world.app, person.email);
    const { units, buildings } = await steward.query('{ units { nodes { id } } buildings { nodes { id } } }');
    expect(units.nodes).toEqual([{ id: mine.id }]);
    expect(buildings.nodes).toEqual([{ id: mine.building.id }]);
    expect(await steward.query('query($id: ID!) { unit(id: $id) { id } }', { id: other.id })).toEqual({
      unit: null,
    });
  });

  test('of buildings without any building left see nothing, not the whole community', async () => {
    const organisation = await world.organisation();
    const mine = await organisation.unit();
    const person = await account(organisation, [
      { role: 'STEWARD', community: mine.community.id, buildings: [mine.building.id] },
    ]);
    await world.app.db.owner.query('delete from role_assignment_building where building_id = $1', [
      world.app.uuidOf(mine.building.id),
    ]);
    const answer = await (await signedIn(world.app, person.email)).send('{ units { nodes { id } } }');
    expect(answer.data?.units?.nodes ?? []).toEqual([]);
  });

  test('are known to all colleagues by name and role; addresses only to administrators', async () => {
    const organisation = await world.organisation();
    const { email, id } = await account(organisation);
    const colleague = await organisation.as('CASHIER');
    const { staffMembers } = await colleague.query('{ staffMembers { nodes { id name roles } } }');
    expect(staffMembers.nodes).toContainEqual({ id, name: expect.any(String), roles: ['FRONT_DESK'] });
    for (const document of [
      '{ staffMembers { nodes { email } } }',
      '{ staffMembers(filter: { email: { startsWith: "p" } }) { nodes { id } } }',
      '{ staffMembers(orderBy: { field: EMAIL }) { nodes { id } } }',
    ])
      expect((await colleague.send(document)).errors, document).toBeDefined();
    const answer = await organisation.admin.query('query($id: ID!) { staff(id: $id) { email } }', { id });
    expect(answer.staff.email).toBe(email);
  });

  test('are found in one round of statements, however many they are', async () => {
    const organisation = await world.organisation();
    const { id: community } = await organisation.community();
    const cost = async () => {
      const before = world.app.db.statements();
      await organisation.admin.query(
        '{ staffMembers { nodes { name roles assignments { role community { name } buildings { name } } } } }',
      );
      return world.app.db.statements() - before;
    };
    await account(organisation, [{ role: 'CASHIER', community }]);
    const few = await cost();
    for (let more = 0; more < 5; more += 1) await account(organisation, [{ role: 'CASHIER', community }]);
    expect(await cost()).toBe(few);
  });

  test('change roles as a whole, and the history says from what to what', async () => {
    const organisation = await world.organisation();
    const person = await account(organisation);
    const input = {
      id: person.id,
      version: person.version,
      assignments: [{ role: 'CASHIER' }, { role: 'FINANCE' }],
    };
    const { staff } = await organisation.admin.mutate('staffUpdate', input, selection);
    expect(staff.roles).toEqual(['CASHIER', 'FINANCE']);
    const { rows } = await world.app.db.owner.query(
      'select type, changes, actor_id from history where subject_id = $1 order by id',
      [world.app.uuidOf(person.id)],
    );
    expect(rows.map(({ type }) => type)).toEqual(['staff.created', 'staff.updated']);
    const [{ field, from, to }] = rows[1].changes;
    expect(field).toBe('access');
    expect(String(from)).toContain('FRONT_DESK');
    expect(String(to)).toMatch(/CASHIER.*FINANCE/);
    expect(rows[1].actor_id).toBe(organisation.admin.actorId);
    expect(JSON.stringify(rows)).not.toContain(person.email);
  });

  test('sign in with a new address after it was changed', async () => {
    const organisation = await world.organisation();
    const person = await account(organisation);
    const email = `${unique('new')}@example.test`;
    await organisation.admin.mutate(
      'staffUpdate',
      { id: person.id, version: person.version, email },
      selection,
    );
    expect((await (await signedIn(world.app, email)).query('{ viewer { id } }')).viewer.id).toBe(person.id);
    await expect(signedIn(world.app, person.email)).rejects.toThrow('401');
  });
});

describe('refused is', () => {
  test.each([
    ['an administrator of one community', { role: 'ADMINISTRATOR', community: true }, 'community'],
    ['a machine role', { role: 'INTEGRATOR' }, 'role'],
    ['a cashier of buildings', { role: 'CASHIER', community: true, buildings: true }, 'buildings'],
    ['a steward of buildings nowhere', { role: 'STEWARD', buildings: true }, 'buildings'],
  ])('%s', async (_what, wish, field) => {
    const organisation = await world.organisation();
    const place = await organisation.building();
    const assignment = {
      role: wish.role,
      ...('community' in wish && { community: place.community.id }),
      ...('buildings' in wish && { buildings: [place.id] }),
    };
    const { staff, userErrors } = await organisation.admin.mutate(
      'staffCreate',
      fields({ assignments: [assignment] }),
      selection,
    );
    expect(staff).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['assignments', '0', field] }]);
  });

  test('a role given twice for the same place', async () => {
    const { admin } = await world.organisation();
    const { userErrors } = await admin.mutate(
      'staffCreate',
      fields({ assignments: [{ role: 'CASHIER' }, { role: 'CASHIER' }] }),
      selection,
    );
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['assignments', '1'] }]);
  });

  test('a place of another organisation, and a building of another community, like missing ones', async () => {
    const [mine, other] = [await world.organisation(), await world.organisation()];
    const [foreign, near, far] = [await other.building(), await mine.building(), await mine.building()];
    for (const assignment of [
      { role: 'STEWARD', community: foreign.community.id },
      { role: 'STEWARD', community: near.community.id, buildings: [foreign.id] },
      { role: 'STEWARD', community: near.community.id, buildings: [far.id] },
    ]) {
      const { userErrors } = await mine.admin.mutate(
        'staffCreate',
        fields({ assignments: [assignment] }),
        selection,
      );
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });

  test('an e-mail address that somebody has, leaving nothing behind', async () => {
    const organisation = await world.organisation();
    const { email } = await account(organisation);
    const { userErrors } = await organisation.admin.mutate(
      'staffCreate',
      fields({ email: email.toUpperCase() }),
      selection,
    );
    expect(userErrors).toMatchObject([{ code: 'DUPLICATE', field: ['email'] }]);
    const { rows } = await world.app.db.owner.query(
      'select 1 from auth_user u where not exists (select from staff s where s.user_id = u.id)',
    );
    expect(rows).toEqual([]);
  });

  test('a short password', async () => {
    const { admin } = await world.organisation();
    const { userErrors } = await admin.mutate('staffCreate', fields({ password: 'short' }), selection);
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['password'] }]);
  });

  test('everything, to all but administrators', async () => {
    const organisation = await world.organisation();
    const { id, version } = await account(organisation);
    const manager = await organisation.as('GENERAL_MANAGER');
    for (const [mutation, input] of [
      ['staffCreate', fields()],
      ['staffUpdate', { id, version, assignments: [{ role: 'ADMINISTRATOR' }] }],
      ['staffSetPassword', { id, version, password: goodPassword }],
    ] as const)
      expect((await manager.mutate(mutation, input, selection)).userErrors, mutation).toMatchObject([
        { code: 'FORBIDDEN' },
      ]);
  });

  test('to take the last administrator away, also when two dismiss each other at once', async () => {
    const organisation = await world.organisation();
    const { admin } = organisation;
    const only = { id: admin.staffId, version: 1 };
    for (const change of [{ active: false }, { assignments: [{ role: 'CASHIER' }] }])
      expect((await admin.mutate('staffUpdate', { ...only, ...change }, selection)).userErrors).toMatchObject(
        [{ code: 'VALIDATION' }],
      );

    const second = await organisation.as('ADMINISTRATOR');
    const answers = await Promise.all([
      admin.mutate('staffUpdate', { id: second.staffId, version: 1, active: false }, selection),
      second.mutate('staffUpdate', { id: admin.staffId, version: 1, active: false }, selection),
    ]);
    expect(answers.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
  });
});
