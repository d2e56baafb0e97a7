import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Extensions, Field, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { command, commands } from '../../platform/graphql/declare.ts';
import { payloadOf } from '../../platform/graphql/payload.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { ApiToken } from './api-token.entity.ts';
import { createApiToken, revokeApiToken } from './api-token.service.ts';
import { RoleAssignment, showAssignments } from './role-assignment.ts';
import { Roles, Staff } from './staff.entity.ts';
import {
  ApiTokenCreateInput,
  ApiTokenRevokeInput,
  StaffCreateInput,
  StaffSetPasswordInput,
  StaffUpdateInput,
} from './staff.inputs.ts';
import { assignmentsOf } from './staff.loaders.ts';
import { createStaff, setPassword, updateStaff } from './staff.service.ts';
import { ViewerResolver } from './viewer.resolver.ts';

@Resolver(() => Staff)
class StaffFields {
  @FieldResolver(() => [Roles], { description: 'Roles held anywhere, without their places.' })
  @Extensions({ needs: ['access'] })
  roles(@Root() { access }: Row): string[] {
    return [...new Set((access as string[]).map((line) => line.split(' ', 1)[0] ?? ''))];
  }

  @FieldResolver(() => [RoleAssignment], { description: 'Roles held, and where.' })
  assignments(
    @Root() { uuid }: Row,
    @Ctx() { read }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<RoleAssignment[]> {
    const load = read.occurrence(info, 'assignments', async (keys: readonly string[]) =>
      showAssignments(read, info, await assignmentsOf(read, keys)),
    );
    return load(uuid);
  }
}

// The one answer of its mutations also carries what exists only once.
Field(() => String, {
  nullable: true,
  description: 'The new token itself (`psd_…`): shown here once, stored nowhere.',
})(payloadOf(ApiToken).prototype, 'secret');

export const staffResolvers = [
  ViewerResolver,
  StaffFields,
  ...resourceResolvers(Staff),
  ...resourceResolvers(ApiToken),
  commands(Staff, {
    staffCreate: command(
      StaffCreateInput,
      createStaff,
      'Enters a member of the staff with an account to sign in. Administrators only.',
    ),
    staffUpdate: command(
      StaffUpdateInput,
      updateStaff,
      'Changes name, address, roles, or whether the account may sign in. Administrators only.',
    ),
    staffSetPassword: command(
      StaffSetPasswordInput,
      setPassword,
      'Sets a new password and ends all sessions of the account. Administrators only.',
    ),
  }),
  commands(ApiToken, {
    apiTokenCreate: command(
      ApiTokenCreateInput,
      createApiToken,
      'Makes a token for a machine; `secret` is answered once. Administrators only.',
    ),
    apiTokenRevoke: command(
      ApiTokenRevokeInput,
      revokeApiToken,
      'Ends a token; it is refused within a second. Administrators only.',
    ),
  }),
];
