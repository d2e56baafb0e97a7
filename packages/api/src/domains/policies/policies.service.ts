import { say } from '@desk/schema';
import { policyInput } from '@desk/schema/policies/limits';
import { handbookNumbers, policyNumbers, stepOutOfOrder } from '@desk/schema/policies/numbers';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Community } from '../units/index.ts';
import { Calendar } from './calendar.entity.ts';
import type { PolicyCreateInput, PolicyUpdateInput } from './policies.inputs.ts';
import { numbersOf, Policy } from './policy.entity.ts';

/** A new version (handbook P-1): what it does not name is as in the version that it follows. */
export async function createPolicy(tx: Tx, input: PolicyCreateInput): Promise<Policy> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(Policy, 'create', { communityId: community.id });
  const { effectiveFrom, note, ...numbers } = tx.check(policyInput, input);
  const from = effectiveFrom === undefined ? tx.now : await notInPast(tx, effectiveFrom);
  const before = await tx.em.findOneOrFail(
    Policy,
    { community, effectiveFrom: { $lte: from } },
    { orderBy: { effectiveFrom: 'DESC' } },
  );
  const calendar = input.calendar ? await findCalendar(tx, input.calendar, community) : before.calendar;
  const layers = [{ ...handbookNumbers }, numbersOf(before), { ...numbers }] as Partial<Policy>[];
  return inOrder(
    tx.create(Policy, ...layers, { community, calendar, effectiveFrom: from, note: note ?? null }),
  );
}

/** Plans may change; what is in effect stays (handbook P-1). */
export async function updatePolicy(tx: Tx, input: PolicyUpdateInput): Promise<Policy> {
  const policy = await tx.change(Policy, input, 'update');
  if (policy.effectiveFrom <= tx.now) refuse('POLICY_FIXED');
  const { effectiveFrom, ...changes } = tx.check(policyInput, input);
  if (effectiveFrom !== undefined) policy.effectiveFrom = await notInPast(tx, effectiveFrom);
  if (input.calendar) policy.calendar = await findCalendar(tx, input.calendar, policy.community);
  return inOrder(tx.assign(policy, changes as Partial<Policy>));
}

/** Steps follow each other: nobody is visited before he was called (handbook F-07, K-4). */
function inOrder(policy: Policy): Policy {
  const fault = stepOutOfOrder(numbersOf(policy));
  if (!fault) return policy;
  const [earlier, later] = fault;
  throw new Refusal('POLICY_STEPS', {
    field: [later],
    rule: policyNumbers[later].rule,
    values: (locale) => ({
      earlier: say(policyNumbers[earlier].label, locale),
      later: say(policyNumbers[later].label, locale),
    }),
  });
}

async function notInPast(tx: Tx, instant: string): Promise<Date> {
  const at = new Date(instant);
  if (at < tx.now) refuse('EFFECTIVE_IN_PAST', { field: ['effectiveFrom'] });
  return at;
}

async function findCalendar(tx: Tx, id: string, community: Community): Promise<Calendar> {
  const calendar = await tx.get(Calendar, id, 'calendar');
  if (calendar.community.id !== community.id) refuse('NOT_FOUND', { field: ['calendar'] });
  return calendar;
}
