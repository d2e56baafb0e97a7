import type { Domain } from '../../platform/domain.ts';
import { keepFollowUpsWith } from '../tickets/index.ts';
import { mountExports } from './export.route.ts';
import { enterFollowUp } from './follow-up.service.ts';
import { DailyFollowUp, ExportRecord, MonthlyReport } from './report.entities.ts';
import { reportJobs } from './reports.jobs.ts';
import { reportResolvers } from './reports.resolver.ts';

keepFollowUpsWith(enterFollowUp);

export const reports: Domain = {
  name: 'reports',
  entities: [DailyFollowUp, ExportRecord, MonthlyReport],
  resolvers: reportResolvers,
  jobs: reportJobs,
  mount: mountExports,
};
