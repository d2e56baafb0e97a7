import type { Locale } from '@desk/schema';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Field, FieldResolver, ID, Info, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { ActorType, presentActor } from '../../platform/events/types.ts';
import { modelOf } from '../../platform/model.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { Organisation } from '../units/index.ts';
import { RoleAssignment, showAssignments } from './role-assignment.ts';

@ObjectType('Viewer', { description: 'Who is asking: a member of the staff or a token.' })
export class ViewerType extends ActorType {
  @Field(() => ID, { description: 'Id of the staff member or of the token.' })
  override id!: string;

  @Field(() => String, { description: 'Name.' })
  override name!: string;

  @Field(() => String, { description: 'Language of the messages in this request: `zh-CN` or `en`.' })
  locale!: Locale;

  viewer!: Viewer;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'Who is asking; null when nobody signed in.' })
  viewer(@Ctx() { viewer, locale }: Context): ViewerType | null {
    if (!viewer) return null;
    return { ...presentActor(viewer.actor), locale, viewer };
  }

  @FieldResolver(() => Organisation, {
    description: 'The organisation that all data of this viewer belongs to.',
  })
  organisation(@Root() { viewer }: ViewerType, @Ctx() { read }: Context, @Info() info: GraphQLResolveInfo) {
    return read.byKey(modelOf(Organisation), viewer.organisationId, info, info.fieldNodes);
  }

  @FieldResolver(() => [RoleAssignment], {
    description:
      'Roles held, and where (handbook P-3). The console asks the shared permission rules with them.',
  })
  async assignments(
    @Root() { viewer }: ViewerType,
    @Ctx() { read }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const [shown] = await showAssignments(read, info, [viewer.assignments]);
    return shown;
  }
}
