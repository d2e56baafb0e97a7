import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
test('smoke', async () => {
  const org = await world.organisation();
  const unit = await org.unit();
  const fee = await org.admin.mutate(
    'feeCreate',
    { unit: unit.id, kind: 'PENALTY', amount: 5000, dueOn: '2026-01-01' },
    'fee { id version number amount status outstanding explanation }',
  );
  console.log(JSON.stringify(fee));
  const issued = await org.admin.mutate(
    'feeIssue',
    { id: fee.fee.id, version: 1 },
    'fee { id version number amount status outstanding }',
  );
  console.log(JSON.stringify(issued));
  const paid = await org.admin.mutate(
    'paymentCreate',
    { unit: unit.id, method: 'CASH', amount: 6000 },
    'payment { id version receiptNumber allocations { nodes { amount kind fee { status outstanding paid } } } unit { balance arrears prepaid } history { nodes { type changes { field from to } } } }',
  );
  console.log(JSON.stringify(paid, null, 1));
});
