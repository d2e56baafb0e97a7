import { rm } from 'node:fs/promises';
import { type Locale, say, type Text } from '@desk/schema';
import type { ImportMapping, ImportResourceName } from '@desk/schema/imports/mapping';
import type pg from 'pg';
import { runAs, systemViewer } from '../../platform/auth/system.ts';
import type { Services } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { newUuid } from '../../platform/ids.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { ImportOutcome, Problem, Progress } from './engine/job.ts';
import { runImport } from './engine/run.ts';
import type { Import } from './import.entity.ts';
import { endRun, nameOf, rememberMapping } from './imports.service.ts';
import { headerSignature } from './mapping/headers.ts';
import { targetOf } from './targets/index.ts';

/** Problems beyond this are counted, not kept. */
const keptProblems = 10_000;
const progressEvery = 300;
const texts = {
  interrupted: {
    zh: '导入被中断（服务器重启），没有写入任何数据，可以再次运行。',
    en: 'The import was interrupted by a restart; nothing was written. Run it again.',
  },
  internal: {
    zh: '系统内部错误，没有写入任何数据。编号 {id}，请告知管理员。',
    en: 'Internal error {id}; nothing was written. Give this id to your administrator.',
  },
} as const satisfies Record<string, Text>;

interface RunRow {
  community_id: string;
  time_zone: string;
  resource: Import['resource'];
  file_name: string;
  mapping: string;
  headers: string[];
  dry_run: boolean;
  skip_bad: boolean;
}

/**
 * Runs imports in the background, one after the other. While one waits or runs, this process holds its lock in the
 * database: whoever can take the lock of a running import knows that nobody works on it any more.
 */
export class ImportRunner {
  readonly #running = new Set<string>();
  #keeper: Promise<pg.PoolClient> | undefined;
  #queue: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(
    readonly services: Services,
    readonly pathOf: (id: string) => string,
  ) {}

  /** Starts a run that is marked as running; answers when it is on its way. */
  async start(id: string, viewer: Viewer, locale: Locale): Promise<void> {
    if (this.#running.has(id)) return;
    this.#running.add(id);
    await this.#lock(id);
    this.#queue = this.#queue.then(() => this.#work(id, viewer, locale));
  }

  /** Marks runs that a dead process left behind; they can be run again. */
  async recover(): Promise<void> {
    const { rows } = await this.services.db.owner.query<{
      id: string;
      organisation_id: string;
      locale: Locale;
    }>(`select id, organisation_id, locale from import_run where status = 'RUNNING'`);
    for (const { id, organisation_id, locale } of rows) {
      if (!(await this.#lock(id))) continue;
      const failure = say(texts.interrupted, locale);
      await this.#end(id, systemViewer(organisation_id), { status: 'FAILED', failure });
      await this.#unlock(id);
    }
    await this.#rest();
  }

  /** Ends what runs; it is marked as interrupted. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#queue;
  }

  async #work(id: string, viewer: Viewer, locale: Locale): Promise<void> {
    try {
      const outcome = await this.#run(id, viewer);
      const { status, ...counts } = outcome;
      await this.#end(id, viewer, { status, ...counts });
      if (status === 'DONE') await rm(this.pathOf(id), { force: true });
    } catch (error) {
      await this.#end(id, viewer, { status: 'FAILED', failure: this.#words(error, locale) });
    } finally {
      this.#running.delete(id);
      await this.#unlock(id);
    }
  }

  async #run(id: string, viewer: Viewer): Promise<ImportOutcome> {
    const { db, clock } = this.services;
    const { rows } = await db.owner.query<RunRow>(
      `select r.community_id, c.time_zone, r.resource, r.file_name, r.mapping, r.headers, r.dry_run, r.skip_bad
       from import_run r join community c on c.id = r.community_id where r.id = $1`,
      [id],
    );
    const [run] = rows;
    if (!run) throw new Error('the import is gone');
    const problems = new ProblemStore(this.services, {
      id,
      organisationId: viewer.organisationId,
      communityId: run.community_id,
    });
    const mapping = JSON.parse(run.mapping) as ImportMapping;
    const resource: ImportResourceName = nameOf(run.resource);
    const outcome = await runImport(
      db,
      clock,
      {
        target: targetOf(resource),
        path: this.pathOf(id),
        fileName: run.file_name,
        mapping,
        community: { id: run.community_id, timeZone: run.time_zone },
        viewer,
        dryRun: run.dry_run,
        skipBad: run.skip_bad,
      },
      { onProblem: (problem) => problems.add(problem), onProgress: this.#progress(id) },
    );
    await problems.flush();
    await rememberMapping(
      db,
      viewer,
      { resource, signature: headerSignature(run.headers) },
      mapping,
      clock.now(),
    );
    return outcome;
  }

  /** Tells how far it is, now and then; and stops it when the process ends. */
  #progress(id: string): (progress: Progress) => void {
    let told = 0;
    return ({ percent, done, total }) => {
      if (this.#closing)
        throw new Refusal('VALIDATION', { values: (locale) => ({ detail: say(texts.interrupted, locale) }) });
      const now = performance.now();
      if (now - told < progressEvery) return;
      told = now;
      this.services.db.owner
        .query(
          `update import_run set percent = $2, done = $3, total = $4 where id = $1 and status = 'RUNNING'`,
          [id, Math.floor(percent), done, total],
        )
        .catch(() => undefined); // the next one tells more
    };
  }

  async #end(id: string, viewer: Viewer, end: Parameters<typeof endRun>[2]): Promise<void> {
    const { db, clock, committed } = this.services;
    await runAs(db, viewer, clock, (tx) => endRun(tx, id, end)).then(committed, (error: unknown) => {
      this.services.log.error(
        { importId: id, error: String(error) },
        'the end of an import could not be recorded',
      );
    });
  }

  #words(error: unknown, locale: Locale): string {
    if (error instanceof Refusal) return error.text(locale);
    const id = newUuid();
    const stack = error instanceof Error ? error.stack?.split('\n').slice(1, 12) : undefined;
    this.services.log.error(
      { id, name: error instanceof Error ? error.name : typeof error, stack },
      'an import failed',
    );
    return say(texts.internal, locale, { id });
  }

  async #lock(id: string): Promise<boolean> {
    this.#keeper ??= this.services.db.owner.connect();
    const { rows } = await (await this.#keeper).query<{ taken: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('desk.import-run:' || $1, 0)) as taken`,
      [id],
    );
    return rows[0]?.taken ?? false;
  }

  async #unlock(id: string): Promise<void> {
    const keeper = await this.#keeper;
    await keeper
      ?.query(`select pg_advisory_unlock(hashtextextended('desk.import-run:' || $1, 0))`, [id])
      .catch(() => undefined);
    await this.#rest();
  }

  /** Gives the connection with the locks back when there is none to hold. */
  async #rest(): Promise<void> {
    if (this.#running.size > 0 || !this.#keeper) return;
    const keeper = this.#keeper;
    this.#keeper = undefined;
    (await keeper).release();
  }
}

/** Keeps the problems of a run, some at a time. */
class ProblemStore {
  #batch: Problem[] = [];
  #kept = 0;

  constructor(
    readonly services: Services,
    readonly run: { id: string; organisationId: string; communityId: string },
  ) {}

  async add(problem: Problem): Promise<void> {
    if (this.#kept >= keptProblems) return;
    this.#kept += 1;
    this.#batch.push(problem);
    if (this.#batch.length >= 200) await this.flush();
  }

  async flush(): Promise<void> {
    const { id, organisationId, communityId } = this.run;
    const rows = this.#batch.map(({ reason, ...problem }) => ({
      id: newUuid(),
      ...problem,
      message_zh: reason.zh,
      message_en: reason.en,
    }));
    this.#batch = [];
    if (rows.length === 0) return;
    await this.services.db.read(
      organisationId,
      `insert into import_problem (organisation_id, id, created_at, updated_at, community_id, import_id, row, "column", field, severity, value, message_zh, message_en)
       select $2::uuid, p.id, $5::timestamptz, $5::timestamptz, $3::uuid, $4::uuid, p.row, p."column", p.field, p.severity, p.value, p.message_zh, p.message_en
       from jsonb_to_recordset($1::jsonb) as p(id uuid, row int, "column" text, field text, severity text, value text, message_zh text, message_en text)`,
      [JSON.stringify(rows), organisationId, communityId, id, this.services.clock.now().toISOString()],
    );
  }
}
