import { afterAll, beforeAll, expect, test } from 'vitest';
import { dweller, exchange } from '../../../test/harness/people.ts';
import { type Client, startWorld, unique, type World } from '../../../test/harness/world.ts';
import { report } from './calls.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** A clerk on the phone with the number of a resident; somebody else may be speaking. */
async function onThePhone() {
  const org = await world.organisation();
  const unit = await org.unit();
  const community = unit.community.id;
  const neighbour = await dweller(org, { community, unit: unit.id, name: '单雄信', phone: '13800001111' });
  const clerk = await org.as('FRONT_DESK');
  const pbx = await exchange(world, org);
  const call = { community, exchangeId: unique('x') };
  await report(pbx, 'Ring', { ...call, phone: '13800001111' });
  const { callRecord } = await report(clerk, 'Answer', call);
  expect(callRecord.resident).toEqual({ id: neighbour.id });
  return { org, unit, neighbour, clerk, pbx, call, at: callRecord };
}

const seen = 'callRecord { id version outsider resident { id } unit { id } candidates { id } }';
const update = (by: Client, { id, version }: { id: string; version: number }, more: object) =>
  by.mutate('callRecordUpdate', { id, version, ...more }, seen);
const unmask = (by: Client, id: string) =>
  by.mutate('residentUnmask', { id, fields: ['PHONE'], reason: '核对上门身份' }, 'unmasked { phone }');
const told = { code: 'OUTSIDE_CALLER', rule: 'U-4' };

test('an outside caller is nobody’s file: no resident is tied to the call or offered for it (U-4)', async () => {
  const { clerk, at, neighbour } = await onThePhone();
  const both = await update(clerk, at, { outsider: true, resident: neighbour.id });
  expect(both.userErrors).toMatchObject([{ ...told, field: ['resident'] }]);
  const { callRecord: outside } = await update(clerk, at, { outsider: true });
  expect(outside).toMatchObject({ outsider: true, resident: null, unit: null, candidates: [] });
  const again = await update(clerk, outside, { resident: neighbour.id });
  expect(again.userErrors).toMatchObject([
    { ...told, message: '外来人员来电：只可告知房号，其他信息一律保密。' },
  ]);
  const { callRecord: taken } = await update(clerk, outside, { outsider: false, resident: neighbour.id });
  expect(taken).toMatchObject({ outsider: false, resident: { id: neighbour.id } });
});

test('while it lasts whoever is on the phone unmasks nothing, neither of residents nor of tickets; others do, and he does afterwards (U-4)', async () => {
  const { org, clerk, pbx, call, at, neighbour, unit } = await onThePhone();
  const filed = { unit: unit.id, kind: 'HELP', title: '开锁', reporterPhone: '13800001111' };
  const { ticket } = await org.admin.mutate('ticketCreate', filed, 'ticket { id }');
  const colleague = await org.as('FRONT_DESK');
  expect((await unmask(clerk, neighbour.id)).userErrors).toEqual([]);
  await update(clerk, at, { outsider: true });
  expect((await unmask(clerk, neighbour.id)).userErrors).toMatchObject([told]);
  const look = { id: ticket.id, reason: '核对上门身份' };
  const phone = await clerk.mutate('ticketUnmask', look, 'reporterPhone');
  expect(phone).toMatchObject({ reporterPhone: null, userErrors: [told] });
  expect((await unmask(colleague, neighbour.id)).userErrors).toEqual([]);
  await report(pbx, 'End', call);
  expect((await unmask(clerk, neighbour.id)).userErrors).toEqual([]);
});

test('a room number is told for a whole name, to the desk, and it stays on record who was asked for (U-4, P-6)', async () => {
  const { org, clerk, at, unit } = await onThePhone();
  const ask = (by: Client, name: string) =>
    by.mutate('callRecordTellRoom', { id: at.id, name }, 'rooms callRecord { id }');
  const { fullName } = (
    await org.admin.query('query($id: ID!) { unit(id: $id) { fullName } }', { id: unit.id })
  ).unit;
  expect(await ask(clerk, ' 单雄信 ')).toEqual({
    rooms: [fullName],
    callRecord: { id: at.id },
    userErrors: [],
  });
  for (const name of ['单', '单雄', '%', '程咬金']) expect((await ask(clerk, name)).rooms).toEqual([]);
  expect((await ask(clerk, ' ')).userErrors).toMatchObject([{ code: 'VALIDATION', field: ['name'] }]);
  const gone = await org.as('SECURITY');
  expect((await ask(gone, '单雄信')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const lines =
    'query($id: ID!) { callRecord(id: $id) { history(first: 20) { nodes { type reason actor { name } } } } }';
  const { history } = (await clerk.query(lines, { id: at.id })).callRecord;
  expect(history.nodes.filter(({ type }: { type: string }) => type === 'callRecord.tellRoom')).toHaveLength(
    5,
  );
  expect(history.nodes.at(0).reason).toBe('程咬金');
});
