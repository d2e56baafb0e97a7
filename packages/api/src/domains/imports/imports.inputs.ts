import { Field, InputType } from 'type-graphql';
import { ChangeInput } from '../../platform/graphql/payload.ts';

@InputType({ description: 'How an uploaded file is to be imported.' })
export class ImportRunInput extends ChangeInput {
  @Field(() => String, {
    description:
      'How the columns of the file fill the fields, as JSON text, like the `suggestedMapping` that the upload answered.',
  })
  mapping!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only check: everything is done and taken back. False when absent.',
  })
  dryRun?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Leave bad rows out instead of refusing the whole file. False when absent.',
  })
  skipBad?: boolean | null;
}
