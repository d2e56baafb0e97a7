import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { businessToday, Counting, Wall } from '../../platform/wall/wall.ts';

@ObjectType('WallPermits', { description: 'Renovations under way (handbook R).', simpleResolvers: true })
class WallPermits {
  @Field(() => Int, { description: 'Works that may go on today: issued, within their period.' })
  onSite!: number;

  @Field(() => Int, { description: 'Issued or suspended, and past the last day (handbook R-05).' })
  expired!: number;

  @Field(() => Int, { description: 'Stopped.' })
  suspended!: number;

  @Field(() => Int, { description: 'Under inspection, or being rectified after one (handbook R-12).' })
  inspecting!: number;

  @Field(() => Int, { description: 'Applied for, in review, or waiting for fees and signatures.' })
  pending!: number;
}

const active = `t.status in ('ISSUED', 'SUSPENDED')`;

@Resolver(() => Wall)
export class PermitsOnWall {
  @FieldResolver(() => WallPermits, { description: 'Renovations under way.' })
  async permits(@Root() wall: Wall, @Ctx() context: Context): Promise<WallPermits> {
    const counting = new Counting(wall, context);
    const [row = []] = await counting.run(
      `select count(*) filter (where t.status = 'ISSUED' and ${businessToday} between t.starts_on and t.ends_on)::int as c0,
         count(*) filter (where ${active} and t.ends_on < ${businessToday})::int as c1,
         count(*) filter (where t.status = 'SUSPENDED')::int as c2,
         count(*) filter (where t.status in ('INSPECTING', 'RECTIFYING'))::int as c3,
         count(*) filter (where t.status in ('APPLIED', 'REVIEWING', 'CHANGES_REQUESTED', 'APPROVED', 'FEES_DUE'))::int as c4
       from renovation_permit t join community c on c.organisation_id = t.organisation_id and c.id = t.community_id
       where t.status not in ('CLOSED', 'CANCELLED', 'COMPLETED', 'REVOKED') and ${counting.of('t')}`,
    );
    const [onSite, expired, suspended, inspecting, pending] = row as number[];
    return {
      onSite: onSite ?? 0,
      expired: expired ?? 0,
      suspended: suspended ?? 0,
      inspecting: inspecting ?? 0,
      pending: pending ?? 0,
    };
  }
}
