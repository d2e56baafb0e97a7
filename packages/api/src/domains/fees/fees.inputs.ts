import type { ChargeBasis, FeeKind, MoneyMethod, PaymentMethod } from '@desk/schema/fees/enums';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar, DateTimeScalar, DecimalScalar, MoneyScalar } from '../../platform/graphql/scalars.ts';
import { ChargeBases, FeeKinds } from './charge-standard.entity.ts';
import { MoneyMethods, PaymentMethods } from './payment.entity.ts';

@InputType({ description: 'A new charge standard; a DRAFT until it is approved (handbook F-02).' })
export class ChargeStandardCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Community in which it holds.' })
  community!: string;

  @Field(() => FeeKinds, { description: 'Kind of the fees that it makes.' })
  kind!: FeeKind;

  @Field(() => String, { description: 'Name. 1 to 200 characters.' })
  name!: string;

  @Field(() => ChargeBases, { description: 'What the rate multiplies.' })
  basis!: ChargeBasis;

  @Field(() => DecimalScalar, {
    description: 'Minor units (fen) per m²·month, unit·month or unit; above 0, at most four decimals.',
  })
  rate!: string;

  @Field(() => DateScalar, { description: 'First day on which it holds.' })
  effectiveFrom!: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day on which it holds.' })
  effectiveTo?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Standard of the same community and kind that it replaces: once approved, that one ends the day before.',
  })
  supersedes?: string | null;
}

@InputType({ description: 'Changes of a draft of a charge standard; absent fields stay as they are.' })
export class ChargeStandardUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Name. 1 to 200 characters.' })
  name?: string;

  @Field(() => ChargeBases, { nullable: true, description: 'What the rate multiplies.' })
  basis?: ChargeBasis;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Minor units (fen), above 0, at most four decimals.',
  })
  rate?: string;

  @Field(() => DateScalar, { nullable: true, description: 'First day on which it holds.' })
  effectiveFrom?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day on which it holds.' })
  effectiveTo?: string | null;
}

@InputType({
  description: 'A billing run: one fee for each unit that is not billed for the period (handbook F-03).',
})
export class FeeRunInput extends MutationInput {
  @Field(() => ID, { description: 'Community to bill.' })
  community!: string;

  @Field(() => ID, { description: 'Approved standard of the community.' })
  standard!: string;

  @Field(() => DateScalar, {
    description: 'First day to bill; days on which the standard does not hold are left out.',
  })
  periodFrom!: string;

  @Field(() => DateScalar, { description: 'Last day to bill, at most five years on.' })
  periodTo!: string;

  @Field(() => ID, { nullable: true, description: 'Only this building of the community.' })
  building?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When the fees are due; the last day of the period when absent.',
  })
  dueOn?: string | null;
}

@InputType({ description: 'A single charge: by an amount, or by a standard over a period.' })
export class FeeCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Unit that owes it.' })
  unit!: string;

  @Field(() => FeeKinds, {
    nullable: true,
    description: 'What is charged; may be left out when a standard is given.',
  })
  kind?: FeeKind | null;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Minor units (fen), at least 1; not together with a standard.',
  })
  amount?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: "Approved standard of the unit's community to compute the amount from.",
  })
  standard?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'First day that it is for; needed with a standard.',
  })
  periodFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day that it is for.' })
  periodTo?: string | null;

  @Field(() => DateScalar, { description: 'When it is due.' })
  dueOn!: string;

  @Field(() => ID, { nullable: true, description: 'Resident who is to pay.' })
  payer?: string | null;

  @Field(() => String, { nullable: true, description: 'Note. At most 4,000 characters.' })
  note?: string | null;
}

@InputType({ description: 'Changes of a fee that is not settled; absent fields stay as they are.' })
export class FeeUpdateInput extends ChangeInput {
  @Field(() => DateScalar, { nullable: true, description: 'When it is due.' })
  dueOn?: string;

  @Field(() => MoneyScalar, { nullable: true, description: 'Amount of a draft that was not computed.' })
  amount?: number;

  @Field(() => String, { nullable: true, description: 'Note. At most 4,000 characters.' })
  note?: string | null;
}

@InputType({ description: 'A change that must be explained.' })
export abstract class ReasonedInput extends ChangeInput {
  @Field(() => String, { description: 'Why; kept in the history (handbook P-6). 1 to 4,000 characters.' })
  reason!: string;
}

@InputType({ description: 'Voids a fee that nothing was paid on.' })
export class FeeVoidInput extends ReasonedInput {}

@InputType({ description: 'Gives up what a fee still owes (handbook F-07).' })
export class FeeWaiveInput extends ReasonedInput {}

@InputType({ description: 'Takes a payment of what a fee still owes (handbook F-05).' })
export class FeeCollectInput extends ChangeInput {
  @Field(() => PaymentMethods, { description: 'How it was paid.' })
  method!: PaymentMethod;
}

@InputType({ description: 'What of a payment goes to one fee.' })
export class PaymentAllocationInput {
  @Field(() => ID, { description: 'Issued fee of the unit.' })
  fee!: string;

  @Field(() => MoneyScalar, { description: 'Minor units, at most what the fee owes.' })
  amount!: number;
}

@InputType({ description: 'A payment for a unit (handbook F-05).' })
export class PaymentCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Unit that it is paid for.' })
  unit!: string;

  @Field(() => PaymentMethods, { description: 'How it was paid; PREPAYMENT uses what was paid in advance.' })
  method!: PaymentMethod;

  @Field(() => MoneyScalar, {
    description: 'Minor units (fen), at least 1. What exceeds the debts becomes prepayment.',
  })
  amount!: number;

  @Field(() => [PaymentAllocationInput], {
    nullable: true,
    description:
      'Fees to pay, at most 200; without it the oldest debt first. What is not allocated becomes prepayment.',
  })
  allocations?: PaymentAllocationInput[] | null;

  @Field(() => ID, { nullable: true, description: 'Resident who paid.' })
  payer?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was received, not in the future; now when absent.',
  })
  receivedAt?: string | null;

  @Field(() => String, { nullable: true, description: 'Note. At most 4,000 characters.' })
  note?: string | null;
}

@InputType({
  description: 'Takes a payment back with all its effects; the receipt is void and keeps its number.',
})
export class PaymentVoidInput extends ReasonedInput {}

@InputType({ description: 'Hands money of a payment back (handbook F-05).' })
export class PaymentRefundInput extends ReasonedInput {
  @Field(() => MoneyScalar, {
    description: 'Minor units, at most what the payment brought less what was refunded.',
  })
  amount!: number;

  @Field(() => MoneyMethods, {
    nullable: true,
    description: 'How it is handed back; as it came when absent.',
  })
  method?: MoneyMethod | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Fee that it is taken from; without it first the prepayment, then the newest debts.',
  })
  fee?: string | null;
}
