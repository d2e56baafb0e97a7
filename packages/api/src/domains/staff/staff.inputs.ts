import type { Role } from '@desk/schema';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MoveInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { Roles } from './staff.entity.ts';

@InputType({ description: 'A role and where it holds (handbook P-3).' })
export class RoleAssignmentInput {
  @Field(() => Roles, { description: 'A role of staff, not of machines.' })
  role!: Role;

  @Field(() => ID, {
    nullable: true,
    description:
      'The community where it holds; the whole organisation when absent, as it must be for administrators.',
  })
  community?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'For stewards: the buildings of the community that they look after; all of them when absent.',
  })
  buildings?: string[] | null;
}

@InputType({ description: 'A new member of the staff, with the account that signs in.' })
export class StaffCreateInput extends MutationInput {
  @Field(() => String, { description: 'Name. 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { description: 'E-mail address to sign in with; nobody else may have it.' })
  email!: string;

  @Field(() => String, { description: 'First password, 10 to 128 characters.' })
  password!: string;

  @Field(() => [RoleAssignmentInput], { description: 'At least one role.' })
  assignments!: RoleAssignmentInput[];
}

@InputType({ description: 'Changes of a member of the staff; absent fields stay as they are.' })
export class StaffUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Name. 1 to 200 characters.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'E-mail address to sign in with.' })
  email?: string;

  @Field(() => [RoleAssignmentInput], {
    nullable: true,
    description: 'All roles anew: what is not listed is taken away.',
  })
  assignments?: RoleAssignmentInput[];

  @Field(() => Boolean, {
    nullable: true,
    description: '`false` ends all sessions and keeps the account from signing in.',
  })
  active?: boolean;
}

@InputType({ description: 'A new password for somebody; all their sessions end.' })
export class StaffSetPasswordInput extends ChangeInput {
  @Field(() => String, { description: '10 to 128 characters.' })
  password!: string;
}

@InputType({ description: 'A new token.' })
export class ApiTokenCreateInput extends MutationInput {
  @Field(() => String, { description: 'What it is for. 1 to 200 characters.' })
  name!: string;

  @Field(() => Roles, { description: 'INTEGRATOR or DASHBOARD.' })
  role!: Role;

  @Field(() => ID, {
    nullable: true,
    description: 'The community that it is limited to; the whole organisation when absent.',
  })
  community?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ends, at most 1,100 days ahead; after 365 days when absent.',
  })
  expiresAt?: string | null;
}

@InputType({ description: 'Ends a token for good.' })
export class ApiTokenRevokeInput extends MoveInput {}
