import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const fields =
  'unit { id version fullName status area availableActions { action allowed code reason rule } }';

describe('units', () => {
  test('a unit is created, found again by id, listed and named after its building (P-2)', async () => {
    const org = await world.organisation();
    const building = await org.building({ name: '3栋' });
    const { unit } = await org.admin.mutate(
      'unitCreate',
      { building: building.id, number: '1502', area: 89.5 },
      fields,
    );
    expect(unit).toMatchObject({ fullName: '3栋-1502', status: 'VACANT', area: '89.50', version: 1 });
    const data = await org.admin.query(
      'query($id: ID!) { unit(id: $id) { fullName building { name community { currency } } } node(id: $id) { id ... on Unit { number } } units { totalCount totalCountPrecision nodes { fullName } } }',
      { id: unit.id },
    );
    expect(data.unit).toEqual({
      fullName: '3栋-1502',
      building: { name: '3栋', community: { currency: 'CNY' } },
    });
    expect(data.node).toEqual({ id: unit.id, number: '1502' });
    expect(data.units).toEqual({
      totalCount: 1,
      totalCountPrecision: 'EXACT',
      nodes: [{ fullName: '3栋-1502' }],
    });
  });

  test('a number is unique in its building, and the refusal names the field', async () => {
    const org = await world.organisation();
    const building = await org.building();
    await org.unit({ building: building.id, number: '101' });
    const again = await org.admin.mutate('unitCreate', { building: building.id, number: '101' }, fields);
    expect(again).toMatchObject({ unit: null, userErrors: [{ code: 'DUPLICATE', field: ['number'] }] });
  });

  test('a stale version is refused with the current state, and nothing is lost', async () => {
    const org = await world.organisation();
    const { id, version } = await org.unit();
    const first = await org.admin.mutate('unitUpdate', { id, version, layout: '2室1厅' }, fields);
    expect(first).toMatchObject({ unit: { version: 2 }, userErrors: [] });
    const second = await org.admin.mutate(
      'unitUpdate',
      { id, version, layout: '3室2厅' },
      'unit { version layout }',
    );
    expect(second).toMatchObject({
      unit: { version: 2, layout: '2室1厅' },
      userErrors: [{ code: 'CONFLICT' }],
    });
  });

  test('of 50 clerks who save the same unit at once exactly one wins', async () => {
    const org = await world.organisation();
    const { id, version } = await org.unit();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        org.admin.mutate('unitUpdate', { id, version, note: `第${n}位` }, fields),
      ),
    );
    expect(answers.filter((answer) => answer.userErrors.length === 0)).toHaveLength(1);
    expect(answers.filter((answer) => answer.userErrors[0]?.code === 'CONFLICT')).toHaveLength(49);
  });

  test('the life cycle allows its moves only and says which rule is kept', async () => {
    const org = await world.organisation();
    const clerk = await org.as('FRONT_DESK', { locale: 'en' });
    const { id, version } = await org.unit();
    const refused = await clerk.mutate('unitMoveOut', { id, version }, fields);
    expect(refused).toMatchObject({
      unit: null,
      userErrors: [
        { code: 'ILLEGAL_MOVE', rule: 'H-3', message: 'In state "Vacant" it is not possible to "Move out".' },
      ],
    });
    const moved = await clerk.mutate('unitStartHandover', { id, version }, fields);
    expect(moved.unit.status).toBe('HANDOVER');
    const actions = Object.fromEntries(
      moved.unit.availableActions.map((one: { action: string; allowed: boolean; code: string }) => [
        one.action,
        one.allowed || one.code,
      ]),
    );
    expect(actions).toEqual({
      startHandover: 'ILLEGAL_MOVE',
      moveIn: true,
      moveOut: 'ILLEGAL_MOVE',
      release: 'FORBIDDEN',
    });
  });

  test('another organisation’s unit looks exactly like a missing one', async () => {
    const [ours, theirs] = [await world.organisation(), await world.organisation()];
    const { id, version } = await theirs.unit();
    expect(
      await ours.admin.query(
        'query($id: ID!) { unit(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }',
        { id },
      ),
    ).toEqual({ unit: null, node: null, nodes: [null] });
    const answer = await ours.admin.mutate('unitUpdate', { id, version, note: 'x' }, fields);
    const missing = await ours.admin.mutate(
      'unitUpdate',
      { id: id.replace(/.$/, (last) => (last === '0' ? '1' : '0')), version, note: 'x' },
      fields,
    );
    expect(answer).toEqual(missing);
    expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
  });

  test('an id that no record can have looks like a missing one, in a query and in a mutation', async () => {
    const org = await world.organisation();
    const id = 'unit_01jd0000000000000000000000';
    const source =
      'query($id: ID!) { unit(id: $id) { id } node(id: $id) { id } units(filter: { id: { eq: $id } }) { nodes { id } } }';
    expect(await org.admin.query(source, { id })).toEqual({ unit: null, node: null, units: { nodes: [] } });
    const answer = await org.admin.mutate('unitUpdate', { id, version: 1, note: 'x' }, fields);
    expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
  });

  test('a steward sees and changes the units of his buildings only', async () => {
    const org = await world.organisation();
    const mine = await org.building();
    const other = await org.building({ community: mine.community.id });
    const seen = await org.unit({ building: mine.id });
    await org.unit({ building: other.id });
    const steward = await org.as('STEWARD', { community: mine.community.id, buildings: [mine.id] });
    const data = await steward.query(
      '{ units { totalCount nodes { id } } communities { nodes { id buildings { nodes { id } } } } }',
    );
    expect(data.units).toEqual({ totalCount: 1, nodes: [{ id: seen.id }] });
    expect(data.communities.nodes).toEqual([
      { id: mine.community.id, buildings: { nodes: [{ id: mine.id }] } },
    ]);
  });

  test('the same idempotency key has one effect and one answer, another body is refused', async () => {
    const org = await world.organisation();
    const building = await org.building();
    const input = { building: building.id, number: '7', idempotencyKey: 'key-1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => org.admin.mutate('unitCreate', input, fields)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const other = await org.admin.mutate('unitCreate', { ...input, number: '8' }, fields);
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
    expect((await org.admin.query('{ units { totalCount } }')).units.totalCount).toBe(1);
  });

  test('wrong input is refused field by field, in the caller’s language', async () => {
    const org = await world.organisation();
    const building = await org.building();
    const answer = await org.admin.mutate(
      'unitCreate',
      { building: building.id, number: '', area: '-1.234', floor: 900 },
      fields,
    );
    expect(
      [...new Set(answer.userErrors.map((error: { field: string[] }) => error.field[0]))].sort(),
    ).toEqual(['area', 'floor', 'number']);
  });

  test('a community in a time zone that does not exist is refused', async () => {
    const org = await world.organisation();
    const answer = await org.admin.mutate(
      'communityCreate',
      { code: 'MARS', name: '火星', timeZone: 'Mars/Base' },
      'community { id }',
    );
    expect(answer.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['timeZone'] }]);
  });
});
