import { expect } from 'vitest';
import { type TestOrganisation, unique } from '../../../test/harness/world.ts';

/** Monday 09:00 in Shanghai. */
export const morning = '2026-03-02T01:00:00.000Z';

export const loanFields = `keyLoan { id version status overdue dueAt returnedAt label borrowerName borrowerPhone verifiedBy
  consentBy consentWay copy { id label state } availableActions { action allowed code rule } }`;
export const staffLoan = {
  borrowerKind: 'STAFF',
  borrowerName: '王师傅',
  verification: 'STAFF_BADGE',
  purpose: '检修',
};

export async function keyOf(org: TestOrganisation, fields: object = {}) {
  const place = 'unit' in fields || 'community' in fields ? {} : { community: (await org.community()).id };
  const { key, userErrors } = await org.admin.mutate(
    'keyCreate',
    { number: unique('K-'), opens: '配电室', ...place, ...fields },
    'key { id version number copies community { id } copyList { nodes { id label state } } }',
  );
  expect(userErrors).toEqual([]);
  return { ...key, copy: key.copyList.nodes[0].id as string };
}

export async function resident(org: TestOrganisation, community: string, fields: object = {}) {
  const answer = await org.admin.mutate(
    'residentCreate',
    { community, name: unique('住户'), phone: '13812345678', ...fields },
    'resident { id name }',
  );
  expect(answer.userErrors).toEqual([]);
  return answer.resident as { id: string; name: string };
}

/** A unit with its owner, a tenant, and a key on the board. */
export async function ownedUnit(org: TestOrganisation) {
  const unit = await org.unit();
  const [owner, tenant] = [await resident(org, unit.community.id), await resident(org, unit.community.id)];
  for (const [who, relation] of [
    [owner, 'OWNER'],
    [tenant, 'TENANT'],
  ] as const) {
    const { userErrors } = await org.admin.mutate(
      'residencyCreate',
      { unit: unit.id, resident: who.id, relation, startsOn: '2025-01-01' },
      'residency { id }',
    );
    expect(userErrors).toEqual([]);
  }
  return { unit, owner, tenant, key: await keyOf(org, { unit: unit.id, opens: '入户门' }) };
}
