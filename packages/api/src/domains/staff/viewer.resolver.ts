import { createHmac } from 'node:crypto';
import type { Locale } from '@desk/schema';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Field, FieldResolver, ID, Info, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { ActorType, presentActor } from '../../platform/events/types.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
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

  @Query(() => DateTimeScalar, {
    description:
      "What the API's clock shows. Deadlines are counted down by it: the clock of a device may be wrong.",
  })
  serverTime(@Ctx() { clock }: Context): Date {
    return clock.now();
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Key of 256 bits (base64url) by which an application may encrypt what it keeps on a device for this person, such as unsent drafts: whoever signs in there next cannot read it. The same each time; null for tokens.',
  })
  localKey(@Root() { viewer }: ViewerType, @Ctx() { services }: Context): string | null {
    if (viewer.actor.kind !== 'STAFF') return null;
    return createHmac('sha256', services.secret)
      .update(`local key ${viewer.organisationId} ${viewer.actor.id}`)
      .digest('base64url');
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
