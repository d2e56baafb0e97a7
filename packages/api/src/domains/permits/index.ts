import type { Domain } from '../../platform/domain.ts';
import { RenovationPermit } from './permit.entity.ts';
import { PermitReview, PermitSignature } from './permit-record.entity.ts';
import { permitJobs } from './permits.jobs.ts';
import { permitResolvers } from './permits.resolver.ts';
import { PermitsOnWall } from './permits.wall.ts';

export const permits: Domain = {
  name: 'permits',
  entities: [RenovationPermit, PermitReview, PermitSignature],
  resolvers: [...permitResolvers, PermitsOnWall],
  jobs: permitJobs,
  constraints: {
    permit_one_open: { code: 'PERMIT_OPEN', field: ['unit'] },
    permit_number_unique: { code: 'CONFLICT' },
    permit_signature_once: { code: 'CONFLICT' },
  },
};
