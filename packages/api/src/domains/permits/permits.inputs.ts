import type { MoneyMethod } from '@desk/schema/fees/enums';
import type { PermitPaper, SigningDepartment } from '@desk/schema/permits/enums';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar, MoneyScalar } from '../../platform/graphql/scalars.ts';
import { MoneyMethods } from '../fees/index.ts';
import { PermitPapers } from './permit.entity.ts';
import { SigningDepartments } from './permit-record.entity.ts';

@InputType({ description: 'An application for a renovation (装修申报), handbook R-01; it starts APPLIED.' })
export class RenovationPermitCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Unit to renovate.' })
  unit!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "Resident of the same community who applies. Unless it owns the unit, the owner's written commission (OWNER_CONSENT) must be among the papers.",
  })
  applicant?: string | null;

  @Field(() => String, { nullable: true, description: "The applicant's name; the resident's when absent." })
  applicantName?: string | null;

  @Field(() => String, { description: 'Who does the works. 1 to 200 characters.' })
  contractorName!: string;

  @Field(() => String, { nullable: true, description: "Number of the contractor's business licence." })
  contractorLicence?: string | null;

  @Field(() => Int, { nullable: true, description: "The contractor's qualification grade, 1 to 9." })
  contractorGrade?: number | null;

  @Field(() => String, { description: 'What is to be done. 1 to 4,000 characters.' })
  scope!: string;

  @Field(() => Boolean, { nullable: true, description: 'Hot work; false when absent.' })
  hotWork?: boolean | null;

  @Field(() => DateScalar, { description: 'First day of the works.' })
  startsOn!: string;

  @Field(() => DateScalar, { description: 'Last day of the works.' })
  endsOn!: string;

  @Field(() => [PermitPapers], { nullable: true, description: 'Papers received already.' })
  papers?: PermitPaper[] | null;
}

@InputType({ description: 'Changes of an application until it is approved; absent fields stay as they are.' })
export class RenovationPermitUpdateInput extends ChangeInput {
  @Field(() => ID, { nullable: true, description: 'Resident of the same community who applies.' })
  applicant?: string | null;

  @Field(() => String, { nullable: true, description: "The applicant's name." })
  applicantName?: string;

  @Field(() => String, { nullable: true, description: 'Who does the works.' })
  contractorName?: string;

  @Field(() => String, { nullable: true, description: "Number of the contractor's business licence." })
  contractorLicence?: string | null;

  @Field(() => Int, { nullable: true, description: "The contractor's qualification grade, 1 to 9." })
  contractorGrade?: number | null;

  @Field(() => String, { nullable: true, description: 'What is to be done.' })
  scope?: string;

  @Field(() => Boolean, { nullable: true, description: 'Hot work.' })
  hotWork?: boolean;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the works.' })
  startsOn?: string;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the works.' })
  endsOn?: string;

  @Field(() => [PermitPapers], { nullable: true, description: 'All papers received, the earlier ones too.' })
  papers?: PermitPaper[];
}

/** Moves that say in words what was found. */
@InputType('CommentedInput')
export abstract class CommentedInput extends ChangeInput {
  @Field(() => String, { description: 'What was found, and what is to be changed. 1 to 4,000 characters.' })
  comments!: string;
}

@InputType({ description: 'The drawings must be revised (handbook R-03).' })
export class RenovationPermitRequestChangesInput extends CommentedInput {}

@InputType({ description: 'The drawings are approved (handbook R-03).' })
export class RenovationPermitApproveInput extends CommentedInput {}

@InputType({ description: 'The inspection found what must be put right (handbook R-12).' })
export class RenovationPermitRectifyInput extends CommentedInput {}

/** Moves that need a reason. */
@InputType('BecauseInput')
export abstract class BecauseInput extends ChangeInput {
  @Field(() => String, { description: 'Why; kept in the history (handbook P-6). 1 to 4,000 characters.' })
  reason!: string;
}

@InputType({ description: 'The works must stop (handbook R-09).' })
export class RenovationPermitSuspendInput extends BecauseInput {}

@InputType({ description: 'The permit is withdrawn (handbook R-05).' })
export class RenovationPermitRevokeInput extends BecauseInput {}

@InputType({ description: 'The application is given up; what was charged and not paid is voided.' })
export class RenovationPermitCancelInput extends BecauseInput {}

@InputType({ description: 'More time for the works (handbook R-05).' })
export class RenovationPermitExtendInput extends BecauseInput {
  @Field(() => DateScalar, { description: 'The new last day; later than the old one.' })
  endsOn!: string;
}

@InputType({
  description:
    'Deposit and rubbish clearance (handbook R-04). In FEES_DUE only what was voided is charged anew.',
})
export class RenovationPermitChargeFeesInput extends ChangeInput {
  @Field(() => MoneyScalar, { description: 'Renovation deposit in minor units; at least 1.' })
  deposit!: number;

  @Field(() => MoneyScalar, { description: 'Rubbish clearance in minor units; at least 1.' })
  rubbish!: number;
}

/** Moves that a department signs. */
@InputType('DepartmentInput')
export abstract class DepartmentInput extends ChangeInput {
  @Field(() => SigningDepartments, {
    description: 'The department that you sign for; your role must be one of its.',
  })
  department!: SigningDepartment;
}

@InputType({ description: "A department's signature under the permit (handbook R-05)." })
export class RenovationPermitSignInput extends DepartmentInput {}

@InputType({ description: "A department's signature under the completion (handbook R-12)." })
export class RenovationPermitSignCompletionInput extends DepartmentInput {}

@InputType({ description: 'The deposit goes back (handbook R-12, F-08).' })
export class RenovationPermitRefundInput extends ChangeInput {
  @Field(() => MoneyScalar, {
    description: 'What is kept for damage, in minor units; 0 or more, never above what is held.',
  })
  deduction!: number;

  @Field(() => MoneyMethods, { description: 'How the rest is handed back.' })
  method!: MoneyMethod;

  @Field(() => String, { nullable: true, description: 'Why something is kept; required with a deduction.' })
  reason?: string | null;
}
