import type { ItemKind } from '@desk/schema/tickets/enums';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateTimeScalar, DecimalScalar, MoneyScalar } from '../../platform/graphql/scalars.ts';
import { ItemKinds } from './ticket.enums.ts';

export const drawingHelp =
  'The signature as drawn: an SVG path (M, L, Q, C, Z) in a box of 600 × 200 units, at most 20,000 characters.';

@InputType({ description: 'A line of the work order (handbook T-10), while the work goes on.' })
export class TicketItemCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket; dispatched and not done.' })
  ticket!: string;

  @Field(() => ItemKinds, { description: 'Material, labour, or something else.' })
  kind!: ItemKind;

  @Field(() => String, { description: 'What it is. 1 to 200 characters.' })
  name!: string;

  @Field(() => DecimalScalar, { description: 'How much, 0 to 99,999 with 2 decimals; labour in hours.' })
  quantity!: string;

  @Field(() => String, { nullable: true, description: 'Unit of measure.' })
  unit?: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Price of one; null when it is not charged.' })
  unitPrice?: number | null;

  @Field(() => Boolean, { nullable: true, description: "The resident's own; false when absent." })
  residentOwned?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the resident's own material was found fit: MATERIAL_UNCHECKED without, MATERIAL_UNFIT when an unfit one has a quantity.",
  })
  fit?: boolean | null;
}

@InputType({ description: 'Corrects a line of the work order; absent fields stay, null empties them.' })
export class TicketItemUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'What it is.' })
  name?: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'How much; 0 when it was not used after all.' })
  quantity?: string;

  @Field(() => String, { nullable: true, description: 'Unit of measure.' })
  unit?: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Price of one.' })
  unitPrice?: number | null;

  @Field(() => Boolean, { nullable: true, description: "The resident's own." })
  residentOwned?: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Found fit.' })
  fit?: boolean | null;
}

@InputType({ description: 'Offers a price before the work (handbook T-15); an earlier one is withdrawn.' })
export class TicketQuoteCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket of a unit, not done yet.' })
  ticket!: string;

  @Field(() => String, { description: 'Content of the work. 1 to 4,000 characters.' })
  content!: string;

  @Field(() => MoneyScalar, {
    nullable: true,
    description:
      "Price of the whole; the catalogue's published price when absent, REQUIRED when that has none either.",
  })
  price?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it is to be done: ahead, at most 60 days, else APPOINTMENT_PAST. It becomes the appointment when the resident accepts. A paid service needs it, else TIME_REQUIRED, unless an appointment stands, which is taken, or somebody is on site (handbook T-15).',
  })
  visitAt?: string | null;
}

@InputType({
  description: 'Records that the resident accepts the price, in words or with a signature (handbook T-15).',
})
export class TicketQuoteAcceptInput extends ChangeInput {
  @Field(() => String, { description: "The resident's words, and how they came. 1 to 4,000 characters." })
  words!: string;

  @Field(() => String, { nullable: true, description: "Who signed; the reporter's name when absent." })
  signerName?: string | null;

  @Field(() => String, { nullable: true, description: drawingHelp })
  signature?: string | null;
}

@InputType({ description: 'Records that the resident does not accept the price (handbook T-15).' })
export class TicketQuoteDeclineInput extends ChangeInput {
  @Field(() => String, { description: "The resident's words. 1 to 4,000 characters." })
  words!: string;
}

@InputType({ description: 'Takes a price back; work that has none agreed waits (handbook T-15).' })
export class TicketQuoteWithdrawInput extends ChangeInput {
  @Field(() => String, { description: 'Why. 1 to 4,000 characters.' })
  reason!: string;
}

@InputType({ description: 'Lets a member of the staff follow a ticket.' })
export class TicketWatcherCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticket!: string;

  @Field(() => ID, { nullable: true, description: 'Who; the caller when absent.' })
  staff?: string | null;
}

@InputType({ description: 'Ends a watch: by whoever watches, or a supervisor.' })
export class TicketWatcherDeleteInput extends ChangeInput {}
