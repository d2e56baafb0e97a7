import { grants } from '@desk/schema';
import { residentDescriptor } from '@desk/schema/residents/descriptor';
import { identityCheckDigit, isIdentityNumber } from '@desk/schema/residents/identity';
import { normalPhone } from '@desk/schema/residents/phone';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { maskIdentity, maskPhone } from './mask.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const card = `11010519491231002${identityCheckDigit('11010519491231002')}`;
const clear = {
  phone: '13812341234',
  secondPhone: '01062345678',
  idKind: 'ID_CARD',
  idNumber: card,
  emergencyPhone: '13900005678',
};
const masked = 'id version name pinyin phone secondPhone idNumber emergencyPhone';

async function enter(client: Client, community: string, fields: object = {}) {
  const payload = await client.mutate(
    'residentCreate',
    { community, name: '单雄信', ...clear, ...fields },
    `resident { ${masked} specialCare specialCareKind }`,
  );
  expect(payload.userErrors).toEqual([]);
  return payload.resident;
}

async function home(org: TestOrganisation) {
  const unit = await org.unit();
  const resident = await enter(org.admin, unit.community.id);
  const payload = await org.admin.mutate(
    'residencyCreate',
    { unit: unit.id, resident: resident.id, relation: 'OWNER', share: '100' },
    'residency { id version }',
  );
  return { unit, resident, residency: payload.residency, community: unit.community.id };
}

const unmask = (client: Client, input: object) =>
  client.mutate(
    'residentUnmask',
    { fields: ['PHONE', 'ID_NUMBER'], reason: '核对上门身份', ...input },
    'resident { id phone } unmasked { phone secondPhone idNumber emergencyPhone }',
  );

const records = async (type: string, id: string) =>
  (
    await world.app.db.owner.query(
      'select type, changes, reason, actor_id, actor_name from history where type = $1 and subject_id = $2',
      [type, world.app.uuidOf(id)],
    )
  ).rows;

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
    const [entry] = await records('resident.created', resident.id);
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

describe('unmasking', () => {
  test('shows exactly what was asked for, and records who, what and why', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const cashier = await org.as('CASHIER');
    const payload = await unmask(cashier, { id: resident.id });
    expect(payload).toEqual({
      userErrors: [],
      resident: { id: resident.id, phone: '138****1234' },
      unmasked: { phone: clear.phone, idNumber: card, secondPhone: null, emergencyPhone: null },
    });
    const entries = await records('resident.unmask', resident.id);
    expect(entries).toMatchObject([{ reason: '核对上门身份', actor_id: cashier.actorId }]);
    expect(entries[0].changes.map((change: { field: string }) => change.field)).toEqual([
      'phone',
      'idNumber',
    ]);
  });

  test('needs a reason of five characters and leaves nothing behind without one', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const payload = await unmask(org.admin, { id: resident.id, reason: ' 看看  ' });
    expect(payload).toMatchObject({
      unmasked: null,
      userErrors: [{ code: 'REASON_REQUIRED', field: ['reason'] }],
    });
    expect(await unmask(org.admin, { id: resident.id, fields: [] })).toMatchObject({
      unmasked: null,
      userErrors: [{ code: 'VALIDATION', field: ['fields'] }],
    });
    expect(await records('resident.unmask', resident.id)).toEqual([]);
  });

  test('is refused for every role without the right', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const refused = new Set(
      (grants.resident?.read ?? []).filter((role) => !grants.resident?.unmask?.includes(role)),
    );
    expect(refused).toContain('INTEGRATOR');
    for (const role of refused)
      expect(await unmask(await org.as(role), { id: resident.id })).toMatchObject({
        unmasked: null,
        userErrors: [{ code: 'FORBIDDEN' }],
      });
    expect(await unmask(await org.as('DASHBOARD'), { id: resident.id })).toMatchObject({
      unmasked: null,
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  test('is for a steward of buildings only while the resident lives in one of them', async () => {
    const org = await world.organisation();
    const { resident, residency, unit, community } = await home(org);
    const elsewhere = await org.building({ community });
    const steward = (building: string) => org.as('STEWARD', { community, buildings: [building] });
    const [own, other] = [await steward(unit.building.id), await steward(elsewhere.id)];
    expect((await unmask(own, { id: resident.id })).unmasked.phone).toBe(clear.phone);
    expect(await unmask(other, { id: resident.id })).toMatchObject({
      unmasked: null,
      userErrors: [{ code: 'FORBIDDEN', rule: 'U-4' }],
    });
    const version = residency.version;
    const moved = await org.admin.mutate(
      'residencyUpdate',
      { id: residency.id, version, startsOn: '2020-01-01', endsOn: '2020-12-31' },
      'residency { current }',
    );
    expect(moved.residency).toEqual({ current: false });
    expect(await unmask(own, { id: resident.id })).toMatchObject({
      unmasked: null,
      userErrors: [{ code: 'FORBIDDEN' }],
    });
  });

  test('is not repeated from memory: the same idempotency key answers no clear text', async () => {
    const org = await world.organisation();
    const { resident } = await home(org);
    const input = { id: resident.id, idempotencyKey: 'once' };
    expect((await unmask(org.admin, input)).unmasked.phone).toBe(clear.phone);
    expect((await unmask(org.admin, input)).unmasked).toBeNull();
    expect(await records('resident.unmask', resident.id)).toHaveLength(1);
    const { rows } = await world.app.db.owner.query(
      `select response::text from idempotency_key where key = 'once'`,
    );
    expect(JSON.stringify(rows)).not.toContain(clear.phone);
  });
});

describe('masks', () => {
  test('hide the middle of long numbers and all but the end of short ones', () => {
    expect([maskPhone('13812341234'), maskPhone('62345678'), maskPhone('+85291234567')]).toEqual([
      '138****1234',
      '****5678',
      '+85****4567',
    ]);
    expect([maskIdentity('E12345678'), maskIdentity('1234')]).toEqual(['E*******8', '1****4']);
  });

  test('stand before every field that is unmasked by a right', () => {
    for (const field of ['phone', 'secondPhone', 'idNumber', 'emergencyPhone'] as const)
      expect(residentDescriptor.fields[field].personal).toBe(true);
  });
});

describe('papers', () => {
  test('are checked as their kind demands', () => {
    expect(isIdentityNumber('ID_CARD', card)).toBe(true);
    expect(isIdentityNumber('ID_CARD', '11010519491231002X')).toBe(card.endsWith('X'));
    expect(isIdentityNumber('BUSINESS_LICENCE', '91350100M000100Y43')).toBe(true);
    expect(isIdentityNumber('PASSPORT', 'E12345678')).toBe(true);
    expect(isIdentityNumber('PASSPORT', '甲')).toBe(false);
  });

  test('and phones are kept without what people type around them', () => {
    expect(
      ['+86 138-1234-1234', '0086 13812341234', '(010) 6234 5678', '１３８１２３４１２３４'].map(normalPhone),
    ).toEqual(['13812341234', '13812341234', '01062345678', '13812341234']);
  });
});
