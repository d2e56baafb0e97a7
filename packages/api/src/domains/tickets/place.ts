import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Resident } from '../residents/index.ts';
import type { Building, Community, Unit } from '../units/index.ts';

/** Where a ticket belongs; community and building are references that need not be loaded. */
export interface Place {
  community: Community;
  building: Building | null;
  unit: Unit | null;
}

/** Community and building follow from the unit; whatever else is given must fit (handbook P-2). */
export function placeOf({ community, building, unit }: { [K in keyof Place]: Place[K] | null }): Place {
  const inside = unit?.building ?? building;
  if (building && building.id !== inside?.id) refuse('PLACE_MISMATCH', { field: ['building'] });
  const around =
    unit?.community ?? building?.community ?? community ?? refuse('PLACE_REQUIRED', { field: ['unit'] });
  if (community && community.id !== around.id) refuse('PLACE_MISMATCH', { field: ['community'] });
  return { community: around, building: inside ?? null, unit };
}

/** The resident of the same community who reports something. */
export async function findReporter(tx: Tx, id: string, community: Community): Promise<Resident> {
  const resident = await tx.get(Resident, id, 'reporter');
  if (resident.community.id !== community.id) refuse('PLACE_MISMATCH', { field: ['reporter'] });
  return resident;
}
