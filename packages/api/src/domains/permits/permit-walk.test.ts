import { lifecycleFaults, moveFrom, rolesFor } from '@desk/schema';
import { permitDescriptor } from '@desk/schema/permits/descriptor';
import { permitLifecycle } from '@desk/schema/permits/lifecycle';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import {
  apply,
  collected,
  crew,
  departments,
  monday,
  type Permit,
  permitFields,
  signerOf,
  TickingClock,
} from './permits.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, new TickingClock(monday));
});
afterAll(() => world.close());

test('the life cycle has no state that nobody reaches or leaves, and every move has its people', () => {
  expect(lifecycleFaults(permitLifecycle)).toEqual([]);
  for (const { action } of permitLifecycle.moves)
    expect(rolesFor(permitDescriptor, action).size).toBeGreaterThan(0);
});

/** What a permit can do next, told without the code under test: only states, counts and who has signed. */
interface Model {
  status: string;
  charged: boolean;
  paid: boolean;
  signed: Set<string>;
  accepted: Set<string>;
}

const actions = [...new Set(permitLifecycle.moves.map((move) => move.action))];
type Step = { action: string; department: (typeof departments)[number] };
const step: fc.Arbitrary<Step> = fc.record({
  // Weighted towards the way forward, or no walk would come far.
  action: fc.oneof(
    { weight: 4, arbitrary: fc.constant('forward') },
    { weight: 2, arbitrary: fc.constantFrom(...actions) },
    { weight: 1, arbitrary: fc.constant('pay') },
  ),
  department: fc.constantFrom(...departments),
});

const forward: Record<string, string> = {
  APPLIED: 'startReview',
  REVIEWING: 'approve',
  CHANGES_REQUESTED: 'resubmit',
  APPROVED: 'chargeFees',
  ISSUED: 'requestCompletion',
  SUSPENDED: 'resume',
  RECTIFYING: 'requestCompletion',
  REVOKED: 'requestCompletion',
  COMPLETED: 'refund',
};

/** The most useful thing to do: also to pay and to sign where that is what is missing. */
function useful(model: Model, { action, department }: Step): Step {
  const next = (name: string, by: (typeof departments)[number] = department): Step => ({
    action: name,
    department: by,
  });
  if (action !== 'forward') return next(action);
  if (model.status === 'FEES_DUE') {
    if (!model.paid) return next('pay');
    const left = departments.find((one) => !model.signed.has(one));
    return left ? next('sign', left) : next('issue');
  }
  if (model.status === 'INSPECTING') {
    const left = departments.find((one) => !model.accepted.has(one));
    return left ? next('signCompletion', left) : next('complete');
  }
  return next(forward[model.status] ?? 'cancel');
}

/** The refusal that the rules ask for, or undefined when the move must be made; then the model moves too. */
function expected(model: Model, { action, department }: Step): string | undefined {
  const move = moveFrom(permitLifecycle, model.status as never, action as never);
  if (!move) return 'ILLEGAL_MOVE';
  if (action === 'chargeFees' && model.charged) return 'FEES_CHARGED';
  if (['sign', 'issue'].includes(action) && !model.paid) return 'FEES_UNPAID';
  if (action === 'sign' && model.signed.has(department)) return 'ALREADY_SIGNED';
  if (action === 'signCompletion' && model.accepted.has(department)) return 'ALREADY_SIGNED';
  if (action === 'issue' && model.signed.size < 3) return 'SIGNATURE_MISSING';
  if (action === 'complete' && model.accepted.size < 3) return 'SIGNATURE_MISSING';
  if (action === 'cancel' && model.paid) return 'FEE_PAID';
  if (action === 'chargeFees') model.charged = true;
  if (action === 'sign') model.signed.add(department);
  if (action === 'signCompletion') model.accepted.add(department);
  if (action === 'requestCompletion') model.accepted.clear();
  model.status = move.to;
  return undefined;
}

const inputs: Record<string, object> = {
  requestChanges: { comments: '修改' },
  approve: { comments: '可' },
  rectify: { comments: '整改' },
  chargeFees: { deposit: 1_000, rubbish: 100 },
  suspend: { reason: '停工' },
  revoke: { reason: '吊销' },
  cancel: { reason: '取消' },
  refund: { deduction: 300, method: 'CASH', reason: '划伤' },
};

/** What each of the crew signs for. */
const deskOf: Record<string, (typeof departments)[number]> = { engineer: 'ENGINEERING', guard: 'SECURITY' };

async function walk(org: TestOrganisation, people: Awaited<ReturnType<typeof crew>>, steps: readonly Step[]) {
  const { desk, engineer, cashier, manager, boss } = people;
  const who: Record<string, typeof desk> = {
    ...{ requestChanges: engineer, approve: engineer, rectify: engineer },
    ...{
      chargeFees: cashier,
      refund: cashier,
      extend: manager,
      revoke: manager,
      resume: manager,
      complete: boss,
    },
  };
  let permit: Permit = await apply(org);
  let lastDay = Date.UTC(2026, 3, 30);
  const model: Model = {
    status: 'APPLIED',
    charged: false,
    paid: false,
    signed: new Set(),
    accepted: new Set(),
  };
  for (const one of steps) {
    const { action, department } = useful(model, one);
    if (action === 'pay') {
      if (!model.charged || model.paid || model.status !== 'FEES_DUE') continue;
      await collected(cashier, permit.depositFee);
      await collected(cashier, permit.rubbishFee);
      model.paid = true;
      continue;
    }
    const signs = action === 'sign' || action === 'signCompletion';
    const by = signs ? signerOf(people, department) : (who[action] ?? desk);
    const refusal = expected(model, { action, department });
    if (action === 'extend') lastDay += 86_400_000;
    const input = {
      ...inputs[action],
      ...(signs && { department }),
      ...(action === 'extend' && { endsOn: new Date(lastDay).toISOString().slice(0, 10), reason: '延期' }),
    };
    const name = `renovationPermit${action[0]?.toUpperCase()}${action.slice(1)}`;
    const answer = await by.mutate(name, { id: permit.id, version: permit.version, ...input }, permitFields);
    const codes = answer.userErrors.map((error: { code: string }) => error.code);
    expect(codes, `${action} in ${permit.status}`).toEqual(refusal ? [refusal] : []);
    if (!refusal) permit = answer.renovationPermit;
    expect(permit.status).toBe(model.status);
    // The flag of the unit: set from the issue until the completion.
    const working = ['ISSUED', 'SUSPENDED', 'INSPECTING', 'RECTIFYING', 'REVOKED'].includes(permit.status);
    expect(permit.unit.underRenovation).toBe(working);
  }
}

test('on random walks the server makes exactly the moves that the rules allow, and names the rule that forbids', async () => {
  const org = await world.organisation();
  const people = await crew(org);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), (steps) => walk(org, people, steps)),
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);

test('what availableActions says and what the server does are the same, in every state on the way', async () => {
  const org = await world.organisation();
  const people = await crew(org);
  const way = Array.from({ length: 16 }, (): Step => ({ action: 'forward', department: 'SECURITY' }));
  let permit: Permit = await apply(org);
  const model: Model = {
    status: 'APPLIED',
    charged: false,
    paid: false,
    signed: new Set(),
    accepted: new Set(),
  };
  for (const one of way) {
    for (const [person, client] of Object.entries(people)) {
      const { renovationPermit } = await client.query(
        'query($id: ID!) { renovationPermit(id: $id) { availableActions { action allowed code } } }',
        { id: permit.id },
      );
      for (const state of renovationPermit.availableActions) {
        const mine = deskOf[person] ?? 'CUSTOMER_SERVICE';
        if (state.allowed) {
          const said = expected(structuredClone(model), { action: state.action, department: mine });
          expect(said, `${person} ${state.action} in ${permit.status}`).toBeUndefined();
          continue;
        }
        const name = `renovationPermit${state.action[0].toUpperCase()}${state.action.slice(1)}`;
        const signs = /^sign/.test(state.action);
        const input = {
          ...inputs[state.action],
          ...(signs && { department: mine }),
          ...(state.action === 'extend' && { endsOn: '2027-01-01', reason: '延期' }),
        };
        const answer = await client.mutate(
          name,
          { id: permit.id, version: permit.version, ...input },
          permitFields,
        );
        expect(answer.userErrors[0]?.code, `${person} ${state.action} in ${permit.status}`).toBe(state.code);
      }
    }
    const { action, department } = useful(model, one);
    if (action === 'pay') {
      await collected(people.cashier, permit.depositFee);
      await collected(people.cashier, permit.rubbishFee);
      model.paid = true;
      continue;
    }
    if (permit.status === 'CLOSED') break;
    expect(expected(model, { action, department })).toBeUndefined();
    const { engineer, cashier, boss, desk } = people;
    const by =
      { approve: engineer, chargeFees: cashier, refund: cashier, complete: boss }[action] ??
      (/^sign/.test(action) ? signerOf(people, department) : desk);
    const name = `renovationPermit${action[0]?.toUpperCase()}${action.slice(1)}`;
    const input = { ...inputs[action], ...(/^sign/.test(action) && { department }) };
    const answer = await by.mutate(name, { id: permit.id, version: permit.version, ...input }, permitFields);
    expect(answer.userErrors).toEqual([]);
    permit = answer.renovationPermit;
  }
  expect(permit.status).toBe('CLOSED');
}, 60_000);
