import { say } from '@desk/schema';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { Refusal } from '../../../platform/errors.ts';
import { compileMapping, mappingFaults } from '../mapping/compile.ts';
import { openTable } from '../reading/table.ts';
import { applyRows } from './apply.ts';
import type { ImportCounts, ImportHooks, ImportJob, ImportOutcome } from './job.ts';
import { matchedRows, matchRecords } from './records.ts';
import { ApplyScope } from './scope.ts';
import { Session } from './session.ts';
import { Stage, type Staged } from './stage.ts';

const chunkSize = 500;
/** After so many rows the planner needs to know of them; its own look may be a minute away. */
const manyRows = 1_000;

/**
 * Imports a file: reads and checks all of it, then writes it in one transaction. Interrupted at any point it leaves
 * nothing behind, and running it again changes nothing that is already as the file says. Throws a Refusal when the file or
 * the mapping cannot be used at all.
 */
export async function runImport(
  db: Database,
  clock: Clock,
  job: ImportJob,
  hooks: ImportHooks = {},
): Promise<ImportOutcome> {
  const { target, mapping, community } = job;
  const table = await openTable(job.path);
  const faults = mappingFaults(mapping, table.headers, target.fields);
  if (faults.length > 0)
    throw new Refusal('VALIDATION', {
      field: ['mapping', 'columns', faults[0]?.field ?? ''],
      values: (locale) => ({
        detail: faults.map(({ text }) => say(text, locale)).join(locale === 'en' ? '; ' : '；'),
      }),
    });
  const reader = compileMapping(mapping, table.headers, target.fields, community.timeZone);
  const session = await Session.open(db, job.viewer.organisationId, clock.now());
  try {
    const staged = await new Stage(session, target, reader, hooks).fill(table);
    const scope = new ApplyScope(session, job.viewer, community, clock.now(), job.fileName);
    const outcome = await applyStaged(scope, job, staged, {
      ...hooks,
      // What the database says is about a field; the reader of the report knows its column.
      onProblem: (problem) => hooks.onProblem?.({ ...problem, column: reader.headerOf(problem.field) }),
    });
    if (outcome.status === 'DONE' && outcome.created + outcome.updated >= manyRows)
      await db.owner.query('analyze building, unit, resident, residency, ticket');
    return outcome;
  } finally {
    session.close();
  }
}

async function applyStaged(
  scope: ApplyScope,
  job: ImportJob,
  staged: Staged,
  hooks: ImportHooks,
): Promise<ImportOutcome> {
  const { session, community } = scope;
  const { target, dryRun, skipBad } = job;
  const counts: ImportCounts = {
    total: staged.total,
    created: 0,
    updated: 0,
    unchanged: 0,
    skipped: staged.skipped,
    failed: staged.failed,
  };
  await session.run('begin');
  // Two imports into one community at once would find each other's rows missing and enter them twice.
  await session.run(`select pg_advisory_xact_lock(hashtextextended('desk.import:' || $1, 0))`, [
    community.id,
  ]);
  await matchRecords(scope, target);
  let done = 0;
  for await (const rows of matchedRows(scope, chunkSize)) {
    const applied = await applyRows(scope, target, rows);
    counts.created += applied.created;
    counts.updated += applied.updated;
    counts.unchanged += applied.unchanged;
    counts.failed += applied.failed;
    for (const problem of applied.problems) await hooks.onProblem?.(problem);
    done += rows.length;
    hooks.onProgress?.({ percent: 50 + (50 * done) / Math.max(1, staged.good), done, total: staged.good });
  }
  const rejected = counts.failed > 0 && !skipBad;
  if (dryRun || rejected) await session.run('rollback');
  else {
    await scope.publish();
    await session.run('commit');
  }
  if (dryRun) return { ...counts, status: 'CHECKED' };
  return rejected
    ? { ...counts, created: 0, updated: 0, unchanged: 0, status: 'REJECTED' }
    : { ...counts, status: 'DONE' };
}
