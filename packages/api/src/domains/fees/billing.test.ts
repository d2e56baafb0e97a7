import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approvedStandard, feeFields, flats, runFields } from '../../../test/fees/story.ts';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const march = { periodFrom: '2026-03-01', periodTo: '2026-03-31' };

const feesOfRun = async (org: TestOrganisation, id: string) =>
  (
    await org.admin.query(
      'query($id: ID!) { feeRun(id: $id) { fees(first: 100) { nodes { id version status amount outstanding unit { id } } } } }',
      { id },
    )
  ).feeRun.fees.nodes;

describe('billing runs (F-03)', () => {
  test('say what may be done to them also to somebody who may not see the building that they are for', async () => {
    const org = await world.organisation();
    const { building, community } = await flats(org, 1);
    const standard = await approvedStandard(org, community.id);
    const { feeRun } = await org.admin.mutate(
      'feeRun',
      { community: community.id, building: building.id, standard: standard.id, ...march },
      runFields,
    );
    const nowhere = await org.as('STEWARD', { community: community.id, buildings: [] });
    const { feeRun: seen } = await nowhere.query(
      'query($id: ID!) { feeRun(id: $id) { status availableActions { action allowed code } } }',
      { id: feeRun.id },
    );
    expect(seen.status).toBe('DRAFT');
    expect(seen.availableActions).toContainEqual({ action: 'issue', allowed: false, code: 'FORBIDDEN' });
  });

  test('compute one draft for each unit, and charge nothing until they are issued', async () => {
    const org = await world.organisation();
    const { building, community, units } = await flats(org, 3);
    await org.unit({ building: building.id, area: null as unknown as string });
    const standard = await approvedStandard(org, community.id);
    const { feeRun, userErrors } = await org.admin.mutate(
      'feeRun',
      { community: community.id, standard: standard.id, ...march },
      runFields,
    );
    expect(userErrors).toEqual([]);
    expect(feeRun).toMatchObject({
      status: 'DRAFT',
      created: 3,
      total: 75_000,
      skippedBilled: 0,
      skippedNoArea: 1,
      skippedAmount: 0,
      dueOn: '2026-03-31',
    });
    expect(await feesOfRun(org, feeRun.id)).toMatchObject(
      Array(3).fill({ status: 'DRAFT', amount: 25_000, outstanding: 0 }),
    );
    const issued = await org.admin.mutate(
      'feeRunIssue',
      { id: feeRun.id, version: feeRun.version },
      runFields,
    );
    expect(issued.feeRun.status).toBe('ISSUED');
    const fees = await feesOfRun(org, feeRun.id);
    expect(fees).toMatchObject(
      Array(3).fill({ status: 'ISSUED', version: 2, amount: 25_000, outstanding: 25_000 }),
    );
    const { unit, fee } = await org.admin.query(
      `query($unit: ID!, $fee: ID!) { unit(id: $unit) { balance arrears } ${feeFields.replace('fee {', 'fee(id: $fee) {').replace(/}$/, 'history { nodes { type actor { name } } } }')} }`,
      { unit: units[0]?.id, fee: fees[0].id },
    );
    expect(unit).toEqual({ balance: 25_000, arrears: 25_000 });
    expect(fee).toMatchObject({
      basis: 'AREA_MONTH',
      rate: '250.0000',
      area: '100.00',
      months: 1,
      days: 0,
      rounding: '0.000000',
      explanation: '100.00 m² × 250 × 1 = 25000',
    });
    expect(fee.history.nodes.map((entry: { type: string }) => entry.type).sort()).toEqual([
      'fee.created',
      'fee.issue',
    ]);
  });

  test('run twice, or 20 times at once, bill nothing twice', async () => {
    const org = await world.organisation();
    const { community } = await flats(org, 4);
    const standard = await approvedStandard(org, community.id);
    const input = { community: community.id, standard: standard.id, ...march };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => org.admin.mutate('feeRun', input, runFields)),
    );
    expect(answers.flatMap((answer) => answer.userErrors)).toEqual([]);
    expect(answers.map((answer) => answer.feeRun.created).sort()).toEqual([...Array(19).fill(0), 4]);
    expect(
      answers.filter((answer) => answer.feeRun.status === 'EMPTY' && answer.feeRun.skippedBilled === 4),
    ).toHaveLength(19);
    expect((await org.admin.query('{ fees { totalCount } }')).fees.totalCount).toBe(4);
    const overlapping = await org.admin.mutate('feeRun', { ...input, periodTo: '2026-04-30' }, runFields);
    expect(overlapping.feeRun).toMatchObject({ status: 'EMPTY', skippedBilled: 4 });
  });

  test('the database itself refuses a second fee of the same standard for the same days', async () => {
    const org = await world.organisation();
    const { community, units } = await flats(org, 1);
    const standard = await approvedStandard(org, community.id);
    await org.admin.mutate('feeRun', { community: community.id, standard: standard.id, ...march }, runFields);
    const copy = `insert into fee (organisation_id, id, version, created_at, updated_at, community_id, number, building_id, unit_id, standard_id, series_id, kind, status, period_from, period_to, due_on, amount, basis, area, rate, months, days, rounding)
      select organisation_id, uuidv7(), 1, created_at, updated_at, community_id, 'again', building_id, unit_id, standard_id, series_id, kind, status, '2026-03-31', '2026-04-30', due_on, amount, basis, area, rate, months, days, rounding from fee where unit_id = $1`;
    await expect(
      world.app.db.owner.query(copy, [world.app.uuidOf(units[0]?.id ?? '')]),
    ).rejects.toMatchObject({ constraint: 'fee_billed_once' });
  });

  test('a change of the rate in mid-period is pro-rated by days and leaves issued fees as they were (F-02)', async () => {
    const org = await world.organisation();
    const { community } = await flats(org, 1);
    const old = await approvedStandard(org, community.id);
    const first = await org.admin.mutate(
      'feeRun',
      { community: community.id, standard: old.id, periodFrom: '2026-01-01', periodTo: '2026-02-28' },
      runFields,
    );
    await org.admin.mutate('feeRunIssue', { id: first.feeRun.id, version: 1 }, runFields);
    const next = await approvedStandard(org, community.id, {
      rate: '310',
      effectiveFrom: '2026-03-11',
      supersedes: old.id,
    });
    const [before, after] = [
      await org.admin.mutate('feeRun', { community: community.id, standard: old.id, ...march }, runFields),
      await org.admin.mutate('feeRun', { community: community.id, standard: next.id, ...march }, runFields),
    ];
    expect(before.feeRun).toMatchObject({ periodFrom: '2026-03-01', periodTo: '2026-03-10', total: 8_065 }); // 100 × 250 × 10/31 = 8064.516…
    expect(after.feeRun).toMatchObject({ periodFrom: '2026-03-11', periodTo: '2026-03-31', total: 21_000 }); // 100 × 310 × 21/31
    expect(await feesOfRun(org, first.feeRun.id)).toMatchObject([{ status: 'ISSUED', amount: 50_000 }]);
    const beyond = await org.admin.mutate(
      'feeRun',
      { community: community.id, standard: next.id, periodFrom: '2026-01-01', periodTo: '2026-01-31' },
      runFields,
    );
    expect(beyond.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['periodFrom'] }]);
  });

  test('a discarded run frees its period; a voided fee is billed again', async () => {
    const org = await world.organisation();
    const { community } = await flats(org, 2);
    const standard = await approvedStandard(org, community.id);
    const input = { community: community.id, standard: standard.id, ...march };
    const { feeRun } = await org.admin.mutate('feeRun', input, runFields);
    const discarded = await org.admin.mutate(
      'feeRunDiscard',
      { id: feeRun.id, version: 1, reason: '单价有误' },
      runFields,
    );
    expect(discarded.feeRun.status).toBe('DISCARDED');
    const again = await org.admin.mutate('feeRun', input, runFields);
    expect(again.feeRun.created).toBe(2);
    const [fee] = await feesOfRun(org, again.feeRun.id);
    await org.admin.mutate('feeVoid', { id: fee.id, version: fee.version, reason: '空置减免' }, feeFields);
    await org.admin.mutate('feeRunIssue', { id: again.feeRun.id, version: 1 }, runFields);
    expect(
      (await feesOfRun(org, again.feeRun.id)).map((one: { status: string }) => one.status).sort(),
    ).toEqual(['ISSUED', 'VOIDED']);
    expect((await org.admin.mutate('feeRun', input, runFields)).feeRun).toMatchObject({
      created: 1,
      skippedBilled: 1,
    });
  });

  test('can be limited to a building, and refuse what does not belong together', async () => {
    const org = await world.organisation();
    const { community, building } = await flats(org, 1);
    const elsewhere = await flats(org, 1);
    const other = await org.building({ community: community.id });
    await org.unit({ building: other.id });
    const standard = await approvedStandard(org, community.id);
    const input = { community: community.id, standard: standard.id, ...march };
    expect(
      (await org.admin.mutate('feeRun', { ...input, building: building.id }, runFields)).feeRun.created,
    ).toBe(1);
    expect(
      (await org.admin.mutate('feeRun', { ...input, building: elsewhere.building.id }, runFields)).userErrors,
    ).toMatchObject([{ code: 'NOT_FOUND', field: ['building'] }]);
    expect(
      (await org.admin.mutate('feeRun', { ...input, community: elsewhere.community.id }, runFields))
        .userErrors,
    ).toMatchObject([{ code: 'NOT_FOUND', field: ['standard'] }]);
    expect(
      (await org.admin.mutate('feeRun', { ...input, periodTo: '2026-02-28' }, runFields)).userErrors,
    ).toMatchObject([{ code: 'VALIDATION', field: ['periodTo'] }]);
    expect(
      (await org.admin.mutate('feeRun', { ...input, periodTo: '2036-02-28' }, runFields)).userErrors,
    ).toMatchObject([{ code: 'VALIDATION', field: ['periodTo'] }]);
    const draft = await org.admin.mutate(
      'chargeStandardCreate',
      {
        community: community.id,
        kind: 'PARKING',
        name: '车位费',
        basis: 'UNIT_MONTH',
        rate: '30000',
        effectiveFrom: '2026-01-01',
      },
      'chargeStandard { id }',
    );
    expect(
      (await org.admin.mutate('feeRun', { ...input, standard: draft.chargeStandard.id }, runFields))
        .userErrors,
    ).toMatchObject([{ code: 'STANDARD_NOT_APPROVED', rule: 'F-02' }]);
  });

  test('skip what rounds to nothing or exceeds all limits, and say so', async () => {
    const org = await world.organisation();
    const { community } = await flats(org, 2);
    const tiny = await approvedStandard(org, community.id, { rate: '0.0001' });
    expect(
      (await org.admin.mutate('feeRun', { community: community.id, standard: tiny.id, ...march }, runFields))
        .feeRun,
    ).toMatchObject({ status: 'EMPTY', skippedAmount: 2 });
    const huge = await approvedStandard(org, community.id, { rate: '10000000000' });
    const answer = await org.admin.mutate(
      'feeRun',
      { community: community.id, standard: huge.id, periodFrom: '2026-01-01', periodTo: '2026-12-31' },
      runFields,
    );
    expect(answer.feeRun).toMatchObject({ status: 'EMPTY', skippedAmount: 2 });
  });

  test('need a manager or finance to be issued, and are out of reach of another community', async () => {
    const org = await world.organisation();
    const { community } = await flats(org, 1);
    const standard = await approvedStandard(org, community.id);
    const cashier = await org.as('CASHIER', { community: community.id });
    const stranger = await org.as('FINANCE', { community: (await org.community()).id });
    const input = { community: community.id, standard: standard.id, ...march };
    expect((await stranger.mutate('feeRun', input, runFields)).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['community'] },
    ]);
    const { feeRun } = await cashier.mutate('feeRun', input, runFields);
    expect(
      (await cashier.mutate('feeRunIssue', { id: feeRun.id, version: 1 }, runFields)).userErrors[0].code,
    ).toBe('FORBIDDEN');
    expect(
      (await stranger.mutate('feeRunIssue', { id: feeRun.id, version: 1 }, runFields)).userErrors[0].code,
    ).toBe('NOT_FOUND');
    await org.admin.mutate('feeRunIssue', { id: feeRun.id, version: 1 }, runFields);
    const en = await org.as('FINANCE', { locale: 'en' });
    expect(
      (await en.mutate('feeRunDiscard', { id: feeRun.id, version: 2 }, runFields)).userErrors,
    ).toMatchObject([
      { code: 'ILLEGAL_MOVE', rule: 'F-03', message: 'In state "Issued" it is not possible to "Discard".' },
    ]);
  });

  test('a single charge by a standard cannot bill what a run has billed', async () => {
    const org = await world.organisation();
    const { community, units } = await flats(org, 1);
    const standard = await approvedStandard(org, community.id);
    await org.admin.mutate('feeRun', { community: community.id, standard: standard.id, ...march }, runFields);
    const input = { unit: units[0]?.id, standard: standard.id, dueOn: '2026-04-30' };
    const again = await org.admin.mutate(
      'feeCreate',
      { ...input, periodFrom: '2026-03-20', periodTo: '2026-04-10' },
      feeFields,
    );
    expect(again.userErrors).toMatchObject([{ code: 'ALREADY_BILLED', rule: 'F-03' }]);
    const part = await org.admin.mutate(
      'feeCreate',
      { ...input, periodFrom: '2026-04-01', periodTo: '2026-04-10' },
      feeFields,
    );
    expect(part.fee).toMatchObject({
      kind: 'MANAGEMENT',
      amount: 8_333,
      months: 0,
      days: 10,
      explanation: '100.00 m² × 250 × 10/30 = 8333.333333 → 8333',
    });
  });
});
