import { explainCharge } from '@desk/schema/fees/charge';
import { type ChargeBasis } from '@desk/schema/fees/enums';
import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Extensions, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { MoneyScalar } from '../../platform/graphql/scalars.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Unit } from '../units/index.ts';
import { type FeeBalance, feeBalances, refundedOf, type UnitBalance, unitBalances } from './balances.ts';
import { Fee } from './fee.entity.ts';
import { Payment } from './payment.entity.ts';

/** Where a selection stands in the answer, without the positions in lists: fields beside each other share their statement. */
function place(info: GraphQLResolveInfo): string {
  const names: (string | number)[] = [];
  for (let at = info.path.prev; at; at = at.prev) if (typeof at.key === 'string') names.unshift(at.key);
  return names.join('.');
}

const balanceOf = ({ uuid }: Row, { read }: Context, info: GraphQLResolveInfo): Promise<FeeBalance> =>
  read.loader<FeeBalance>('fee balance', place(info), (keys) => feeBalances(read.run, keys))(uuid);

const accountOf = ({ uuid }: Row, { read, clock }: Context, info: GraphQLResolveInfo): Promise<UnitBalance> =>
  read.loader<UnitBalance>('unit balance', place(info), (keys) => unitBalances(read.run, keys, clock.now()))(
    uuid,
  );

/** Computed from the ledger whenever asked, stored nowhere (handbook F-04). */
@Resolver(() => Fee)
export class FeeFields {
  @FieldResolver(() => MoneyScalar, { description: 'What was paid, less what was taken back.' })
  async paid(@Root() row: Row, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<bigint> {
    return (await balanceOf(row, context, info)).paid;
  }

  @FieldResolver(() => MoneyScalar, { description: 'What is still owed; 0 for drafts.' })
  async outstanding(
    @Root() row: Row,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<bigint> {
    return (await balanceOf(row, context, info)).outstanding;
  }

  @FieldResolver(() => MoneyScalar, {
    description:
      'Of a deposit: what was paid and neither refunded nor deducted (handbook F-08); 0 for other fees.',
  })
  async held(@Root() row: Row, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<bigint> {
    return (await balanceOf(row, context, info)).held;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'How it was computed, in minor units: `89.5 m² × 250 × (1 + 17/31) = 34645.161290 → 34645` (handbook F-04); null for a single charge.',
  })
  @Extensions({ needs: ['basis', 'rate', 'area', 'periodFrom', 'periodTo'] })
  explanation(@Root() { basis, rate, area, periodFrom, periodTo }: Row): string | null {
    if (basis === null || rate === null || periodFrom === null || periodTo === null) return null;
    return explainCharge({
      basis: basis as ChargeBasis,
      rate: String(rate),
      area: area as string | null,
      periodFrom: String(periodFrom),
      periodTo: String(periodTo),
    });
  }
}

@Resolver(() => Payment)
export class PaymentFields {
  @FieldResolver(() => MoneyScalar, { description: 'What was handed back of it.' })
  refunded(
    @Root() { uuid }: Row,
    @Ctx() { read }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<bigint> {
    return read.loader<bigint>('refunded', place(info), (keys) => refundedOf(read.run, keys))(uuid);
  }
}

@Resolver(() => Unit)
export class UnitAccountFields {
  @FieldResolver(() => MoneyScalar, {
    description:
      'What the unit owes less what it paid in advance; negative when it is in credit. Deposits held do not count.',
  })
  async balance(
    @Root() row: Row,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<bigint> {
    return (await accountOf(row, context, info)).balance;
  }

  @FieldResolver(() => MoneyScalar, {
    description: "What the unit owes of fees that were due before the community's today.",
  })
  async arrears(
    @Root() row: Row,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<bigint> {
    return (await accountOf(row, context, info)).arrears;
  }

  @FieldResolver(() => MoneyScalar, { description: 'What was paid in advance and not used yet.' })
  async prepaid(
    @Root() row: Row,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<bigint> {
    return (await accountOf(row, context, info)).prepaid;
  }

  @FieldResolver(() => MoneyScalar, { description: 'Deposits of the unit that are held (handbook F-08).' })
  async depositsHeld(
    @Root() row: Row,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<bigint> {
    return (await accountOf(row, context, info)).deposits;
  }
}
