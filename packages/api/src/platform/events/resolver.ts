import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import { Node } from '../graphql/node.ts';
import { encodeCursor } from './cursor.ts';
import type { EventRow } from './event.ts';
import { wishOf } from './match.ts';
import { subjectModel } from './subjects.ts';
import { ChangeFields, EventFilter, presentActor, presentChanges } from './types.ts';

export const afterDescription =
  'Resume behind this cursor: first what was missed, then live, in commit order. From now when absent; RESYNC when it is past retention.';

/** What the `subscribe` functions of type-graphql get. */
export interface SubscribeData<Arguments> {
  args: Arguments;
  context: Context;
}

/** Opens the event stream of one subscription field; of one resource when it is named. */
export function openStream(
  { args, context }: SubscribeData<{ after?: string | null; filter?: EventFilter | null }>,
  resource?: string,
) {
  const { locale, services } = context;
  const wish = wishOf(args.filter, resource);
  return services.events.subscribe({ viewer: () => context.viewer, locale, wish, after: args.after });
}

/** An event as the viewer may see it; the row goes along for the subject's resolver. */
export function presentEvent(row: EventRow, { viewer }: Context): ChangeFields & { row: EventRow } {
  const model = subjectModel(row.subjectType);
  const hidden = (model && viewer?.hidden(model.descriptor)) ?? new Set<string>();
  const { type, at, reason } = row;
  return {
    cursor: encodeCursor(row),
    type,
    at,
    reason,
    actor: presentActor(row.actor),
    changes: presentChanges(row.changes, hidden),
    row,
  };
}

@ObjectType('Event', { description: 'One committed change.', simpleResolvers: true })
export class EventType extends ChangeFields {
  row!: EventRow;
}

@Resolver(() => EventType)
export class EventResolver {
  @Query(() => String, {
    description:
      'A cursor of now. To mirror data without a gap: take it, read everything, then subscribe `after` it. An event of the last moment may then come although you have read its effect.',
  })
  eventCursor(@Ctx() { viewer, locale, services }: Context): Promise<string> {
    if (!viewer) throw new Refusal('UNAUTHENTICATED').toGraphQL(locale);
    return services.events.cursorOfNow();
  }

  @Subscription(() => EventType, {
    description: 'Every committed change that you may read, in commit order, each exactly once.',
    subscribe: (data: SubscribeData<{ after?: string | null; filter?: EventFilter | null }>) =>
      openStream(data),
  })
  events(
    @Root() row: EventRow,
    @Ctx() context: Context,
    @Arg('after', () => String, { nullable: true, description: afterDescription }) _after?: string | null,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which events to deliver.' })
    _filter?: EventFilter | null,
  ): EventType {
    return presentEvent(row, context);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description: 'The record as it is at delivery, not as it was then; null when it is gone.',
  })
  subject(@Root() { row }: EventType, @Ctx() { read }: Context, @Info() info: GraphQLResolveInfo) {
    const model = subjectModel(row.subjectType);
    return model ? read.byKey(model, row.subjectId, info, info.fieldNodes) : null;
  }
}

const unused = (): never => {
  throw new Error('Subscriptions read the outbox; nothing is published');
};
/** For `buildSchema`, which asks for one although every subscription brings its own `subscribe`. */
export const noPubSub = { publish: unused, subscribe: unused };
