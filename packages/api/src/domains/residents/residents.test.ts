import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, startWorld, type World } from '../../../test/harness/world.ts';
import { card, clear, enter, home, records, unmask } from './residents.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('a resident', () => {
  test('is entered with phones and papers that everybody sees masked', async () => {
    const org = await world.organisation();
    const { id: community } = await org.community();
    const resident = await enter(org.admin, community, { phone: '+86 138-1234-1234' });
    expect(resident).toMatchObject({
      name: '单雄信',
      pinyin: 'shan xiong xin',
      phone: '138****1234',
      secondPhone: '010****5678',
      idNumber: `110*************${card.slice(-2)}`,
      emergencyPhone: '139****5678',
    });
  });

  test('is seen masked by an integrator, without what is confidential altogether, and not at all by a dashboard', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const integrator = await org.as('INTEGRATOR');
    expect(
      (await integrator.query('query($id: ID!) { resident(id: $id) { phone } }', { id: resident.id }))
        .resident,
    ).toEqual({ phone: '138****1234' });
    const { errors } = await integrator.send('query($id: ID!) { resident(id: $id) { note } }', {
      id: resident.id,
    });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const dashboard = await org.as('DASHBOARD');
    const hidden = await dashboard.send('{ residents { nodes { id } } }');
    expect(hidden.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const nested = await dashboard.send(
      '{ units { nodes { residencies { nodes { resident { name } } } } } }',
    );
    expect(nested.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('keeps what is behind the mask when a form sends the mask back', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const { phone, idNumber, emergencyPhone } = resident;
    const payload = await org.admin.mutate(
      'residentUpdate',
      { id: resident.id, version: resident.version, name: '单通', phone, idNumber, emergencyPhone },
      'resident { name pinyin phone }',
    );
    expect(payload).toMatchObject({
      userErrors: [],
      resident: { name: '单通', pinyin: 'shan tong', phone: '138****1234' },
    });
    const { rows } = await world.app.db.owner.query('select phone, id_number from resident where id = $1', [
      world.app.uuidOf(resident.id),
    ]);
    expect(rows).toEqual([{ phone: clear.phone, id_number: card }]);
  });

  test('is refused with every wrong field named, in the language of the caller', async () => {
    const org = await world.organisation();
    const { id: community } = await org.community();
    const wrong = {
      community,
      name: '甲',
      phone: '12345',
      emergencyPhone: '一二三',
      idKind: 'ID_CARD',
      idNumber: '110105194912310020',
    };
    const zh = await (await org.as('FRONT_DESK')).mutate('residentCreate', wrong, 'resident { id }');
    expect(zh.resident).toBeNull();
    expect(zh.userErrors.map((error: { field: string[] }) => error.field[0])).toEqual([
      'phone',
      'emergencyPhone',
      'idNumber',
    ]);
    expect(zh.userErrors[0]).toMatchObject({ code: 'VALIDATION', message: '电话应为 7 至 15 位数字' });
    const en = await (await org.as('FRONT_DESK', { locale: 'en' })).mutate(
      'residentCreate',
      { ...wrong, idKind: null },
      'resident { id }',
    );
    expect(en.userErrors[2]).toMatchObject({
      field: ['idKind'],
      message: 'say what kind of paper the number belongs to',
    });
    const nameless = await org.admin.mutate('residentCreate', { community, name: ' ' }, 'resident { id }');
    expect(nameless.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['name'] }]);
  });

  test('cares for special households: a reason sets the flag, and without the flag there is no reason', async () => {
    const org = await world.organisation();
    const { id: community } = await org.community();
    const resident = await enter(org.admin, community, { specialCareKind: 'ELDERLY' });
    expect(resident).toMatchObject({ specialCare: true, specialCareKind: 'ELDERLY' });
    const { id, version } = resident;
    const payload = await org.admin.mutate(
      'residentUpdate',
      { id, version, specialCare: false },
      'resident { specialCare specialCareKind }',
    );
    expect(payload.resident).toEqual({ specialCare: false, specialCareKind: null });
  });

  test('is entered once per key of the source system', async () => {
    const org = await world.organisation();
    const { id: community } = await org.community();
    const input = { community, name: '甲', externalKey: 'K1' };
    const all = await Promise.all(
      Array.from({ length: 20 }, () => org.admin.mutate('residentCreate', input, 'resident { id }')),
    );
    expect(all.filter((payload) => payload.resident)).toHaveLength(1);
    expect(all.find((payload) => !payload.resident).userErrors).toMatchObject([
      { code: 'DUPLICATE', field: ['externalKey'] },
    ]);
  });

  test('is changed by one of two clerks; the other is shown the current state', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const { id, version } = resident;
    await org.admin.mutate('residentUpdate', { id, version, name: '甲' }, 'resident { id }');
    const stale = await org.admin.mutate(
      'residentUpdate',
      { id, version, name: '乙' },
      'resident { name version }',
    );
    expect(stale).toMatchObject({
      resident: { name: '甲', version: version + 1 },
      userErrors: [{ code: 'CONFLICT' }],
    });
  });

  test('leaves no personal data in the history', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const [entry] = await records(world, 'resident.created', resident.id);
    const text = JSON.stringify(entry.changes);
    for (const secret of ['单雄信', 'shan', clear.phone, card]) expect(text).not.toContain(secret);
  });

  test('of another organisation looks like a missing one', async () => {
    const [ours, theirs] = [await world.organisation(), await world.organisation()];
    const { resident, unit } = await home(theirs);
    const { id, version } = resident;
    expect(
      await ours.admin.query('query($id: ID!) { resident(id: $id) { id } node(id: $id) { id } }', { id }),
    ).toEqual({ resident: null, node: null });
    const missing = { userErrors: [{ code: 'NOT_FOUND' }] };
    expect(
      await ours.admin.mutate('residentUpdate', { id, version, name: '甲' }, 'resident { id }'),
    ).toMatchObject(missing);
    expect(await unmask(ours.admin, { id })).toMatchObject(missing);
    const own = await ours.unit();
    expect(
      await ours.admin.mutate(
        'residencyCreate',
        { unit: own.id, resident: id, relation: 'TENANT' },
        'residency { id }',
      ),
    ).toMatchObject(missing);
    expect(
      await ours.admin.mutate(
        'residencyCreate',
        { unit: unit.id, resident: id, relation: 'TENANT' },
        'residency { id }',
      ),
    ).toMatchObject(missing);
  });

  test('is not entered by roles without the right, nor outside their community', async () => {
    const org = await world.organisation();
    const [{ id: here }, { id: there }] = [await org.community(), await org.community()];
    const create = async (client: Client, community: string) =>
      (await client.mutate('residentCreate', { community, name: '甲' }, 'resident { id }')).userErrors[0]
        ?.code;
    expect(await create(await org.as('SECURITY'), here)).toBe('FORBIDDEN');
    const local = await org.as('FRONT_DESK', { community: here });
    expect([await create(local, here), await create(local, there)]).toEqual([undefined, 'NOT_FOUND']);
  });
});
