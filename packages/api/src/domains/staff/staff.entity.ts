import { roles } from '@desk/schema';
import { staffDescriptor } from '@desk/schema/staff/descriptor';
import { types } from '@mikro-orm/core';
import { Property } from '@mikro-orm/decorators/legacy';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Resource } from '../../platform/model.ts';

export const Roles = enumOf('Role', roles, 'What somebody or something may do (handbook P-3).');

@Resource(staffDescriptor, {
  table: 'staff',
  description: 'A member of the staff (员工). Everybody has an account of their own (handbook S-7).',
})
export class Staff extends Aggregate {
  /** The account that signs in. */
  @Property({ type: types.uuid })
  userId!: string;

  @Column('text', { description: 'Name, as colleagues know it. 1 to 200 characters.' })
  name!: string;

  @Column('text', { description: 'E-mail address that signs in, in lower case. Administrators only.' })
  email!: string;

  @Column('boolean', {
    description: 'Whether the account may sign in. Deactivated staff are out within a second.',
  })
  active!: boolean;

  @Column('texts', {
    description:
      'Roles with their places as they were assigned, one line each: `STEWARD YGHY: 3栋, 4栋`. What the history compares.',
  })
  access!: string[];

  @Column('dateTime', { nullable: true, description: 'When an administrator last set the password.' })
  passwordSetAt!: Date | null;
}
