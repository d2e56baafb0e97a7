import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { runAs, systemViewer } from '../auth/system.ts';
import type { Services } from '../context.ts';
import { describeError } from '../graphql/errors.ts';
import { Setbacks } from './back-off.ts';
import type { Job, JobHost } from './job.ts';
import type { JobMetrics } from './metrics.ts';

/** Gives one job what it works with. */
export function hostOf(
  job: Job,
  services: Services,
  reading: pg.Pool,
  metrics: Pick<JobMetrics, 'rowFailures'>,
): JobHost {
  const log = services.log.child({ job: job.name });
  const setbacks = new Setbacks();
  const write: JobHost['write'] = async (organisationId, work) => {
    const viewer = systemViewer(organisationId);
    const result = await runAs(services.db, viewer, services.clock, work, { reason: job.name });
    services.committed();
    return result;
  };
  return {
    services,
    now: () => services.clock.now(),
    log,
    write,
    due: async <Row>(text: string, values: unknown[]) =>
      (await reading.query({ text, values })).rows as Row[],
    each: async (rows, work) => {
      let effects = 0;
      for (const row of rows) {
        const key = `${row.organisationId}/${row.id}`;
        if (!setbacks.ready(key)) continue;
        try {
          if (await write(row.organisationId, (tx) => work(tx, row))) effects += 1;
          setbacks.succeeded(key);
        } catch (error) {
          setbacks.failed(key);
          metrics.rowFailures.inc({ job: job.name });
          log.error(
            { err: describeError(error), failure: randomUUID(), row: row.id },
            'a row of a job failed',
          );
        }
      }
      return effects;
    },
  };
}
