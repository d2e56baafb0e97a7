import { type PermitPaper, permitPaperNames } from '@desk/schema/permits/enums';
import { expect } from 'vitest';
import { type Client, type TestOrganisation, unique } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';

/** Stands still for people and moves a millisecond with each look, so that no two commands happen at the same instant. */
export class TickingClock extends TestClock {
  override now(): Date {
    const now = super.now();
    this.set(new Date(now.getTime() + 1));
    return now;
  }
}

/** Monday 10:00 in Shanghai. */
export const monday = '2026-03-02T02:00:00.000Z';
export const ordinaryPapers: PermitPaper[] = permitPaperNames.filter((paper) => paper !== 'FIRE_RECEIPT');

export const permitFields = `renovationPermit { id version number status round inspectionRound startsOn endsOn expired missingPapers issuedAt
  applicantName unit { id underRenovation } depositFee { id version status amount held } rubbishFee { id version status amount }
  availableActions { action allowed code reason rule } }`;

export interface Permit {
  id: string;
  version: number;
  number: string;
  status: string;
  unit: { id: string; underRenovation: boolean };
  depositFee: { id: string; version: number; status: string; amount: number; held: number } | null;
  rubbishFee: { id: string; version: number; status: string; amount: number } | null;
  availableActions: {
    action: string;
    allowed: boolean;
    code: string | null;
    reason: string | null;
    rule: string | null;
  }[];
}

export interface Crew {
  desk: Client;
  engineer: Client;
  guard: Client;
  cashier: Client;
  manager: Client;
  boss: Client;
}

export async function crew(org: TestOrganisation, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Crew> {
  return {
    desk: await org.as('FRONT_DESK', { locale }),
    engineer: await org.as('ENGINEERING', { locale }),
    guard: await org.as('SECURITY', { locale }),
    cashier: await org.as('CASHIER', { locale }),
    manager: await org.as('MANAGER', { locale }),
    boss: await org.as('GENERAL_MANAGER', { locale }),
  };
}

/** A unit with its owner and a tenant. */
export async function house(org: TestOrganisation, fields: { area?: string; building?: string } = {}) {
  const unit = await org.unit(fields);
  const person = async (relation: string) => {
    const { resident } = await org.admin.mutate(
      'residentCreate',
      { community: unit.community.id, name: unique('住户') },
      'resident { id name }',
    );
    const { userErrors } = await org.admin.mutate(
      'residencyCreate',
      { unit: unit.id, resident: resident.id, relation, startsOn: '2025-01-01' },
      'residency { id }',
    );
    expect(userErrors).toEqual([]);
    return resident as { id: string; name: string };
  };
  return { unit, owner: await person('OWNER'), tenant: await person('TENANT') };
}

export const works = {
  contractorName: '宏达装饰',
  scope: '厨卫翻新',
  startsOn: '2026-03-09',
  endsOn: '2026-04-30',
};

/** The permit after a mutation; fails when it was refused. */
export async function did(
  by: Client,
  action: string,
  permit: { id: string; version: number },
  input: object = {},
): Promise<Permit> {
  const { id, version } = permit;
  const answer = await by.mutate(`renovationPermit${action}`, { id, version, ...input }, permitFields);
  if (answer.userErrors.length > 0) throw new Error(`${action}: ${JSON.stringify(answer.userErrors)}`);
  return answer.renovationPermit;
}

/** Why a mutation is refused; fails when it is not. */
export async function refused(
  by: Client,
  action: string,
  permit: { id: string; version: number },
  input: object = {},
) {
  const { id, version } = permit;
  const answer = await by.mutate(`renovationPermit${action}`, { id, version, ...input }, permitFields);
  expect(answer.userErrors, `${action} should be refused`).toHaveLength(1);
  return answer.userErrors[0] as {
    code: string;
    field: string[] | null;
    message: string;
    rule: string | null;
  };
}

export async function apply(org: TestOrganisation, fields: object = {}): Promise<Permit> {
  const { unit, owner } = await house(org);
  const { renovationPermit, userErrors } = await org.admin.mutate(
    'renovationPermitCreate',
    { unit: unit.id, applicant: owner.id, ...works, papers: ordinaryPapers, contractorGrade: 2, ...fields },
    permitFields,
  );
  expect(userErrors).toEqual([]);
  return renovationPermit;
}

export async function collected(by: Client, fee: { id: string } | null): Promise<void> {
  const { version } = (await by.query('query($id: ID!) { fee(id: $id) { version } }', { id: fee?.id })).fee;
  const answer = await by.mutate('feeCollect', { id: fee?.id, version, method: 'CASH' }, 'fee { status }');
  expect(answer).toMatchObject({ fee: { status: 'SETTLED' }, userErrors: [] });
}

export const departments = ['CUSTOMER_SERVICE', 'ENGINEERING', 'SECURITY'] as const;
export const signerOf = (people: Crew, department: (typeof departments)[number]): Client =>
  ({ CUSTOMER_SERVICE: people.desk, ENGINEERING: people.engineer, SECURITY: people.guard })[department];

const steps: Record<string, (people: Crew, permit: Permit) => Promise<Permit>> = {
  REVIEWING: ({ desk }, permit) => did(desk, 'StartReview', permit),
  APPROVED: ({ engineer }, permit) => did(engineer, 'Approve', permit, { comments: '图纸符合要求' }),
  FEES_DUE: ({ cashier }, permit) =>
    did(cashier, 'ChargeFees', permit, { deposit: 500_000, rubbish: 30_000 }),
  PAID: async ({ cashier }, permit) => {
    await collected(cashier, permit.depositFee);
    await collected(cashier, permit.rubbishFee);
    return permit;
  },
  SIGNED: (people, permit) => signed(people, 'Sign', permit),
  ISSUED: ({ desk }, permit) => did(desk, 'Issue', permit),
  INSPECTING: ({ desk }, permit) => did(desk, 'RequestCompletion', permit),
  ACCEPTED: (people, permit) => signed(people, 'SignCompletion', permit),
  COMPLETED: ({ boss }, permit) => did(boss, 'Complete', permit),
};

export async function signed(
  people: Crew,
  action: 'Sign' | 'SignCompletion',
  permit: Permit,
): Promise<Permit> {
  let at = permit;
  for (const department of departments)
    at = await did(signerOf(people, department), action, at, { department });
  return at;
}

/** Walks a new permit straight to a state, or to one of the stations PAID, SIGNED, ACCEPTED between them. */
export async function walkTo(people: Crew, permit: Permit, station: string): Promise<Permit> {
  let at = permit;
  for (const [name, step] of Object.entries(steps)) {
    at = await step(people, at);
    if (name === station) return at;
  }
  throw new Error(`no way to ${station}`);
}
