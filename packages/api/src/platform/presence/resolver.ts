import { type PresenceMode, presenceModes } from '@desk/schema/presence';
import { Arg, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import { ActorType, presentActor } from '../events/types.ts';
import { enumOf } from '../graphql/enums.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';
import { splitId } from '../ids.ts';
import { modelOfPrefix } from '../model.ts';
import type { Person, Watcher } from './watcher.ts';

const PresenceModes = enumOf('PresenceMode', presenceModes, 'What somebody does with a record now.');

@ObjectType('PresentPerson', { description: 'Somebody at a record.', simpleResolvers: true })
class PresentPerson {
  @Field(() => ActorType, { description: 'Who.' })
  staff!: ActorType;

  @Field(() => PresenceModes, { description: 'EDITING when any of their windows edits.' })
  mode!: PresenceMode;

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  since!: string;
}

@ObjectType('Presence', { description: 'Who is at a record now.', simpleResolvers: true })
class PresenceType {
  @Field(() => [PresentPerson], {
    description: 'Everybody who has it open, you too, in the order of coming; each person once.',
  })
  people!: PresentPerson[];
}

interface Arguments {
  subject: string;
  mode: PresenceMode;
}

/** Lets a person in to a record that they may read, and watches who comes and goes. */
async function open({ args, context }: { args: Arguments; context: Context }): Promise<Watcher> {
  const { read, locale, services, clock } = context;
  const refuse = (code: 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND'): never => {
    throw new Refusal(code, code === 'NOT_FOUND' ? { field: ['subject'] } : {}).toGraphQL(locale);
  };
  const { viewer } = context;
  if (!viewer) return refuse('UNAUTHENTICATED');
  if (viewer.actor.kind !== 'STAFF') return refuse('FORBIDDEN'); // a machine looks at nothing
  const parts = splitId(args.subject);
  const model = parts && modelOfPrefix(parts.prefix);
  if (!model) return refuse('NOT_FOUND');
  const { community = 'null', building = 'null' } = model.scope;
  const [row] = await read.run(
    `select ${community} as community, ${building} as building from ${model.table} where id = $1`,
    [parts.uuid],
  );
  if (!row) return refuse('NOT_FOUND');
  const place = { communityId: row[0] as string | null, buildingId: row[1] as string | null };
  const mayRead = (): boolean => {
    const now = context.viewer;
    return now?.organisationId === viewer.organisationId && now.may(model.descriptor, 'read', place);
  };
  if (!mayRead()) return refuse('NOT_FOUND');
  const { organisationId, actor } = viewer;
  return services.presence.join(
    { organisationId, id: parts.uuid },
    { staffId: actor.id, name: actor.name, mode: args.mode, since: clock.now().toISOString() },
    () =>
      mayRead() ? undefined : new Refusal('NOT_FOUND', { field: ['subject'] }).toGraphQL(context.locale),
  );
}

@Resolver(() => PresenceType)
export class PresenceResolver {
  @Subscription(() => PresenceType, {
    description:
      'Who is at a record now: the state at once, and again whenever somebody comes or goes. You are there from here on yourself, until the subscription ends or within 15 seconds of a lost connection. For people who may read the record; nothing of it is recorded.',
    subscribe: open,
  })
  presence(
    @Root() people: Person[],
    @Arg('subject', () => ID, { description: 'Public id of the record: a ticket, a permit, a payment …' })
    _subject: string,
    @Arg('mode', () => PresenceModes, { description: 'What you do with it.' }) _mode: PresenceMode,
  ): PresenceType {
    return {
      people: people.map(({ staffId, name, mode, since }) => ({
        staff: presentActor({ id: staffId, name, kind: 'STAFF' }),
        mode,
        since,
      })),
    };
  }
}
