import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';
import { keyOf, loanFields, morning, ownedUnit, staffLoan } from './keys.seed.ts';

const clock = new TestClock(morning);
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());
beforeEach(() => clock.set(morning));

describe('the key board', () => {
  test('a key has its copies on the board, is found by what it opens, also after that changed', async () => {
    const org = await world.organisation();
    const key = await keyOf(org, { number: 'K-0012', opens: '水泵房', boardPlace: 'A-12', copies: 3 });
    expect(key).toMatchObject({ copies: 3 });
    expect(key.copyList.nodes.map((copy: { label: string }) => copy.label)).toEqual([
      'K-0012/1',
      'K-0012/2',
      'K-0012/3',
    ]);
    const { id, version } = key;
    const changed = await org.admin.mutate(
      'keyUpdate',
      { id, version, opens: '电梯机房' },
      'key { version }',
    );
    expect(changed).toMatchObject({ key: { version: 2 }, userErrors: [] });
    const found = await org.admin.query(
      '{ a: keyCopies(filter: { search: "电梯" }) { totalCount } b: keyCopies(filter: { search: "水泵" }) { totalCount } keys(filter: { search: "机房" }) { nodes { number boardPlace } } }',
    );
    expect(found).toEqual({
      a: { totalCount: 3 },
      b: { totalCount: 0 },
      keys: { nodes: [{ number: 'K-0012', boardPlace: 'A-12' }] },
    });
  });

  test('a number is unique in its community, and unit, building and community must belong together', async () => {
    const org = await world.organisation();
    const key = await keyOf(org);
    const again = await org.admin.mutate(
      'keyCreate',
      { community: key.community.id, number: key.number, opens: '另一间' },
      'key { id }',
    );
    expect(again).toMatchObject({ key: null, userErrors: [{ code: 'DUPLICATE', field: ['number'] }] });
    const [unit, other] = [await org.unit(), await org.building()];
    const astray = await org.admin.mutate(
      'keyCreate',
      { unit: unit.id, building: other.id, number: 'X', opens: '门' },
      'key { id }',
    );
    expect(astray.userErrors).toMatchObject([{ code: 'PLACE_MISMATCH', field: ['building'] }]);
    const nowhere = await org.admin.mutate('keyCreate', { number: 'X', opens: '门' }, 'key { id }');
    expect(nowhere.userErrors).toMatchObject([{ code: 'REQUIRED', field: ['community'] }]);
    const wrong = await org.admin.mutate(
      'keyCreate',
      { community: key.community.id, number: '', opens: '', copies: 51 },
      'key { id }',
    );
    expect(wrong.userErrors.map((error: { field: string[] }) => error.field[0]).sort()).toEqual([
      'number',
      'opens',
    ]);
  });

  test('a copy shows its key, its loans and its history, one by one and in lists', async () => {
    const org = await world.organisation();
    const { copy, number } = await keyOf(org);
    await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    const fields =
      'key { number copies } loans { nodes { key { number } status } } history { nodes { type } }';
    const shown = {
      key: { number, copies: 1 },
      loans: { nodes: [{ key: { number }, status: 'OUT' }] },
      history: { nodes: [{ type: 'keyCopy.lend' }, { type: 'keyCopy.created' }] },
    };
    const data = await org.admin.query(
      `query($id: ID!) { keyCopy(id: $id) { ${fields} } node(id: $id) { ... on KeyCopy { ${fields} } } keyCopies { nodes { ${fields} } } }`,
      { id: copy },
    );
    expect(data).toEqual({ keyCopy: shown, node: shown, keyCopies: { nodes: [shown] } });
  });

  test('copies are added behind the last one, also by many at once', async () => {
    const org = await world.organisation();
    const { id, version } = await keyOf(org, { copies: 2 });
    clock.advance({ minutes: 1 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        org.admin.mutate('keyAddCopies', { id, version, copies: 2 }, 'key { copies }'),
      ),
    );
    expect(answers.filter((answer) => answer.userErrors.length === 0)).toHaveLength(1);
    const { key } = await org.admin.query('query($id: ID!) { key(id: $id) { copies } }', { id });
    expect(key.copies).toBe(4);
  });

  test('a retired key is not lent, and a key is not retired while a copy is out', async () => {
    const org = await world.organisation();
    const { id, version, copy } = await keyOf(org);
    const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    const early = await org.admin.mutate('keyRetire', { id, version }, 'key { status }');
    expect(early).toMatchObject({ key: null, userErrors: [{ code: 'KEY_OUT', rule: 'K-3' }] });
    await org.admin.mutate('keyLoanReturn', { id: keyLoan.id, version: keyLoan.version }, loanFields);
    const retired = await org.admin.mutate('keyRetire', { id, version, reason: '换锁' }, 'key { status }');
    expect(retired).toMatchObject({ key: { status: 'RETIRED' }, userErrors: [] });
    const late = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    expect(late.userErrors).toMatchObject([{ code: 'KEY_RETIRED', field: ['copy'], rule: 'K-4' }]);
  });

  test('a key that is lent and retired at the same moment never ends up retired with a copy out', async () => {
    const org = await world.organisation();
    for (let round = 0; round < 8; round += 1) {
      const { id, version, copy } = await keyOf(org);
      const [lent, retired] = await Promise.all([
        org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, 'keyLoan { id }'),
        org.admin.mutate('keyRetire', { id, version }, 'key { status }'),
      ]);
      expect([lent.userErrors.length, retired.userErrors.length].sort()).toEqual([0, 1]);
    }
  });
});

describe('rights', () => {
  test('keys of another organisation look exactly like missing ones', async () => {
    const [ours, theirs] = [await world.organisation(), await world.organisation()];
    const key = await keyOf(theirs);
    const loan = await theirs.admin.mutate('keyLoanCreate', { ...staffLoan, copy: key.copy }, loanFields);
    const lend = await ours.admin.mutate('keyLoanCreate', { ...staffLoan, copy: key.copy }, loanFields);
    expect(lend.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['copy'] }]);
    const { id, version } = loan.keyLoan;
    for (const [mutation, input] of [
      ['keyLoanReturn', {}],
      ['keyLoanExtend', { dueAt: '2026-03-03T00:00:00Z', reason: 'x' }],
      ['keyLoanReportLost', { reason: 'x' }],
    ] as const) {
      const answer = await ours.admin.mutate(mutation, { id, version, ...input }, loanFields);
      expect(answer).toMatchObject({ keyLoan: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] });
    }
    const read = await ours.admin.query(
      'query($key: ID!, $loan: ID!) { key(id: $key) { id } keyLoan(id: $loan) { id } keys { totalCount } keyCopies { totalCount } keyLoans { totalCount } }',
      { key: key.id, loan: id },
    );
    expect(read).toEqual({
      key: null,
      keyLoan: null,
      keys: { totalCount: 0 },
      keyCopies: { totalCount: 0 },
      keyLoans: { totalCount: 0 },
    });
  });

  test('a cashier lends nothing; a steward only keys of his buildings', async () => {
    const org = await world.organisation();
    const { unit, key } = await ownedUnit(org);
    const common = await keyOf(org, { community: unit.community.id });
    const cashier = await org.as('CASHIER');
    const denied = await cashier.mutate('keyLoanCreate', { ...staffLoan, copy: common.copy }, loanFields);
    expect(denied).toMatchObject({ keyLoan: null, userErrors: [{ code: 'FORBIDDEN', rule: 'P-3' }] });
    const steward = await org.as('STEWARD', { community: unit.community.id, buildings: [unit.building.id] });
    const outside = await steward.mutate('keyLoanCreate', { ...staffLoan, copy: common.copy }, loanFields);
    expect(outside.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['copy'] }]);
    const consent = { consentBy: '业主', consentWay: 'WRITTEN' };
    const inside = await steward.mutate(
      'keyLoanCreate',
      { ...staffLoan, ...consent, copy: key.copy },
      loanFields,
    );
    expect(inside.userErrors).toEqual([]);
    const { keys } = await steward.query('{ keys { nodes { id } } }');
    expect(keys.nodes).toEqual([{ id: key.id }]);
  });

  test('a dashboard counts loans and sees what is overdue, but no name, however it asks', async () => {
    const org = await world.organisation();
    const { copy } = await keyOf(org);
    await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy }, loanFields);
    const dashboard = await org.as('DASHBOARD');
    clock.set('2026-03-02T10:00:00Z');
    const { keyLoans } = await dashboard.query(
      '{ keyLoans { totalCount nodes { status overdue copy { label } } } }',
    );
    expect(keyLoans).toMatchObject({ totalCount: 1, nodes: [{ status: 'OUT', overdue: true }] });
    for (const field of [
      'borrowerName',
      'borrowerPhone',
      'label',
      'verifiedBy',
      'consentBy',
      'purpose',
      'note',
    ])
      expect((await dashboard.send(`{ keyLoans { nodes { ${field} } } }`)).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
    for (const args of [
      'filter: { search: "王师傅" }',
      'filter: { label: { contains: "王" } }',
      'filter: { or: [{ resident: { isNull: false } }] }',
    ])
      expect((await dashboard.send(`{ keyLoans(${args}) { totalCount } }`)).errors).toHaveLength(1);
    const sorted = await dashboard.send('{ keyLoans(orderBy: { field: LABEL }) { totalCount } }');
    expect(sorted.errors).toHaveLength(1);
  });
});
