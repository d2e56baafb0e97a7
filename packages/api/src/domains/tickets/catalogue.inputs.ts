import type { Department, TicketKind } from '@desk/schema/tickets/enums';
import { Field, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { MoneyScalar } from '../../platform/graphql/scalars.ts';
import { Departments } from '../policies/index.ts';
import { TicketKinds } from './ticket.enums.ts';

@InputType({ description: 'A new entry of the catalogue (报事目录).' })
export class TicketProblemCreateInput extends MutationInput {
  @Field(() => String, { description: 'Where. 1 to 200 characters.' })
  place!: string;

  @Field(() => String, { description: 'Category. 1 to 200 characters.' })
  category!: string;

  @Field(() => String, { description: 'The problem or the service. 1 to 200 characters.' })
  name!: string;

  @Field(() => [TicketKinds], { description: 'Kinds of tickets that it is for; at least one, each once.' })
  kinds!: TicketKind[];

  @Field(() => Departments, { description: 'Department that dispatch by rule goes to.' })
  department!: Department;

  @Field(() => Boolean, { nullable: true, description: 'Urgent by default; false when absent.' })
  urgent?: boolean | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Published price, at least 1 fen.' })
  price?: number | null;

  @Field(() => String, { nullable: true, description: 'What the price is for. At most 200 characters.' })
  priceUnit?: string | null;
}

@InputType({
  description: 'Changes an entry of the catalogue; tickets that point to it keep what they took from it.',
})
export class TicketProblemUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Where.' })
  place?: string;

  @Field(() => String, { nullable: true, description: 'Category.' })
  category?: string;

  @Field(() => String, { nullable: true, description: 'The problem or the service.' })
  name?: string;

  @Field(() => [TicketKinds], { nullable: true, description: 'Kinds of tickets that it is for.' })
  kinds?: TicketKind[];

  @Field(() => Departments, { nullable: true, description: 'Department that dispatch by rule goes to.' })
  department?: Department;

  @Field(() => Boolean, { nullable: true, description: 'Urgent by default.' })
  urgent?: boolean;

  @Field(() => MoneyScalar, { nullable: true, description: 'Published price; null: none.' })
  price?: number | null;

  @Field(() => String, { nullable: true, description: 'What the price is for.' })
  priceUnit?: string | null;
}
