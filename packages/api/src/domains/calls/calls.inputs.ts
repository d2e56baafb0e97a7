import type { CallDirection, CallOutcome } from '@desk/schema/calls/enums';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { CallDirections, CallOutcomes } from './call.entity.ts';

/** What every report of the exchange says: which call, and when. Versions are not the exchange's business. */
@InputType('CallReportInput')
abstract class CallReportInput extends MutationInput {
  @Field(() => ID, { description: 'The community whose line it is.' })
  community!: string;

  @Field(() => String, {
    description:
      "The exchange's id of the call, 1 to 100 characters. The same report again has no second effect.",
  })
  exchangeId!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it happened by the exchange; now when absent. At most 5 minutes ahead.',
  })
  at?: string | null;
}

@InputType({ description: 'A telephone rings (handbook U-6).' })
export class CallRecordRingInput extends CallReportInput {
  @Field(() => CallDirections, { nullable: true, description: 'INBOUND when absent.' })
  direction?: CallDirection | null;

  @Field(() => String, {
    nullable: true,
    description: "The other side's number, also with spaces, dashes or +86; absent when withheld.",
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'The line or hotline that was called.' })
  line?: string | null;

  @Field(() => ID, { nullable: true, description: 'Whom it rings for; absent for the whole desk.' })
  staff?: string | null;
}

@InputType({ description: 'A ringing call was answered.' })
export class CallRecordAnswerInput extends CallReportInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Who answered. Absent: a signed-in clerk who reports it, else whom it rang for.',
  })
  staff?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Rings until then, 0 to 100, when the exchange counts them.',
  })
  rings?: number | null;
}

@InputType({ description: 'A call ended; unanswered, it was missed.' })
export class CallRecordEndInput extends CallReportInput {
  @Field(() => CallOutcomes, { nullable: true, description: 'What came of it, when the exchange knows.' })
  outcome?: CallOutcome | null;
}

@InputType({ description: 'What the clerk found out; absent fields stay as they are, `null` empties them.' })
export class CallRecordUpdateInput extends ChangeInput {
  @Field(() => ID, { nullable: true, description: 'The caller; a resident of the same community.' })
  resident?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'The caller is no resident (handbook U-4): takes the resident off the call, and whoever answered it is refused to unmask anything with OUTSIDE_CALLER until it ends or this is taken back.',
  })
  outsider?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'The unit that it is about; of the same community.' })
  unit?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The ticket that came of it; of the same community. Sets the outcome TICKET unless another is given.',
  })
  ticket?: string | null;

  @Field(() => CallOutcomes, { nullable: true, description: 'What came of it.' })
  outcome?: CallOutcome | null;

  @Field(() => String, { nullable: true, description: 'Note; at most 4,000 characters.' })
  note?: string | null;
}

@InputType({
  description: 'An outside caller asks where somebody lives; recorded with the name (handbook U-4).',
})
export class CallRecordTellRoomInput extends MutationInput {
  @Field(() => ID, { description: 'The call.' })
  id!: string;

  @Field(() => String, {
    description: 'Whole name of a resident or company of the community, 1 to 200 characters.',
  })
  name!: string;
}

@InputType({ description: 'A look at the masked number of a call; recorded with its reason (handbook U-4).' })
export class CallRecordUnmaskInput extends MutationInput {
  @Field(() => ID, { description: 'The call.' })
  id!: string;

  @Field(() => String, { description: 'Why; at least 5 characters, kept in the history for good.' })
  reason!: string;
}
