import type { Job } from '../../platform/jobs/job.ts';
import { removeOldFiles } from './host.ts';

export const importJobs: readonly Job[] = [
  {
    name: 'import.tidy',
    about: 'Removes uploaded files that nobody imported for a week (handbook S-7).',
    every: { cron: '40 * * * *', timeZone: 'UTC' },
    run: ({ services }) => removeOldFiles(services),
  },
];
