import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Services } from '../../src/platform/context.ts';
import type { DueRow, Job } from '../../src/platform/jobs/job.ts';
import { Jobs } from '../../src/platform/jobs/jobs.ts';
import { runInside } from '../../src/platform/write/run-inside.ts';
import type { Tx } from '../../src/platform/write/tx.ts';
import type { World } from '../harness/world.ts';

/** Rows that fall due, and how often each was done: what the jobs of these tests work on. */
export async function makeProbes(world: World, due: Date[], kind = 'probe'): Promise<string> {
  const { owner } = world.app.db;
  await owner.query(`
    create table if not exists probe (organisation_id uuid, id uuid default uuidv7(), kind text, due_at timestamptz, done int default 0);
    grant select, update on probe to desk_app`);
  const organisation = await world.organisation();
  await owner.query(
    'insert into probe (organisation_id, kind, due_at) select $1, $2, unnest($3::timestamptz[])',
    [organisation.uuid, kind, due],
  );
  return organisation.uuid;
}

/** How often each probe of an organisation was done. */
export async function doneOf(world: World, organisation: string): Promise<number[]> {
  const { rows } = await world.app.db.owner.query<{ done: number }>(
    'select done from probe where organisation_id = $1 order by id',
    [organisation],
  );
  return rows.map(({ done }) => done);
}

/** Claims a probe and does it, as every job does: what another one has in hand, or did, is left alone. */
export async function doProbe(tx: Tx, { id }: DueRow): Promise<boolean> {
  const claimed = await runInside(
    tx.em,
    'select 1 from probe where id = $1 and done = 0 for update skip locked',
    [id],
  );
  if (claimed.length === 0) return false;
  await runInside(tx.em, 'update probe set done = done + 1 where id = $1', [id]);
  return true;
}

/** A job that does the probes of one kind that are due, ten at a time. */
export function probeJob(kind = 'probe', fields: Partial<Job> = {}, work = doProbe): Job {
  return {
    name: `probe.${kind}`,
    about: 'Does probes.',
    every: { seconds: 1 },
    run: async (host) => {
      const rows = await host.due<DueRow>(
        'select organisation_id "organisationId", id from probe where kind = $1 and done = 0 and due_at <= $2 order by id limit 10',
        [kind, host.now()],
      );
      return host.each(rows, work);
    },
    ...fields,
  };
}

export interface Worker extends Jobs {
  registry: Registry;
  /** What it logged, parsed. */
  lines: Record<string, unknown>[];
}

/** The jobs of one process, on a test's database. */
export function worker(world: World, jobs: readonly Job[]): Worker {
  const lines: Record<string, unknown>[] = [];
  const sink = new PassThrough().on('data', (line) => lines.push(JSON.parse(String(line))));
  const services: Services = { ...world.app.services, log: pino({ level: 'warn' }, sink) };
  const registry = new Registry();
  const made = new Jobs({ jobs, services, databaseUrl: world.app.databaseUrl, registry });
  return Object.assign(made, { registry, lines });
}
