import { buildingInput, communityInput, unitInput } from '@desk/schema/units/limits';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Building } from './building.entity.ts';
import { Community } from './community.entity.ts';
import { Unit } from './unit.entity.ts';
import type {
  BuildingCreateInput,
  BuildingUpdateInput,
  CommunityCreateInput,
  CommunityUpdateInput,
  UnitCreateInput,
  UnitUpdateInput,
} from './units.inputs.ts';

export async function createCommunity(tx: Tx, input: CommunityCreateInput): Promise<Community> {
  tx.authoriseOrganisation(Community, 'create');
  const { code, name, address, timeZone, currency } = tx.check(communityInput, input);
  return tx.create(Community, {
    code,
    name,
    address: address ?? null,
    timeZone: timeZone ?? 'Asia/Shanghai',
    currency: currency ?? 'CNY',
  });
}

export async function updateCommunity(tx: Tx, input: CommunityUpdateInput): Promise<Community> {
  const community = await tx.change(Community, input, 'update');
  return tx.assign(community, tx.check(communityInput.pick({ name: true, address: true }).partial(), input));
}

export async function createBuilding(tx: Tx, input: BuildingCreateInput): Promise<Building> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(Building, 'create', { communityId: community.id });
  const { name, floors, handoverOn } = tx.check(buildingInput, input);
  return tx.create(Building, { community, name, floors: floors ?? null, handoverOn: handoverOn ?? null });
}

export async function updateBuilding(tx: Tx, input: BuildingUpdateInput): Promise<Building> {
  const building = await tx.change(Building, input, 'update');
  const changed = tx.assign(building, tx.check(buildingInput.partial(), input));
  if (input.name !== undefined) {
    for (const unit of await tx.em.find(Unit, { building: changed }))
      unit.fullName = fullName(changed, unit.number);
  }
  return changed;
}

export async function createUnit(tx: Tx, input: UnitCreateInput): Promise<Unit> {
  const building = await tx.get(Building, input.building, 'building');
  tx.authorise(Unit, 'create', { communityId: building.community.id, buildingId: building.id });
  const fields = tx.check(unitInput, input);
  return tx.create(Unit, { kind: 'RESIDENCE', status: 'VACANT', underRenovation: false }, fields, {
    community: building.community,
    building,
    fullName: fullName(building, fields.number),
  });
}

export async function updateUnit(tx: Tx, input: UnitUpdateInput): Promise<Unit> {
  const unit = await tx.change(Unit, input, 'update');
  const changed = tx.assign(unit, tx.check(unitInput.partial(), input));
  if (input.number !== undefined) {
    const building = await tx.em.findOneOrFail(Building, { id: unit.building.id });
    changed.fullName = fullName(building, changed.number);
  }
  return changed;
}

/** A move of the unit's life cycle (handbook U-1). */
export async function moveUnit(tx: Tx, action: string, input: MoveInput): Promise<Unit> {
  return tx.move(await tx.change(Unit, input, action), action, input.reason);
}

/** What staff call a unit: `3栋-1502`. */
export function fullName(building: { name: string }, number: string): string {
  return `${building.name}-${number}`;
}
