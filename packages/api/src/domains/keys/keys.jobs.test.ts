import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';
import { keyOf, loanFields, morning, staffLoan } from './keys.seed.ts';

const clock = new TestClock(morning);
const at = (time: string) => clock.set(`2026-03-02T${time}+08:00`);
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());
beforeEach(() => clock.set(morning));

const run = () => world.runJob('keyLoan.overdue');

async function lent(org: TestOrganisation, fields: object = {}) {
  const { copy } = await keyOf(org);
  const { keyLoan } = await org.admin.mutate('keyLoanCreate', { ...staffLoan, copy, ...fields }, loanFields);
  return { id: keyLoan.id as string, version: keyLoan.version as number };
}

async function stepOf(org: TestOrganisation, { id }: { id: string }) {
  const { keyLoan } = await org.admin.query(
    `query($id: ID!) { keyLoan(id: $id) { version overdueStep
       history(first: 20) { nodes { type reason actor { kind } changes { field from to } } } } }`,
    { id },
  );
  const told = keyLoan.history.nodes.filter(({ type }: { type: string }) => type === 'keyLoan.escalate');
  return { version: keyLoan.version, step: keyLoan.overdueStep, told };
}

test('a staff key that is not back at 17:50 is told to the borrower, the steward, then the supervisor, each once (K-3, K-4)', async () => {
  const org = await world.organisation();
  const loan = await lent(org);
  at('17:49:59');
  expect(await run()).toBe(0);
  at('17:50:00');
  await Promise.all([run(), run(), run()]);
  expect(await stepOf(org, loan)).toMatchObject({
    step: 'REMINDED',
    told: [
      {
        reason: 'keyLoan.overdue',
        actor: { kind: 'SYSTEM' },
        changes: [{ field: 'overdueStep', from: 'NONE', to: 'REMINDED' }],
      },
    ],
  });
  at('18:19:59');
  await run();
  expect((await stepOf(org, loan)).told).toHaveLength(1);
  at('18:20:00');
  await run();
  at('19:50:00');
  await run();
  await run();
  const { step, told } = await stepOf(org, loan);
  expect(step).toBe('SUPERVISOR');
  expect(told.map(({ changes }: { changes: { to: string }[] }) => changes[0]?.to)).toEqual([
    'SUPERVISOR',
    'STEWARD',
    'REMINDED',
  ]);
});

test('after a night without a process only the step that is reached is told (K-4)', async () => {
  const org = await world.organisation();
  const loan = await lent(org);
  at('23:00:00');
  await run();
  expect(await stepOf(org, loan)).toMatchObject({
    step: 'SUPERVISOR',
    told: [{ changes: [{ from: 'NONE', to: 'SUPERVISOR' }] }],
  });
});

test('the reminder refuses nobody: a return with the version from before it succeeds, and ends it (K-3)', async () => {
  const org = await world.organisation();
  const [loan, other] = [await lent(org), await lent(org)];
  at('17:50:00');
  await run();
  const { userErrors } = await org.admin.mutate('keyLoanReturn', loan, 'keyLoan { status }');
  expect(userErrors).toEqual([]);
  at('18:30:00');
  await run();
  expect((await stepOf(org, loan)).step).toBe('REMINDED');
  expect((await stepOf(org, other)).step).toBe('STEWARD');
});

test('an extension begins anew (K-4)', async () => {
  const org = await world.organisation();
  const loan = await lent(org);
  at('18:20:00');
  await run();
  const extension = { ...loan, dueAt: '2026-03-03T10:00:00+08:00', reason: '维修未完' };
  await org.admin.mutate('keyLoanExtend', extension, 'keyLoan { id }');
  expect((await stepOf(org, loan)).step).toBe('NONE');
  await run();
  expect((await stepOf(org, loan)).step).toBe('NONE');
  clock.set('2026-03-03T10:00:00+08:00');
  await run();
  expect((await stepOf(org, loan)).step).toBe('REMINDED');
});

test('overdue loans are found by how far they have escalated', async () => {
  const org = await world.organisation();
  const loan = await lent(org);
  await lent(org, { dueAt: '2026-03-02T20:00:00+08:00' });
  at('17:51:00');
  await run();
  const { keyLoans } = await org.admin.query(
    '{ keyLoans(filter: { overdueStep: { eq: REMINDED } }) { nodes { id } } }',
  );
  expect(keyLoans.nodes).toEqual([{ id: loan.id }]);
});
