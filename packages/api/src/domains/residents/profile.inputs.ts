import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar } from '../../platform/graphql/scalars.ts';

@InputType({
  description: 'A new profile of a resident (handbook U-4); one for each building that they live in.',
})
export class ResidentProfileCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The resident.' })
  resident!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The building that they live in; may be absent when that is only one.',
  })
  building?: string | null;
}

@InputType({ description: 'Changes of a profile; absent fields stay as they are, `null` empties them.' })
export class ResidentProfileUpdateInput extends ChangeInput {}

@InputType({ description: 'Empties a profile for good, for a stated reason (handbook S-7).' })
export class ResidentProfileEraseInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Why. Refused with REASON_REQUIRED when missing.' })
  reason?: string | null;
}

const words: Record<string, string> = {
  anniversaries: 'Wedding day and the like.',
  habits: 'Habits.',
  household: 'Who belongs to the household.',
  health: 'Health.',
  school: "The children's school.",
  taboos: 'Taboos.',
  parking: 'Parking needs.',
};
for (const { prototype } of [ResidentProfileCreateInput, ResidentProfileUpdateInput]) {
  Field(() => DateScalar, { nullable: true, description: 'Birthday.' })(prototype, 'birthday');
  for (const [name, description] of Object.entries(words))
    Field(() => String, { nullable: true, description: `${description} At most 4,000 characters.` })(
      prototype,
      name,
    );
}
