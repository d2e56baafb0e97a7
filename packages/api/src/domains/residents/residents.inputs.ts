import type {
  ConfidentialField,
  IdentityKind,
  Relation,
  ResidentKind,
  SpecialCareKind,
} from '@desk/schema/residents/enums';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MoveInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar, DecimalScalar } from '../../platform/graphql/scalars.ts';
import { Relations } from './residency.entity.ts';
import { ConfidentialFields, IdentityKinds, ResidentKinds, SpecialCareKinds } from './resident.entity.ts';

@InputType({ description: 'A new resident.' })
export class ResidentCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Community whose units it lives in or owns.' })
  community!: string;

  @Field(() => String, { description: 'Name of the person or company. 1 to 200 characters.' })
  name!: string;

  @Field(() => ResidentKinds, { nullable: true, description: 'Person or company; PERSON when absent.' })
  kind?: ResidentKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'Phone, 7 to 15 digits; blanks and dashes are dropped.',
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Second phone.' })
  secondPhone?: string | null;

  @Field(() => IdentityKinds, { nullable: true, description: 'Kind of the identifying paper.' })
  idKind?: IdentityKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its number; needs `idKind`. Identity cards are checked by their check digit.',
  })
  idNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Number plates, separated by commas.' })
  plates?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Special-care household (handbook U-5); true when a reason is given.',
  })
  specialCare?: boolean | null;

  @Field(() => SpecialCareKinds, { nullable: true, description: 'Why it is one.' })
  specialCareKind?: SpecialCareKind | null;

  @Field(() => String, { nullable: true, description: 'Whom to call in an emergency.' })
  emergencyName?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone of the emergency contact.' })
  emergencyPhone?: string | null;

  @Field(() => String, { nullable: true, description: 'Note for staff. At most 4,000 characters.' })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "The source system's key, unique in the community." })
  externalKey?: string | null;
}

@InputType({
  description:
    'Changes of a resident; absent fields stay as they are, and so does a masked value that is sent back as it was shown.',
})
export class ResidentUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Name. 1 to 200 characters.' })
  name?: string;

  @Field(() => ResidentKinds, { nullable: true, description: 'Person or company.' })
  kind?: ResidentKind;

  @Field(() => String, { nullable: true, description: 'Phone, 7 to 15 digits.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'Second phone.' })
  secondPhone?: string | null;

  @Field(() => IdentityKinds, { nullable: true, description: 'Kind of the identifying paper.' })
  idKind?: IdentityKind | null;

  @Field(() => String, { nullable: true, description: 'Its number; needs `idKind`.' })
  idNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Number plates, separated by commas.' })
  plates?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Special-care household (handbook U-5); `false` also removes the reason.',
  })
  specialCare?: boolean;

  @Field(() => SpecialCareKinds, { nullable: true, description: 'Why it is one.' })
  specialCareKind?: SpecialCareKind | null;

  @Field(() => String, { nullable: true, description: 'Whom to call in an emergency.' })
  emergencyName?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone of the emergency contact.' })
  emergencyPhone?: string | null;

  @Field(() => String, { nullable: true, description: 'Note for staff.' })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "The source system's key, unique in the community." })
  externalKey?: string | null;
}

@InputType({ description: 'A look at masked values of a resident; recorded with its reason (handbook U-4).' })
export class ResidentUnmaskInput extends MutationInput {
  @Field(() => ID, { description: 'The resident.' })
  id!: string;

  @Field(() => [ConfidentialFields], { description: 'What must be seen; at least one.' })
  fields!: ConfidentialField[];

  @Field(() => String, { description: 'Why; at least 5 characters, kept in the history for good.' })
  reason!: string;
}

@InputType({ description: 'A new residency.' })
export class ResidencyCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The unit.' })
  unit!: string;

  @Field(() => ID, { description: 'The resident; of the same community.' })
  resident!: string;

  @Field(() => Relations, { description: 'What the resident is in the unit.' })
  relation!: Relation;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Percent of the ownership, at most two decimals; owners only.',
  })
  share?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "First day; today in the community's zone when absent.",
  })
  startsOn?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day, included.' })
  endsOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Power of attorney; required of agents (handbook H-1).',
  })
  powerOfAttorney?: string | null;
}

@InputType({
  description:
    'Corrections of a residency; absent fields stay as they are. Unit, resident and relation never change: end it and enter another.',
})
export class ResidencyUpdateInput extends ChangeInput {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Percent of the ownership, at most two decimals; owners only.',
  })
  share?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day.' })
  startsOn?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day, included; `null` takes an end back.' })
  endsOn?: string | null;

  @Field(() => String, { nullable: true, description: 'Power of attorney.' })
  powerOfAttorney?: string | null;
}

@InputType({ description: 'The end of a residency.' })
export class ResidencyEndInput extends MoveInput {
  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day, included; today in the community's zone when absent.",
  })
  endsOn?: string | null;
}
