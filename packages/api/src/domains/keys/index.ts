import type { Domain } from '../../platform/domain.ts';
import { Key, KeyCopy } from './key.entity.ts';
import { KeyLoan } from './key-loan.entity.ts';
import { keyJobs } from './keys.jobs.ts';
import { keyResolvers } from './keys.resolver.ts';
import { KeysOnWall } from './keys.wall.ts';

export const keys: Domain = {
  name: 'keys',
  entities: [Key, KeyCopy, KeyLoan],
  resolvers: [...keyResolvers, KeysOnWall],
  jobs: keyJobs,
  constraints: {
    key_number_unique: { code: 'DUPLICATE', field: ['number'], what: { zh: '钥匙编号', en: 'key number' } },
    key_copy_number_unique: { code: 'CONFLICT' },
    key_loan_copy_out: { code: 'KEY_OUT', field: ['copy'] },
  },
};
