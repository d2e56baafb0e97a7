import { identityCheckDigit } from '@desk/schema/residents/identity';
import { expect } from 'vitest';
import type { Client, TestOrganisation, World } from '../../../test/harness/world.ts';

export const card = `11010519491231002${identityCheckDigit('11010519491231002')}`;
export const clear = {
  phone: '13812341234',
  secondPhone: '01062345678',
  idKind: 'ID_CARD',
  idNumber: card,
  emergencyPhone: '13900005678',
};
const masked = 'id version name pinyin phone secondPhone idNumber emergencyPhone';

/** A resident with everything that is masked. */
export async function enter(client: Client, community: string, fields: object = {}) {
  const payload = await client.mutate(
    'residentCreate',
    { community, name: '单雄信', ...clear, ...fields },
    `resident { ${masked} specialCare specialCareKind }`,
  );
  expect(payload.userErrors).toEqual([]);
  return payload.resident;
}

/** A unit with its only owner. */
export async function home(org: TestOrganisation) {
  const unit = await org.unit();
  const resident = await enter(org.admin, unit.community.id);
  const payload = await org.admin.mutate(
    'residencyCreate',
    { unit: unit.id, resident: resident.id, relation: 'OWNER', share: '100' },
    'residency { id version }',
  );
  return { unit, resident, residency: payload.residency, community: unit.community.id };
}

/** What the history keeps of one kind of act on a record. */
export const records = async (world: World, type: string, id: string) =>
  (
    await world.app.db.owner.query(
      'select type, changes, reason, actor_id, actor_name from history where type = $1 and subject_id = $2',
      [type, world.app.uuidOf(id)],
    )
  ).rows;

/** Asks for phone and document number in clear, unless told otherwise. */
export const unmask = (client: Client, input: object) =>
  client.mutate(
    'residentUnmask',
    { fields: ['PHONE', 'ID_NUMBER'], reason: '核对上门身份', ...input },
    'resident { id phone } unmasked { phone secondPhone idNumber emergencyPhone }',
  );
