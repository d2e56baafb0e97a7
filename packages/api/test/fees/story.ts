import { expect } from 'vitest';
import type { Client, TestOrganisation, World } from '../harness/world.ts';

/** What tests of the desk tell over and over, in one line each. */
export const feeFields =
  'fee { id version number kind status amount paid outstanding held dueOn periodFrom periodTo basis rate area months days rounding explanation }';
export const paymentFields =
  'payment { id version number receiptNumber status amount refunded allocations { nodes { kind amount fee { id } } } }';
export const standardFields = 'chargeStandard { id version status rate effectiveFrom effectiveTo }';
export const runFields =
  'feeRun { id version number status created total skippedBilled skippedNoArea skippedAmount periodFrom periodTo dueOn }';

export interface Ref {
  id: string;
  version: number;
}

/** An issued fee of a unit. */
export async function issuedFee(
  by: Client,
  unit: Ref,
  fields: object = {},
): Promise<Ref & { number: string }> {
  const draft = await by.mutate(
    'feeCreate',
    { unit: unit.id, kind: 'MANAGEMENT', amount: 10_000, dueOn: '2026-01-31', ...fields },
    feeFields,
  );
  if (draft.userErrors.length > 0) throw new Error(JSON.stringify(draft.userErrors));
  return (await by.mutate('feeIssue', { id: draft.fee.id, version: draft.fee.version }, feeFields)).fee;
}

/** An approved standard: ¥2.50 per m² and month unless told otherwise. */
export async function approvedStandard(
  org: TestOrganisation,
  community: string,
  fields: object = {},
): Promise<Ref> {
  const draft = await org.admin.mutate(
    'chargeStandardCreate',
    {
      community,
      kind: 'MANAGEMENT',
      name: '住宅物业费',
      basis: 'AREA_MONTH',
      rate: '250',
      effectiveFrom: '2026-01-01',
      ...fields,
    },
    standardFields,
  );
  if (draft.userErrors.length > 0) throw new Error(JSON.stringify(draft.userErrors));
  const { id, version } = draft.chargeStandard;
  return (await org.admin.mutate('chargeStandardApprove', { id, version }, standardFields)).chargeStandard;
}

export const pay = (by: Client, unit: Ref, amount: number, fields: object = {}) =>
  by.mutate('paymentCreate', { unit: unit.id, method: 'CASH', amount, ...fields }, paymentFields);

export const feeOf = async (by: Client, id: string) =>
  (await by.query(`query($id: ID!) { ${feeFields.replace('fee {', 'fee(id: $id) {')} }`, { id })).fee;

export const accountOf = async (by: Client, unit: Ref) =>
  (
    await by.query('query($id: ID!) { unit(id: $id) { balance arrears prepaid depositsHeld } }', {
      id: unit.id,
    })
  ).unit;

/** Everything that must always hold, computed from the bare rows. */
export async function audit(world: World, org: TestOrganisation): Promise<number> {
  const sql = async (text: string) => (await world.app.db.owner.query(text, [org.uuid])).rows;
  const [books] = await sql(
    'select coalesce(sum(amount), 0)::text as total, count(*)::int as postings from ledger_posting where organisation_id = $1',
  );
  expect(books.total).toBe('0');
  const lame = await sql(
    'select entry_id from ledger_posting where organisation_id = $1 group by entry_id having sum(amount) <> 0 or count(*) < 2',
  );
  expect(lame).toEqual([]);
  const serials = await sql(
    'select community_id, array_agg(serial order by serial) as serials from receipt where organisation_id = $1 group by community_id',
  );
  for (const { serials: found } of serials)
    expect(found).toEqual(found.map((_: number, index: number) => index + 1));
  return books.postings as number;
}

/** A community with a building of `count` flats of 100 m². */
export async function flats(org: TestOrganisation, count: number) {
  const building = await org.building();
  const units = [];
  for (let n = 0; n < count; n += 1) units.push(await org.unit({ building: building.id, area: '100' }));
  return { building, community: building.community, units };
}
