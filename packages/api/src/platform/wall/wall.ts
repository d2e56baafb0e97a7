import { isEmptyScope } from '@desk/schema';
import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';
import { decodeId } from '../ids.ts';
import { modelOfPrefix } from '../model.ts';
import { Params } from '../read/params.ts';

/** Counts and sums without names: who may read them is granted once for all of them. */
const figures = { resource: 'wall', scope: 'building' } as const;

/** What a wall shows: figures of now. Each domain adds its own; none costs more than a statement, and only when it is asked for. */
@ObjectType('Wall', {
  description:
    'Figures of now, counted and summed by the database over everything that you may count: for walls and home pages. Refresh it when an event says that something has changed.',
  simpleResolvers: true,
})
export class Wall {
  @Field(() => DateTimeScalar, { description: "When it was asked, by the API's clock." })
  at!: string;

  /** UUID of the one community that is counted; null: all. */
  community!: string | null;
}

@Resolver()
export class WallQuery {
  @Query(() => Wall, {
    nullable: true,
    description: 'Figures of now, of one community or of all; null when there is no such community for you.',
  })
  wall(
    @Ctx() { viewer, locale, clock, read }: Context,
    @Arg('community', () => ID, { nullable: true, description: 'Only this community.' })
    community?: string | null,
  ): Promise<Wall | null> | Wall | null {
    if (!viewer) throw new Refusal('UNAUTHENTICATED').toGraphQL(locale);
    if (isEmptyScope(viewer.scope(figures, 'read'))) throw new Refusal('FORBIDDEN').toGraphQL(locale);
    const at = clock.now().toISOString();
    if (community == null) return { at, community: null };
    const uuid = decodeId('community', community);
    const model = modelOfPrefix('community');
    if (!uuid || !model || !viewer.may(model.descriptor, 'read', { communityId: uuid })) return null;
    return read
      .run('select id from community where id = $1', [uuid])
      .then(([row]) => (row ? { at, community: uuid } : null));
  }
}

/** The values of a figure's statement; `$1` is now. */
export class Counting {
  readonly params = new Params();
  readonly #wall: Wall;
  readonly #context: Context;

  constructor(wall: Wall, context: Context) {
    this.#wall = wall;
    this.#context = context;
    this.params.add(wall.at);
  }

  /** SQL condition for the rows of `alias` that count: of the wall's community, and within the viewer's own. */
  of(alias: string): string {
    const { community } = this.#wall;
    const scope = this.#context.viewer?.scope(figures, 'read');
    const { params } = this;
    const parts = [community === null ? 'true' : `${alias}.community_id = ${params.add(community, 'uuid')}`];
    if (!scope?.all) {
      const communities = params.add(scope?.communityIds ?? [], 'uuid[]');
      const buildings = params.add(scope?.buildingIds ?? [], 'uuid[]');
      parts.push(`(${alias}.community_id = any(${communities}) or ${alias}.building_id = any(${buildings}))`);
    }
    return parts.join(' and ');
  }

  run(text: string): Promise<unknown[][]> {
    return this.#context.read.run(text, this.params.values);
  }
}

/** SQL: the begin of the business day of community `c`. */
export const dayBegan = `date_trunc('day', $1::timestamptz at time zone c.time_zone) at time zone c.time_zone`;
/** SQL: the business date of community `c`. */
export const businessToday = `($1::timestamptz at time zone c.time_zone)::date`;
/** SQL: no community's day began before this instant. */
export const earliestDay = `$1::timestamptz - interval '26 hours'`;
