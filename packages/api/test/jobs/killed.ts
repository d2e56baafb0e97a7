/** A process of its own that does the effect of a job and is killed before it commits: `killed.ts <database url>`. */
import { setTimeout as forever } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { Jobs } from '../../src/platform/jobs/jobs.ts';
import { doProbe, probeJob } from './probe.ts';

const databaseUrl = String(process.argv[2]);
const { services } = await buildApp({
  config: readConfig({ LOG_LEVEL: 'error', AUTH_SECRET: 'x'.repeat(32) }),
  databaseUrl,
});
const job = probeJob('killed', {}, async (tx, row) => {
  const done = await doProbe(tx, row);
  process.stdout.write('in the middle\n');
  await forever(600_000);
  return done;
});
new Jobs({ jobs: [job], services, databaseUrl, registry: new Registry() }).start();
