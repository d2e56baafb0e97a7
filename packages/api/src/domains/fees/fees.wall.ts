import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { MoneyScalar } from '../../platform/graphql/scalars.ts';
import { businessToday, Counting, dayBegan, earliestDay, Wall } from '../../platform/wall/wall.ts';

@ObjectType('WallMoney', {
  description: 'Money by the ledger (handbook F-04), in minor units.',
  simpleResolvers: true,
})
class WallMoney {
  @Field(() => MoneyScalar, {
    description: "Money taken since the community's day began, less what was handed back or voided.",
  })
  takenToday!: number;

  @Field(() => Int, { description: 'Payments taken today.' })
  payments!: number;
}

@ObjectType('WallDebts', {
  description: 'What is owed by the ledger (handbook F-04), in minor units.',
  simpleResolvers: true,
})
class WallDebts {
  @Field(() => MoneyScalar, { description: 'Owed for issued fees.' })
  owed!: number;

  @Field(() => MoneyScalar, { description: "Of this: due before the community's today." })
  overdue!: number;
}

/** The database's driver answers sums as text. They stay within what the Money scalar can say exactly. */
const money = (value: unknown): number => Number(value ?? 0);

@Resolver(() => Wall)
export class MoneyOnWall {
  @FieldResolver(() => WallMoney, { description: "Today's money." })
  async money(@Root() wall: Wall, @Ctx() context: Context): Promise<WallMoney> {
    const counting = new Counting(wall, context);
    const [row = []] = await counting.run(
      `select coalesce(sum(p.amount), 0)::bigint as c0, count(*) filter (where e.kind = 'PAYMENT')::int as c1
       from ledger_entry e
       join community c on c.organisation_id = e.organisation_id and c.id = e.community_id
       join payment t on t.organisation_id = e.organisation_id and t.id = e.payment_id
       join ledger_posting p on p.organisation_id = e.organisation_id and p.entry_id = e.id
       join ledger_account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.type = 'MONEY'
       where e.at >= ${earliestDay} and e.at >= ${dayBegan} and ${counting.of('t')}`,
    );
    return { takenToday: money(row[0]), payments: (row[1] as number | undefined) ?? 0 };
  }

  @FieldResolver(() => WallDebts, { description: 'What is owed.' })
  async debts(@Root() wall: Wall, @Ctx() context: Context): Promise<WallDebts> {
    const counting = new Counting(wall, context);
    const [row = []] = await counting.run(
      `select coalesce(sum(p.amount), 0)::bigint as c0,
         coalesce(sum(p.amount) filter (where t.due_on < ${businessToday}), 0)::bigint as c1
       from fee t
       join community c on c.organisation_id = t.organisation_id and c.id = t.community_id
       join ledger_posting p on p.organisation_id = t.organisation_id and p.fee_id = t.id
       join ledger_account a on a.organisation_id = p.organisation_id and a.id = p.account_id and a.type = 'RECEIVABLE'
       where t.status = 'ISSUED' and ${counting.of('t')}`,
    );
    return { owed: money(row[0]), overdue: money(row[1]) };
  }
}
