import { grants } from '@desk/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { card, clear, home, records, unmask } from './residents.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

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
    const entries = await records(world, 'resident.unmask', resident.id);
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
    expect(await records(world, 'resident.unmask', resident.id)).toEqual([]);
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
    expect(await records(world, 'resident.unmask', resident.id)).toHaveLength(1);
    const { rows } = await world.app.db.owner.query(
      `select response::text from idempotency_key where key = 'once'`,
    );
    expect(JSON.stringify(rows)).not.toContain(clear.phone);
  });
});
