import type { BorrowerKind, ConsentWay, Verification } from '@desk/schema/keys/enums';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { BorrowerKinds, ConsentWays, Verifications } from './key-loan.entity.ts';

@InputType({ description: 'A new key with its copies: of a unit, or of a room or facility of a community.' })
export class KeyCreateInput extends MutationInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Community of the board; may be left out when the unit is given.',
  })
  community?: string | null;

  @Field(() => ID, { nullable: true, description: 'Building, for keys of rooms and facilities in one.' })
  building?: string | null;

  @Field(() => ID, { nullable: true, description: 'Unit that it opens.' })
  unit?: string | null;

  @Field(() => String, { description: 'Number on its tag, unique in the community. 1 to 32 characters.' })
  number!: string;

  @Field(() => String, { description: 'What it opens, in words. 1 to 200 characters.' })
  opens!: string;

  @Field(() => String, { nullable: true, description: 'Place on the board.' })
  boardPlace?: string | null;

  @Field(() => Int, { nullable: true, description: 'Copies, 1 to 50; 1 when absent.' })
  copies?: number | null;
}

@InputType({ description: 'Changes of a key; absent fields stay as they are.' })
export class KeyUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'What it opens, in words. 1 to 200 characters.' })
  opens?: string;

  @Field(() => String, { nullable: true, description: 'Place on the board.' })
  boardPlace?: string | null;
}

@InputType({ description: 'Further copies of a key.' })
export class KeyAddCopiesInput extends ChangeInput {
  @Field(() => Int, { description: 'How many, 1 to 50.' })
  copies!: number;
}

@InputType({ description: 'A loan of one copy (handbook K-2).' })
export class KeyLoanCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The copy to hand out.' })
  copy!: string;

  @Field(() => BorrowerKinds, { description: 'Who borrows it.' })
  borrowerKind!: BorrowerKind;

  @Field(() => ID, {
    nullable: true,
    description: 'The registered resident who borrows; required for RESIDENT, for nobody else.',
  })
  resident?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The borrower's name; the resident's when absent. Another name only of whoever comes for a company.",
  })
  borrowerName?: string | null;

  @Field(() => String, { nullable: true, description: "The borrower's phone." })
  borrowerPhone?: string | null;

  @Field(() => Verifications, {
    nullable: true,
    description: 'How the identity was verified; without it the loan is refused (handbook K-2).',
  })
  verification?: Verification | null;

  @Field(() => String, {
    nullable: true,
    description: 'The owner who consented; required when the borrower does not own the unit (handbook K-2).',
  })
  consentBy?: string | null;

  @Field(() => ConsentWays, { nullable: true, description: 'How the owner consented.' })
  consentWay?: ConsentWay | null;

  @Field(() => String, { description: 'What it is borrowed for. 1 to 200 characters.' })
  purpose!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it must be back, at most 30 days ahead; the end of the shift by the policy (17:50 unless it says otherwise) when absent.',
  })
  dueAt?: string | null;

  @Field(() => String, { nullable: true, description: 'Note for staff.' })
  note?: string | null;
}

@InputType({ description: 'More time for a loan (handbook K-4).' })
export class KeyLoanExtendInput extends ChangeInput {
  @Field(() => DateTimeScalar, { description: 'When it must be back now.' })
  dueAt!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A lost key (handbook K-4).' })
export class KeyLoanReportLostInput extends ChangeInput {
  @Field(() => String, { description: 'What happened.' })
  reason!: string;
}
