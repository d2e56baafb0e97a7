import { longText } from '@desk/schema';
import { profileFields, residentProfileInput } from '@desk/schema/residents/profile';
import { z } from 'zod';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Building } from '../units/index.ts';
import { ResidentProfile } from './profile.entity.ts';
import type {
  ResidentProfileCreateInput,
  ResidentProfileEraseInput,
  ResidentProfileUpdateInput,
} from './profile.inputs.ts';
import { currentResidencies } from './residency.service.ts';
import { Resident } from './resident.entity.ts';

const empty = Object.fromEntries(profileFields.map((field) => [field, null])) as Record<
  (typeof profileFields)[number],
  null
>;

/** Kept by the steward of a building where the resident lives (handbook U-4). */
export async function createProfile(tx: Tx, input: ResidentProfileCreateInput): Promise<ResidentProfile> {
  if (!tx.viewer.may({ resource: 'residentProfile', scope: 'building' }, 'create')) refuse('FORBIDDEN');
  const resident = await tx.get(Resident, input.resident, 'resident');
  const named = input.building ? await tx.get(Building, input.building, 'building') : null;
  const homes = new Set((await currentResidencies(tx, resident)).map(({ building }) => building.id));
  const [only] = homes.size === 1 ? homes : [];
  const building = named?.id ?? only ?? refuse('REQUIRED', { field: ['building'], rule: 'U-4' });
  const community = resident.community;
  tx.authorise(ResidentProfile, 'create', { communityId: community.id, buildingId: building });
  if (!homes.has(building)) refuse('PLACE_MISMATCH', { field: ['building'], rule: 'U-4' });
  const given = tx.check(residentProfileInput, input);
  return tx.create(ResidentProfile, { ...empty }, given, {
    community,
    resident,
    building: tx.em.getReference(Building, building),
  });
}

export async function updateProfile(tx: Tx, input: ResidentProfileUpdateInput): Promise<ResidentProfile> {
  const profile = await tx.change(ResidentProfile, input, 'update');
  return tx.assign(profile, tx.check(residentProfileInput, input));
}

/** On request, or when it is no longer needed (handbook S-7): the values are gone, that they were erased stays on record. */
export async function eraseProfile(tx: Tx, input: ResidentProfileEraseInput): Promise<ResidentProfile> {
  const profile = await tx.change(ResidentProfile, input, 'erase');
  if (!input.reason?.trim()) refuse('REASON_REQUIRED', { field: ['reason'], rule: 'S-7' });
  const { reason } = tx.check(z.object({ reason: longText }), input);
  tx.journal.label(profile, { action: 'erase', reason });
  profile.updatedAt = new Date(profile.updatedAt.getTime() + 1); // an empty one was erased too
  return tx.assign(profile, { ...empty });
}
