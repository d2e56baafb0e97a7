import type { Assignment, Role } from '@desk/schema';
import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { Field, ID, ObjectType } from 'type-graphql';
import { encodeId } from '../../platform/ids.ts';
import { type ModelClass, modelOf } from '../../platform/model.ts';
import type { Row } from '../../platform/read/plan.ts';
import type { Reader } from '../../platform/read/reader.ts';
import { selectedUnder } from '../../platform/read/selection.ts';
import { Building, Community } from '../units/index.ts';
import { Roles } from './staff.entity.ts';

@ObjectType({ description: 'A role and where it holds (handbook P-3).', simpleResolvers: true })
export class RoleAssignment {
  @Field(() => Roles, { description: 'The role.' })
  role!: Role;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the community where it holds; null: the whole organisation.',
  })
  communityId!: string | null;

  @Field(() => Community, {
    nullable: true,
    description: 'The community, when there is one and the viewer may see it.',
  })
  community!: object | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of the buildings that a steward looks after; null: all of the community.',
  })
  buildingIds!: string[] | null;

  @Field(() => [Building], { nullable: true, description: 'Those of the buildings that the viewer may see.' })
  buildings!: object[] | null;
}

/** Assignments as the API shows them; communities and buildings of all of them are read in one statement each. */
export async function showAssignments(
  read: Reader,
  info: GraphQLResolveInfo,
  lists: readonly (readonly Assignment[])[],
): Promise<RoleAssignment[][]> {
  const all = lists.flat();
  const [communities, buildings] = await Promise.all([
    readPlaces(
      read,
      info,
      Community,
      'community',
      all.flatMap(({ communityId }) => communityId ?? []),
    ),
    readPlaces(
      read,
      info,
      Building,
      'buildings',
      all.flatMap(({ buildingIds }) => buildingIds ?? []),
    ),
  ]);
  const show = ({ role, communityId, buildingIds }: Assignment): RoleAssignment => ({
    role,
    communityId: communityId && encodeId('community', communityId),
    community: (communityId && communities.get(communityId)) || null,
    buildingIds: buildingIds?.map((id) => encodeId('building', id)) ?? null,
    buildings: buildingIds?.flatMap((id) => buildings.get(id) ?? []) ?? null,
  });
  return lists.map((list) => list.map(show));
}

async function readPlaces(
  read: Reader,
  info: GraphQLResolveInfo,
  entity: ModelClass,
  field: string,
  ids: string[],
): Promise<Map<string, Row>> {
  const type = info.schema.getType('RoleAssignment') as GraphQLObjectType;
  const nodes = selectedUnder(info, type, info.fieldNodes, [field]);
  if (nodes.length === 0 || ids.length === 0) return new Map();
  const rows = await read.byKeys(modelOf(entity), [...new Set(ids)], info, nodes);
  return new Map(rows.flatMap((row) => (row ? [[row.uuid, row]] : [])));
}
