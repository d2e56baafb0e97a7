import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { Counting, Wall } from '../../platform/wall/wall.ts';

@ObjectType('WallKeys', {
  description: 'Keys that are not on the board (handbook K-3, K-4).',
  simpleResolvers: true,
})
class WallKeys {
  @Field(() => Int, { description: 'Copies that are out.' })
  out!: number;

  @Field(() => Int, { description: 'Of these: past their due time.' })
  overdue!: number;

  @Field(() => Int, { description: 'Of these: so late that the supervisor was told (handbook K-4).' })
  escalated!: number;
}

@Resolver(() => Wall)
export class KeysOnWall {
  @FieldResolver(() => WallKeys, { description: 'Keys that are out.' })
  async keys(@Root() wall: Wall, @Ctx() context: Context): Promise<WallKeys> {
    const counting = new Counting(wall, context);
    const [row = []] = await counting.run(
      `select count(*)::int as c0, count(*) filter (where t.due_at <= $1::timestamptz)::int as c1,
         count(*) filter (where t.overdue_step = 'SUPERVISOR')::int as c2
       from key_loan t where t.status = 'OUT' and ${counting.of('t')}`,
    );
    const [out, overdue, escalated] = row as number[];
    return { out: out ?? 0, overdue: overdue ?? 0, escalated: escalated ?? 0 };
  }
}
