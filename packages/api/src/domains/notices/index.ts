import type { Domain } from '../../platform/domain.ts';
import { Notice } from './notice.entity.ts';
import { NoticeRecipient } from './notice-recipient.entity.ts';
import { noticeJobs } from './notices.jobs.ts';
import { noticeResolvers } from './notices.resolver.ts';

export const notices: Domain = {
  name: 'notices',
  entities: [Notice, NoticeRecipient],
  resolvers: noticeResolvers,
  jobs: noticeJobs,
  constraints: {
    notice_target_unit: { code: 'PLACE_MISMATCH', field: ['units'] },
    notice_target_building: { code: 'PLACE_MISMATCH', field: ['buildings'] },
  },
};
