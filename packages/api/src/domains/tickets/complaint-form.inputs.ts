import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar } from '../../platform/graphql/scalars.ts';
import { drawingHelp } from './ticket-work.inputs.ts';

@InputType({ description: 'Begins the form of a complaint (handbook T-11), one for each.' })
export class ComplaintFormCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The complaint; not ended.' })
  ticket!: string;

  @Field(() => String, { description: 'What caused the complaint. 1 to 4,000 characters.' })
  cause!: string;

  @Field(() => String, { description: 'What is done about it. 1 to 4,000 characters.' })
  correctiveAction!: string;

  @Field(() => ID, { description: 'Who is responsible for that.' })
  responsible!: string;

  @Field(() => DateScalar, { description: 'By when; not in the past.' })
  deadline!: string;
}

@InputType({ description: 'Changes a form that is not signed yet.' })
export class ComplaintFormUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'What caused the complaint.' })
  cause?: string;

  @Field(() => String, { nullable: true, description: 'What is done about it.' })
  correctiveAction?: string;

  @Field(() => ID, { nullable: true, description: 'Who is responsible for that.' })
  responsible?: string;

  @Field(() => DateScalar, { nullable: true, description: 'By when; not in the past.' })
  deadline?: string;
}

@InputType({ description: "The department head's signature (handbook T-11)." })
export class ComplaintFormSignInput extends ChangeInput {
  @Field(() => String, { description: 'Name of the head of the department. 1 to 200 characters.' })
  signerName!: string;

  @Field(() => String, { nullable: true, description: drawingHelp })
  signature?: string | null;
}

@InputType({ description: "The resident's acceptance of the handling (handbook T-11)." })
export class ComplaintFormAcceptInput extends ChangeInput {
  @Field(() => String, { description: "The resident's words. 1 to 4,000 characters." })
  words!: string;

  @Field(() => String, { nullable: true, description: "Who signed; the reporter's name when absent." })
  signerName?: string | null;

  @Field(() => String, { nullable: true, description: drawingHelp })
  signature?: string | null;
}

@InputType({ description: 'Sends a signed form back to be changed, with a reason.' })
export class ComplaintFormReopenInput extends ChangeInput {
  @Field(() => String, { description: 'Why. 1 to 4,000 characters.' })
  reason!: string;
}

@InputType({ description: 'Records the written apology of a complaint (handbook T-06).' })
export class ComplaintFormApologiseInput extends ChangeInput {
  @Field(() => String, { description: 'Text of the apology as it was handed over. 1 to 4,000 characters.' })
  apology!: string;
}
