import { childrenField, command, commands, moves } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import { Building } from './building.entity.ts';
import { Community, Organisation } from './community.entity.ts';
import { Unit } from './unit.entity.ts';
import {
  BuildingCreateInput,
  BuildingUpdateInput,
  CommunityCreateInput,
  CommunityUpdateInput,
  UnitCreateInput,
  UnitUpdateInput,
} from './units.inputs.ts';
import {
  createBuilding,
  createCommunity,
  createUnit,
  moveUnit,
  updateBuilding,
  updateCommunity,
  updateUnit,
} from './units.service.ts';

export const unitResolvers = [
  ...resourceResolvers(Organisation),
  ...resourceResolvers(Community),
  ...resourceResolvers(Building),
  ...resourceResolvers(Unit),
  childrenField(Community, 'buildings', Building, 'community', 'Buildings of the community.'),
  childrenField(Building, 'units', Unit, 'building', 'Units of the building.'),
  commands(Community, {
    communityCreate: command(
      CommunityCreateInput,
      createCommunity,
      'Enters a community. Administrators only.',
    ),
    communityUpdate: command(
      CommunityUpdateInput,
      updateCommunity,
      'Changes a community. Administrators only.',
    ),
  }),
  commands(Building, {
    buildingCreate: command(BuildingCreateInput, createBuilding, 'Enters a building.'),
    buildingUpdate: command(
      BuildingUpdateInput,
      updateBuilding,
      'Changes a building; the full names of its units follow its name.',
    ),
  }),
  commands(Unit, {
    unitCreate: command(UnitCreateInput, createUnit, 'Enters a unit; it starts VACANT (handbook U-1).'),
    unitUpdate: command(
      UnitUpdateInput,
      updateUnit,
      'Changes the data of a unit; its status moves along the life cycle.',
    ),
    ...moves(Unit, moveUnit),
  }),
];
