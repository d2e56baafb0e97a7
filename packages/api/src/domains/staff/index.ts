import type { Domain } from '../../platform/domain.ts';
import { ApiToken } from './api-token.entity.ts';
import { Roles, Staff } from './staff.entity.ts';
import { staffResolvers } from './staff.resolver.ts';

export { createOperatorToken } from './api-token.service.ts';
export { createOrganisation } from './organisation.service.ts';
export { assignmentsOf } from './staff.loaders.ts';
export { createStaff } from './staff.service.ts';
export { ApiToken, Roles, Staff };

export const staff: Domain = {
  name: 'staff',
  entities: [Staff, ApiToken],
  resolvers: staffResolvers,
  constraints: {
    auth_user_email: { code: 'DUPLICATE', field: ['email'], what: { zh: '邮箱', en: 'e-mail address' } },
  },
};
