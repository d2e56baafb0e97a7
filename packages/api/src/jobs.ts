import { domains } from './domains.ts';
import { keepDays } from './platform/events/days.ts';
import { cleaning } from './platform/jobs/cleaning.ts';
import type { Job } from './platform/jobs/job.ts';

/** All jobs of the product. */
export const jobs: readonly Job[] = [cleaning, keepDays, ...domains.flatMap((domain) => domain.jobs ?? [])];
