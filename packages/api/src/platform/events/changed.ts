import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  InputType,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { Context } from '../context.ts';
import { type ModelClass, modelOf } from '../model.ts';
import type { EventRow } from './event.ts';
import { afterDescription, openStream, presentEvent, type SubscribeData } from './resolver.ts';
import { ChangeFields } from './types.ts';

interface ChangedFilter {
  id?: string | null;
  community?: string | null;
  types?: string[] | null;
}

/** `ticketChanged(after, filter)`: the typed subscription of one resource. Call it once per entity. */
export function changedSubscription(entity: ModelClass): new () => object {
  const { type, resource, label, plural } = modelOf(entity).descriptor;

  @ObjectType(`${type}Changed`, {
    description: `A committed change of a ${label.en.toLowerCase()} (${label.zh}).`,
    simpleResolvers: true,
  })
  class Changed extends ChangeFields {
    row!: EventRow;
  }

  @InputType(`${type}ChangedFilter`, {
    description: `Which changes of ${plural.en.toLowerCase()} to deliver; all conditions must hold.`,
  })
  class Filter implements ChangedFilter {
    @Field(() => ID, { nullable: true, description: 'One record.' })
    id?: string | null;

    @Field(() => ID, { nullable: true, description: 'Only what belongs to this community.' })
    community?: string | null;

    @Field(() => [String], {
      nullable: true,
      description: `Types, for example \`${resource}.updated\`. At most 100.`,
    })
    types?: string[] | null;
  }

  type Arguments = { after?: string | null; filter?: ChangedFilter | null };
  const subscribe = ({ args: { after, filter }, context }: SubscribeData<Arguments>) => {
    const { id, community, types } = filter ?? {};
    const wanted = {
      ...(id != null && { subject: id }),
      ...(community != null && { community }),
      ...(types && { types }),
    };
    return openStream({ args: { after: after ?? null, filter: wanted }, context }, resource);
  };

  @Resolver(() => Changed)
  class ChangedResolver {
    @Subscription(() => Changed, {
      name: `${resource}Changed`,
      description: `Every committed change of ${plural.en.toLowerCase()} that you may read, in commit order, each exactly once.`,
      subscribe,
    })
    changed(
      @Root() row: EventRow,
      @Ctx() context: Context,
      @Arg('after', () => String, { nullable: true, description: afterDescription }) _after?: string | null,
      @Arg('filter', () => Filter, { nullable: true, description: 'Which changes to deliver.' })
      _filter?: ChangedFilter | null,
    ): Changed {
      return presentEvent(row, context);
    }

    @FieldResolver(() => entity as typeof Object, {
      name: resource,
      nullable: true,
      description: 'The record as it is at delivery, not as it was then; null when it is gone.',
    })
    record(@Root() { row }: Changed, @Ctx() { read }: Context, @Info() info: GraphQLResolveInfo) {
      return read.byKey(modelOf(entity), row.subjectId, info, info.fieldNodes);
    }
  }
  return ChangedResolver;
}
