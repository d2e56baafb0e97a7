import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import {
  apply,
  crew,
  did,
  house,
  monday,
  ordinaryPapers,
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

describe('rights', () => {
  test('a permit of another organisation looks exactly like a missing one, whatever is tried', async () => {
    const [ours, theirs] = [await world.organisation(), await world.organisation()];
    const permit = await apply(theirs);
    const people = await crew(ours);
    const missing = { code: 'NOT_FOUND', field: ['id'] };
    expect(await refused(people.desk, 'StartReview', permit)).toMatchObject(missing);
    expect(await refused(people.desk, 'Update', permit, { scope: 'x' })).toMatchObject(missing);
    expect(await refused(people.desk, 'Cancel', permit, { reason: 'x' })).toMatchObject(missing);
    expect(await refused(people.engineer, 'Sign', permit, { department: 'ENGINEERING' })).toMatchObject(
      missing,
    );
    expect(await refused(people.cashier, 'Refund', permit, { deduction: 0, method: 'CASH' })).toMatchObject(
      missing,
    );
    const data = await people.desk.query(
      'query($id: ID!) { renovationPermit(id: $id) { id } node(id: $id) { id } renovationPermits { totalCount } }',
      { id: permit.id },
    );
    expect(data).toEqual({ renovationPermit: null, node: null, renovationPermits: { totalCount: 0 } });
    const here = await house(ours);
    for (const [fields, field] of [
      [{ unit: permit.unit.id, applicant: here.owner.id }, 'unit'],
      [{ unit: here.unit.id, applicant: (await house(theirs)).owner.id }, 'applicant'],
    ] as const) {
      const answer = await people.desk.mutate(
        'renovationPermitCreate',
        { ...works, ...fields },
        permitFields,
      );
      expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: [field] }]);
    }
  });

  test('a steward moves and signs permits of his buildings only', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    const [mine, other] = [await house(org), await house(org)];
    const place = { community: mine.unit.community.id, buildings: [mine.unit.building.id] };
    const steward = await org.as('STEWARD', place);
    const seen = await walkTo(
      people,
      await apply(org, { unit: mine.unit.id, applicant: mine.owner.id }),
      'PAID',
    );
    const hidden = await walkTo(
      people,
      await apply(org, { unit: other.unit.id, applicant: other.owner.id }),
      'PAID',
    );
    const department = 'CUSTOMER_SERVICE';
    expect(await refused(steward, 'Sign', hidden, { department })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await did(steward, 'Sign', seen, { department })).toMatchObject({ status: 'FEES_DUE' });
    const { renovationPermits } = await steward.query('{ renovationPermits { nodes { id } } }');
    expect(renovationPermits.nodes).toEqual([{ id: seen.id }]);
  });

  test('what may not be done now says why: role, state, and what is missing', async () => {
    const org = await world.organisation();
    const permit = await apply(org, { papers: ordinaryPapers.slice(1) });
    const desk = await org.as('FRONT_DESK', { locale: 'en' });
    const { renovationPermit } = await desk.query(
      'query($id: ID!) { renovationPermit(id: $id) { availableActions { action allowed code reason rule } } }',
      { id: permit.id },
    );
    const actions = Object.fromEntries(
      renovationPermit.availableActions.map((one: { action: string }) => [one.action, one]),
    );
    expect(actions).toMatchObject({
      startReview: {
        allowed: false,
        code: 'PAPERS_MISSING',
        reason: "Papers are missing: Owner's application or written commission.",
      },
      approve: { allowed: false, code: 'FORBIDDEN', rule: 'P-3' },
      issue: {
        allowed: false,
        code: 'ILLEGAL_MOVE',
        reason: 'In state "Applied" it is not possible to "Issue".',
      },
      cancel: { allowed: true, code: null },
    });
  });
});
