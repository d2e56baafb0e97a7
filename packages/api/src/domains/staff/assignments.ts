import { type Role, say, type Text } from '@desk/schema';
import { staffRefusals } from '@desk/schema/staff/refusals';
import { refuse } from '../../platform/errors.ts';
import { newUuid } from '../../platform/ids.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Building, Community } from '../units/index.ts';
import type { RoleAssignmentInput } from './staff.inputs.ts';

/** A role with the places that its input names, found and checked. */
export interface Place {
  role: Role;
  community: Community | null;
  buildings: Building[] | null;
}

export const invalid = (field: string[], text: Text, values: Record<string, string | number> = {}): never =>
  refuse('VALIDATION', { field, values: (locale) => ({ detail: say(text, locale, values) }), rule: 'P-3' });

/** Checks that roles hold where they can (handbook P-3) and finds their places; a foreign place looks like a missing one. */
export async function placesOf(tx: Tx, inputs: readonly RoleAssignmentInput[]): Promise<Place[]> {
  const places: Place[] = [];
  const seen = new Set<string>();
  for (const [index, { role, community, buildings }] of inputs.entries()) {
    const at = ['assignments', String(index)];
    if (role === 'ADMINISTRATOR' && community)
      invalid([...at, 'community'], staffRefusals.administratorEverywhere);
    if (buildings && (role !== 'STEWARD' || !community))
      invalid([...at, 'buildings'], staffRefusals.buildingsForStewards);
    const found = community ? await tx.get(Community, community, `${at.join('.')}.community`) : null;
    const key = `${role} ${found?.id ?? ''}`;
    if (seen.has(key)) invalid(at, staffRefusals.sameTwice);
    seen.add(key);
    const inside = [];
    for (const id of new Set(buildings)) {
      const building = await tx.get(Building, id, `${at.join('.')}.buildings`);
      if (building.community.id !== found?.id) refuse('NOT_FOUND', { field: [...at, 'buildings'] });
      inside.push(building);
    }
    places.push({ role, community: found, buildings: buildings ? inside : null });
  }
  return places;
}

/** The places as text, one line a role: readable in the history, whatever becomes of the records. */
export function accessOf(places: readonly Place[]): string[] {
  return places.map(({ role, community, buildings }) => {
    const where = buildings ? `: ${buildings.map((building) => building.name).join(', ')}` : '';
    return community ? `${role} ${community.code}${where}` : role;
  });
}

/** Replaces all roles of somebody whose row is written already. */
export async function writeAssignments(tx: Tx, staffId: string, places: readonly Place[]): Promise<void> {
  const rows = places.map(({ role, community, buildings }) => ({
    id: newUuid(),
    role,
    community_id: community?.id ?? null,
    by_building: buildings !== null,
    buildings: buildings?.map((building) => building.id) ?? [],
  }));
  const organisation = tx.viewer.organisationId;
  await runInside(tx.em, 'delete from role_assignment where staff_id = $1', [staffId]);
  await runInside(
    tx.em,
    `with given as (
       select * from jsonb_to_recordset($3::jsonb) as g(id uuid, role text, community_id uuid, by_building boolean, buildings uuid[])
     ), written as (
       insert into role_assignment (organisation_id, id, staff_id, role, community_id, by_building)
       select $1, id, $2, role, community_id, by_building from given
     )
     insert into role_assignment_building (organisation_id, assignment_id, community_id, building_id)
     select $1, id, community_id, unnest(buildings) from given`,
    [organisation, staffId, JSON.stringify(rows)],
  );
}
