import { domains } from './domains.ts';
import { cleaning } from './platform/jobs/cleaning.ts';
import type { Job } from './platform/jobs/job.ts';

/** All jobs of the product. */
export const jobs: readonly Job[] = [cleaning, ...domains.flatMap((domain) => domain.jobs ?? [])];
