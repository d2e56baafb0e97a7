import { hash } from 'node:crypto';
import { say, type Text } from '@desk/schema';
import { z } from 'zod';
import type { Value } from '../coerce/coerce.ts';
import type { Reading, RowReader } from '../mapping/compile.ts';
import type { SourceRow, Table } from '../reading/table.ts';
import type { Target } from '../targets/target.ts';
import type { ImportHooks, Problem } from './job.ts';
import { printsOf } from './prints.ts';
import { contentOf, RowIndex } from './row-index.ts';
import type { Session } from './session.ts';

const batchSize = 250;
const zodTexts = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

const texts = {
  repeated: { zh: '与第 {row} 行完全相同，已跳过', en: 'repeats row {row} word for word; skipped' },
  sameRecord: {
    zh: '与第 {row} 行是同一条记录，内容已合并，已跳过',
    en: 'is the same record as row {row} with the same content; skipped',
  },
  sameKey: {
    zh: '与第 {row} 行是同一条记录（{key}），但内容不同',
    en: 'is the same record as row {row} ({key}) with other content',
  },
} as const satisfies Record<string, Text>;

const others = {
  zh: '与第 {row} 行是同一条记录，但“{field}”不同',
  en: 'is the same record as row {row}, but "{field}" differs',
} satisfies Text;

const fill = (text: Text, values: Record<string, string | number>): Text => ({
  zh: say(text, 'zh-CN', values),
  en: say(text, 'en', values),
});

/** A row that passed every check which needs no database. */
export interface StagedRow {
  row: number;
  /** Names the record within community and resource. */
  key: string;
  values: Record<string, Value>;
}

/** The first row about a record, where several may be. */
interface Leader {
  row: number;
  prints: Record<string, string>;
}

export interface Staged {
  total: number;
  good: number;
  skipped: number;
  failed: number;
}

/** Reads the whole file into the session's table `import_stage`; flat memory, apart from some bytes about each row. */
export class Stage {
  readonly #rows = new RowIndex();
  readonly #keys = new RowIndex();
  readonly #leaders = new Map<string, Leader>();
  readonly #counts: Staged = { total: 0, good: 0, skipped: 0, failed: 0 };
  #batch: StagedRow[] = [];

  constructor(
    readonly session: Session,
    readonly target: Target,
    readonly reader: RowReader,
    readonly hooks: ImportHooks,
  ) {}

  async fill(table: Table): Promise<Staged> {
    await this.session.run(`create temp table import_stage (
         row int primary key, key text not null, data jsonb not null,
         record_id uuid, prints jsonb, clash text, unit_id uuid, unit_building_id uuid)`);
    let fraction = 0;
    for await (const source of table.rows((part) => (fraction = part))) {
      await this.#take(source);
      if (this.#counts.total % batchSize === 0)
        this.hooks.onProgress?.({ percent: 50 * fraction, done: this.#counts.total, total: null });
    }
    await this.#flush();
    await this.session.run('analyze import_stage');
    return this.#counts;
  }

  async #take({ row, cells, fault }: SourceRow): Promise<void> {
    const { target, reader } = this;
    this.#counts.total += 1;
    if (fault)
      return this.#fail([{ row, column: null, field: null, severity: 'ERROR', reason: fault, value: null }]);
    const raw = cells.map((cell) => (cell instanceof Date ? cell.toISOString() : cell)).join('\u001f');
    const before = this.#rows.get(raw);
    if (before) return this.#skip(row, fill(texts.repeated, { row: before.row }));
    this.#rows.add(raw, { row, content: 0 });

    const readings = reader.read(cells);
    const problems = readings
      .filter((one) => one.bad)
      .map((one) => problemOf(row, one, one.bad?.text ?? { zh: '', en: '' }));
    const values: Record<string, Value> = {};
    for (const { field, value, bad } of readings) if (!bad) values[field.name] = value;
    if (problems.length === 0) problems.push(...(await this.#check(row, readings, values)));
    if (problems.length === 0) problems.push(...this.#limitProblems(row, readings, values));
    if (problems.length > 0) return this.#fail(problems);

    const key = target.keyOf(values) ?? `row:${hash('sha256', raw, 'base64url').slice(0, 22)}`;
    const content = contentOf(Object.values(values).join('\u001f'));
    const names = [...new Set([key, ...(target.alsoUnique?.(values) ?? [])])];
    for (const name of names) {
      const seen = this.#keys.get(name);
      if (!seen) continue;
      if (seen.content === content) return this.#skip(row, fill(texts.sameRecord, { row: seen.row }));
      const shown = target.keyIsPersonal ? '***' : name.replace(/^key:/, '').replaceAll('\u001f', '-');
      const reason = fill(texts.sameKey, { row: seen.row, key: shown });
      return this.#fail([{ row, column: null, field: null, severity: 'ERROR', reason, value: null }]);
    }
    const conflict = this.#conflict(row, readings, values);
    if (conflict) return this.#fail([conflict]);
    for (const name of names) this.#keys.add(name, { row, content });
    this.#counts.good += 1;
    this.#batch.push({ row, key, values });
    if (this.#batch.length >= batchSize) await this.#flush();
  }

  /** Rows about one record may add to each other, but not contradict each other. */
  #conflict(row: number, readings: readonly Reading[], values: Record<string, Value>): Problem | undefined {
    const name = this.target.recordOf?.(values);
    if (name === undefined) return undefined;
    const said = readings.filter(({ field }) => !field.virtual && values[field.name] != null);
    const prints = printsOf(
      Object.fromEntries(said.map(({ field }) => [field.name, values[field.name] ?? null])),
    );
    const leader = this.#leaders.get(name);
    if (!leader) {
      this.#leaders.set(name, { row, prints });
      return undefined;
    }
    const other = said.find(
      ({ field }) => (leader.prints[field.name] ?? prints[field.name]) !== prints[field.name],
    );
    if (!other) {
      leader.prints = { ...prints, ...leader.prints };
      return undefined;
    }
    const { label } = other.field;
    return problemOf(row, other, {
      zh: say(others, 'zh-CN', { row: leader.row, field: label.zh }),
      en: say(others, 'en', { row: leader.row, field: label.en }),
    });
  }

  /** The resource's own limits: what a clerk may not type, a file may not bring. */
  #limitProblems(row: number, readings: readonly Reading[], values: Record<string, Value>): Problem[] {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    const parsed = this.target.limits.safeParse(given);
    if (parsed.success) {
      Object.assign(values, parsed.data);
      return [];
    }
    const issues = (locale: 'zh' | 'en') =>
      this.target.limits.safeParse(given, { error: zodTexts[locale] }).error?.issues ?? [];
    const english = issues('en');
    return issues('zh').map((issue, index) => {
      const reading = readings.find((one) => one.field.name === issue.path[0]);
      const reason = { zh: issue.message, en: english[index]?.message ?? issue.message };
      return reading
        ? problemOf(row, reading, reason)
        : { row, column: null, field: null, severity: 'ERROR', reason, value: null };
    });
  }

  /** What the resource says about the fields together; harmless faults are told and their fields left out. */
  async #check(row: number, readings: readonly Reading[], values: Record<string, Value>): Promise<Problem[]> {
    const problems: Problem[] = [];
    for (const { field, reason, harmless = false } of this.target.check?.(values) ?? []) {
      const reading = readings.find((one) => one.field.name === field);
      const problem = reading
        ? problemOf(row, reading, reason)
        : { row, column: null, field, severity: 'ERROR' as const, reason, value: null };
      if (!harmless) problems.push(problem);
      else {
        values[field] = null;
        await this.hooks.onProblem?.({ ...problem, severity: 'NOTICE' });
      }
    }
    return problems;
  }

  async #fail(problems: Problem[]): Promise<void> {
    this.#counts.failed += 1;
    for (const problem of problems) await this.hooks.onProblem?.(problem);
  }

  async #skip(row: number, reason: Text): Promise<void> {
    this.#counts.skipped += 1;
    await this.hooks.onProblem?.({
      row,
      column: null,
      field: null,
      severity: 'SKIPPED',
      reason,
      value: null,
    });
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    await this.session.run(
      'insert into import_stage (row, key, data) select row, key, values from jsonb_to_recordset($1::jsonb) as r(row int, key text, values jsonb)',
      [JSON.stringify(this.#batch)],
    );
    this.#batch = [];
  }
}

function problemOf(row: number, { field, header, shown }: Reading, reason: Text): Problem {
  return {
    row,
    column: header,
    field: field.name,
    severity: 'ERROR',
    reason,
    value: shown === '' ? null : shortened(shown, field.personal),
  };
}

/** What a report shows of a cell: at most 40 characters; of personal data no more than its ends (handbook U-4). */
export function shortened(text: string, personal: boolean): string {
  const line = text.replace(/\s+/g, ' ');
  if (personal)
    return line.length <= 2
      ? '*'.repeat(line.length)
      : `${line[0]}***${line.length > 6 ? line.slice(-2) : ''}`;
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
