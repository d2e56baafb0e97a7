import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import {
  apply,
  crew,
  did,
  house,
  monday,
  permitFields,
  refused,
  TickingClock,
  walkTo,
  works,
} from './permits.seed.ts';

const clock = new TickingClock(monday);
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());
beforeEach(() => clock.set(monday));

describe('an application', () => {
  test('comes from the owner, or from somebody with a written commission (R-01)', async () => {
    const org = await world.organisation();
    const { unit, owner, tenant } = await house(org);
    const desk = await org.as('FRONT_DESK', { locale: 'en' });
    const create = (fields: object) =>
      desk.mutate('renovationPermitCreate', { unit: unit.id, ...works, ...fields }, permitFields);
    const commission = {
      code: 'PAPERS_MISSING',
      field: ['papers'],
      rule: 'R-01',
      message: "Papers are missing: Owner's application or written commission.",
    };
    expect(await create({ applicant: tenant.id })).toMatchObject({
      renovationPermit: null,
      userErrors: [commission],
    });
    expect((await create({ applicantName: '某人' })).userErrors).toMatchObject([commission]);
    expect((await create({ papers: ['OWNER_CONSENT'] })).userErrors).toMatchObject([
      { code: 'REQUIRED', field: ['applicantName'] },
    ]);
    const commissioned = await create({ applicant: tenant.id, papers: ['OWNER_CONSENT'] });
    expect(commissioned).toMatchObject({ renovationPermit: { applicantName: tenant.name }, userErrors: [] });
    const withdrawn = await refused(desk, 'Update', commissioned.renovationPermit, { papers: [] });
    expect(withdrawn).toMatchObject({ code: 'PAPERS_MISSING' });
    const owned = await did(desk, 'Update', commissioned.renovationPermit, {
      applicant: owner.id,
      papers: [],
    });
    expect(owned).toMatchObject({ applicantName: owner.name });
  });

  test('of a resident of another community is refused', async () => {
    const org = await world.organisation();
    const [here, there] = [await house(org), await house(org)];
    const { userErrors } = await org.admin.mutate(
      'renovationPermitCreate',
      { unit: here.unit.id, applicant: there.owner.id, ...works, papers: ['OWNER_CONSENT'] },
      permitFields,
    );
    expect(userErrors).toMatchObject([{ code: 'PLACE_MISMATCH', field: ['applicant'] }]);
  });

  test('with wrong input is refused field by field', async () => {
    const org = await world.organisation();
    const { unit, owner } = await house(org);
    const create = (fields: object) =>
      org.admin.mutate(
        'renovationPermitCreate',
        { unit: unit.id, applicant: owner.id, ...works, ...fields },
        permitFields,
      );
    const wrong = await create({ contractorName: ' ', scope: '', contractorGrade: 0 });
    expect(wrong.userErrors.map((error: { field: string[] }) => error.field[0]).sort()).toEqual([
      'contractorGrade',
      'contractorName',
      'scope',
    ]);
    expect((await create({ endsOn: '2026-03-08' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['endsOn'] },
    ]);
  });

  test('is one at a time for a unit, also when 50 come in at once; closed ones do not count', async () => {
    const org = await world.organisation();
    const { unit, owner } = await house(org);
    const create = () =>
      org.admin.mutate(
        'renovationPermitCreate',
        { unit: unit.id, applicant: owner.id, ...works },
        permitFields,
      );
    const answers = await Promise.all(Array.from({ length: 50 }, create));
    const [made] = answers.filter((answer) => answer.userErrors.length === 0);
    expect(
      answers.flatMap((answer) => answer.userErrors.map((error: { code: string }) => error.code)),
    ).toEqual(Array(49).fill('PERMIT_OPEN'));
    await did(org.admin, 'Cancel', made.renovationPermit, { reason: '业主改期' });
    expect((await create()).userErrors).toEqual([]);
    const second = world.app.db.owner.query(
      `insert into renovation_permit select (p).* from (select jsonb_populate_record(r, jsonb_build_object('id', uuidv7(), 'number', 'X')) p
       from renovation_permit r where r.unit_id = $1 and r.status = 'APPLIED') x`,
      [world.app.uuidOf(unit.id)],
    );
    await expect(second).rejects.toMatchObject({ constraint: 'permit_one_open' });
  });

  test('gets the next number of the community’s day, without gap or repetition under 30 at once', async () => {
    const org = await world.organisation();
    const { unit } = await house(org);
    const homes = await Promise.all(
      Array.from({ length: 30 }, () => org.unit({ building: unit.building.id })),
    );
    const answers = await Promise.all(
      homes.map(({ id }) =>
        org.admin.mutate(
          'renovationPermitCreate',
          { unit: id, applicantName: '业主', papers: ['OWNER_CONSENT'], ...works },
          'renovationPermit { number }',
        ),
      ),
    );
    const numbers = answers.map((answer) => answer.renovationPermit.number).sort();
    expect(numbers).toEqual(homes.map((_, index) => `ZX-20260302-${String(index + 1).padStart(4, '0')}`));
  });

  test('needs the fire authority’s receipt above 200 m², not at 200 m² (R-02)', async () => {
    const org = await world.organisation();
    for (const [area, missing] of [
      ['200.00', []],
      ['200.01', ['FIRE_RECEIPT']],
    ] as const) {
      const { unit, owner } = await house(org, { area });
      const permit = await apply(org, { unit: unit.id, applicant: owner.id });
      expect(permit).toMatchObject({ missingPapers: missing });
    }
  });
});

describe('reading', () => {
  test('a permit expires after its last day in the community’s zone (R-05)', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const applied = await apply(org, { startsOn: '2026-03-02', endsOn: '2026-03-03' });
    const permit = await walkTo(people, applied, 'ISSUED');
    const expired = async () =>
      (
        await people.desk.query('query($id: ID!) { renovationPermit(id: $id) { expired } }', {
          id: permit.id,
        })
      ).renovationPermit.expired;
    clock.set('2026-03-03T15:59:00Z'); // 23:59 in Shanghai
    expect(await expired()).toBe(false);
    clock.set('2026-03-03T16:00:00Z');
    expect(await expired()).toBe(true);
    const shorter = await refused(people.manager, 'Extend', permit, {
      endsOn: '2026-03-03',
      reason: '未完工',
    });
    expect(shorter).toMatchObject({ code: 'VALIDATION', field: ['endsOn'], rule: 'R-05' });
    expect(
      await refused(people.desk, 'Extend', permit, { endsOn: '2026-03-20', reason: '未完工' }),
    ).toMatchObject({ code: 'FORBIDDEN' });
    const extended = await did(people.manager, 'Extend', permit, { endsOn: '2026-03-20', reason: '未完工' });
    expect(extended).toMatchObject({ status: 'ISSUED', endsOn: '2026-03-20', expired: false });
  });

  test('a permit is found by number, contractor and unit, also after the building was renamed', async () => {
    const org = await world.organisation();
    const building = await org.building({ name: '旧名' });
    const { unit, owner } = await house(org, { building: building.id });
    await apply(org, { unit: unit.id, applicant: owner.id });
    const count = async (search: string) =>
      (
        await org.admin.query(
          'query($s: String!) { renovationPermits(filter: { search: $s }) { totalCount } }',
          { s: search },
        )
      ).renovationPermits.totalCount;
    expect([
      await count('旧名'),
      await count('宏达'),
      await count('zx-20260302-0001'),
      await count('新名'),
    ]).toEqual([1, 1, 1, 0]);
    const renamed = await org.admin.mutate(
      'buildingUpdate',
      { id: building.id, version: 1, name: '新名' },
      'building { name }',
    );
    expect(renamed.userErrors).toEqual([]);
    expect([await count('旧名'), await count('新名')]).toEqual([0, 1]);
  });

  test('a dashboard counts permits by state, but sees no applicant', async () => {
    const org = await world.organisation();
    await apply(org);
    const dashboard = await org.as('DASHBOARD');
    const { renovationPermits } = await dashboard.query(
      '{ renovationPermits { totalCount nodes { status expired missingPapers } } }',
    );
    expect(renovationPermits).toMatchObject({ totalCount: 1, nodes: [{ status: 'APPLIED' }] });
    for (const field of ['applicantName', 'applicant { id }', 'signatures { totalCount }'])
      expect((await dashboard.send(`{ renovationPermits { nodes { ${field} } } }`)).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
  });

  test('many permits cost as many statements as one: state, gates and computed fields come in batches', async () => {
    const org = await world.organisation();
    const { unit } = await house(org);
    const document = `{ renovationPermits { nodes { expired missingPapers availableActions { action allowed } depositFee { held } signatures { totalCount } } } }`;
    await apply(org, {
      unit: (await org.unit({ building: unit.building.id })).id,
      applicant: null,
      applicantName: '甲',
    });
    const count = async () => {
      const before = world.app.db.statements();
      await org.admin.query(document);
      return world.app.db.statements() - before;
    };
    const one = await count();
    for (let n = 0; n < 5; n += 1)
      await apply(org, {
        unit: (await org.unit({ building: unit.building.id })).id,
        applicant: null,
        applicantName: '乙',
      });
    expect(await count()).toBe(one);
  });
});
