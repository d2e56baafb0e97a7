import type { TicketKind } from '@desk/schema/tickets/enums';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MoveInput } from '../../platform/graphql/payload.ts';
import { TicketKinds } from './ticket.enums.ts';

@InputType({
  description:
    'Merges a duplicate into the ticket that goes on (handbook T-09); it ends MERGED and points there.',
})
export class TicketMergeInput extends MoveInput {
  @Field(() => ID, { description: 'Main ticket: of the same community, not ended.' })
  into!: string;
}

@InputType({ description: 'One matter that is split off a ticket.' })
export class TicketPartInput {
  @Field(() => String, { description: 'The matter in one line. 1 to 200 characters.' })
  title!: string;

  @Field(() => TicketKinds, {
    nullable: true,
    description: "What it is about; the ticket's kind when absent.",
  })
  kind?: TicketKind | null;

  @Field(() => String, { nullable: true, description: 'The matter in full. At most 4,000 characters.' })
  description?: string | null;

  @Field(() => ID, { nullable: true, description: 'Active entry of the catalogue for its kind.' })
  problem?: string | null;
}

@InputType({
  description:
    'Splits matters off a ticket into tickets of their own, with its place, reporter and urgency (handbook T-09). The ticket itself goes on with what is left.',
})
export class TicketSplitInput extends MoveInput {
  @Field(() => [TicketPartInput], { description: 'The matters, 1 to 10.' })
  parts!: TicketPartInput[];
}

@InputType({
  description: 'Links a ticket to the matter that covers many, such as an outage (handbook T-09).',
})
export class TicketLinkIncidentInput extends MoveInput {
  @Field(() => ID, {
    description: 'The covering ticket: of the same community, neither merged nor covered itself.',
  })
  incident!: string;
}

@InputType({ description: 'Takes a ticket out of its incident, with a reason.' })
export class TicketUnlinkIncidentInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Why. Refused with REASON_REQUIRED when missing.' })
  reason?: string | null;
}

@InputType({
  description:
    'Answers all unfinished tickets that an incident covers: each is DONE with this resolution and a public comment, and is signed off and revisited on its own (handbook T-09).',
})
export class TicketAnswerCoveredInput extends ChangeInput {
  @Field(() => String, { description: 'What was done, as the residents are told. 1 to 4,000 characters.' })
  resolution!: string;
}
