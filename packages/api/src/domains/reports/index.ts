import type { Domain } from '../../platform/domain.ts';
import { mountExports } from './export.route.ts';
import { DailyFollowUp, ExportRecord, MonthlyReport } from './report.entities.ts';
import { reportJobs } from './reports.jobs.ts';
import { reportResolvers } from './reports.resolver.ts';

export const reports: Domain = {
  name: 'reports',
  entities: [DailyFollowUp, ExportRecord, MonthlyReport],
  resolvers: reportResolvers,
  jobs: reportJobs,
  mount: mountExports,
};
