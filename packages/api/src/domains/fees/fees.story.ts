import type { Client, TestOrganisation } from '../../../test/harness/world.ts';

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
