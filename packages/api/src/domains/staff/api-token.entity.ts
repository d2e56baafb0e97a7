import type { Role } from '@desk/schema';
import { apiTokenDescriptor } from '@desk/schema/staff/descriptor';
import { types } from '@mikro-orm/core';
import { Property } from '@mikro-orm/decorators/legacy';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from '../units/index.ts';
import { Roles } from './staff.entity.ts';

@Resource(apiTokenDescriptor, {
  table: 'api_token',
  description: 'Access of a machine (访问令牌): a bearer token with one role, stored hashed and shown once.',
})
export class ApiToken extends Aggregate {
  @Column('text', { description: 'What it is for. 1 to 200 characters; the history names it as the actor.' })
  name!: string;

  @Column('enum', { values: Roles, description: 'The role that it acts with.' })
  role!: Role;

  @Reference(() => Community, {
    nullable: true,
    description: 'The community that it is limited to; null for the whole organisation.',
  })
  community!: Community | null;

  /** SHA-256 of the secret. */
  @Property({ type: types.blob })
  hash!: Uint8Array;

  @Column('text', { description: 'The last four characters, to tell tokens apart.' })
  lastFour!: string;

  @Column('text', { description: 'Who made it.' })
  createdBy!: string;

  @Column('dateTime', { description: 'From then on it is refused.' })
  expiresAt!: Date;

  @Column('dateTime', { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When it was revoked; it is refused within a second.' })
  revokedAt!: Date | null;
}
