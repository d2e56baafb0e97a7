import { say, type Text } from '@desk/schema';
import { newUuid } from '../../../platform/ids.ts';
import { modelOf } from '../../../platform/model.ts';
import { constraintRefusal } from '../../../platform/write/constraints.ts';
import type { Draft, Target } from '../targets/target.ts';
import type { ImportCounts, Problem } from './job.ts';
import { draftsOf, type MatchedRow, rememberKeys, updateRecords } from './records.ts';
import type { ApplyScope } from './scope.ts';

export type Applied = Pick<ImportCounts, 'created' | 'updated' | 'unchanged' | 'failed'> & {
  problems: Problem[];
};

const refused = {
  zh: '数据库不接受这一行（{name}）',
  en: 'the database does not accept the row ({name})',
} satisfies Text;

/**
 * Writes some rows, set by set. What the database refuses is narrowed down to the very row: the rows before and after it
 * are written all the same.
 */
export async function applyRows(
  scope: ApplyScope,
  target: Target,
  rows: readonly MatchedRow[],
): Promise<Applied> {
  await scope.session.run('savepoint import_rows');
  try {
    const applied = await writeRows(scope, target, rows);
    // Constraints that wait for the commit speak now, while it is known which rows are at fault.
    await scope.session.run('set constraints all immediate; set constraints all deferred');
    await scope.session.run('release savepoint import_rows');
    scope.keep();
    return applied;
  } catch (error) {
    const reason = refusalOf(error);
    if (!reason) throw error;
    await scope.session.run('rollback to savepoint import_rows; release savepoint import_rows');
    scope.forget();
    const [first] = rows;
    if (rows.length === 1 && first) {
      const problem: Problem = {
        row: first.row,
        column: null,
        field: reason.field,
        severity: 'ERROR',
        reason: reason.text,
        value: null,
      };
      return { created: 0, updated: 0, unchanged: 0, failed: 1, problems: [problem] };
    }
    const middle = rows.length >> 1;
    const one = await applyRows(scope, target, rows.slice(0, middle));
    const other = await applyRows(scope, target, rows.slice(middle));
    return {
      created: one.created + other.created,
      updated: one.updated + other.updated,
      unchanged: one.unchanged + other.unchanged,
      failed: one.failed + other.failed,
      problems: [...one.problems, ...other.problems],
    };
  }
}

async function writeRows(scope: ApplyScope, target: Target, rows: readonly MatchedRow[]): Promise<Applied> {
  const drafts = draftsOf(target, rows);
  const unchanged = rows.length - drafts.length;
  if (drafts.length === 0) return { created: 0, updated: 0, unchanged, failed: 0, problems: [] };
  await target.resolve(scope, drafts);
  const good = drafts.filter((draft) => !draft.problem);
  const { leaders, followers } = newRecords(target, good);
  const existing = good.filter((draft) => draft.id !== null);
  await create(scope, target, leaders);
  for (const [draft, leader] of followers) draft.id = leader.id;
  const joined = [...existing, ...followers.keys()];
  const changed = await updateRecords(scope, target, joined);
  for (const row of (await target.after?.(scope, good)) ?? []) changed.add(row);
  await rememberKeys(scope, target, good);
  const updated = joined.filter((draft) => changed.has(draft.row)).length;
  const problems = drafts.flatMap(({ row, problem, values }): Problem[] => {
    if (!problem) return [];
    const field = target.fields.find((one) => one.name === problem.field);
    const value = field && !field.personal ? values[field.name] : null;
    return [
      {
        row,
        column: null,
        field: problem.field,
        severity: 'ERROR',
        reason: problem.reason,
        value: value == null ? null : String(value),
      },
    ];
  });
  return {
    created: leaders.length,
    updated,
    unchanged: unchanged + joined.length - updated,
    failed: problems.length,
    problems,
  };
}

/** Rows that enter a record, and further rows of the same run about those records. */
function newRecords(
  target: Target,
  drafts: readonly Draft[],
): { leaders: Draft[]; followers: Map<Draft, Draft> } {
  const first = new Map<string, Draft>();
  const followers = new Map<Draft, Draft>();
  for (const draft of drafts) {
    if (draft.id !== null) continue;
    const name = target.recordOf?.(draft.values) ?? draft.key;
    const leader = first.get(name);
    if (leader) followers.set(draft, leader);
    else first.set(name, draft);
  }
  return { leaders: [...first.values()], followers };
}

async function create(scope: ApplyScope, target: Target, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const model = modelOf(target.entity);
  await target.blank(scope, drafts);
  const records = drafts.map((draft) => ({ id: (draft.id = newUuid()), record: draft.record }));
  await scope.insert(target.entity, records, target.hiddenColumns);
  await scope.journal(
    drafts.map((draft) => ({
      model,
      id: draft.id ?? '',
      buildingId: typeof draft.record.building === 'string' ? draft.record.building : null,
      type: 'created',
      changes: scope.created(model, draft.record),
      reason: scope.reason(draft.row),
    })),
  );
}

/** What a refusal of the database means to whoever owns the file; undefined when it is a surprise. */
function refusalOf(error: unknown): { text: Text; field: string | null } | undefined {
  const refusal = constraintRefusal(error);
  if (refusal)
    return {
      text: { zh: wholeText(refusal.text('zh-CN')), en: wholeText(refusal.text('en')) },
      field: refusal.options.field?.[0] ?? null,
    };
  const { code = '', constraint, column } = error as { code?: string; constraint?: string; column?: string };
  // Classes 22 and 23: wrong data and violated constraints. Anything else is no fault of the rows.
  if (!/^2[23]/.test(code)) return undefined;
  const values = { name: constraint ?? column ?? code };
  return { text: { zh: say(refused, 'zh-CN', values), en: say(refused, 'en', values) }, field: null };
}

/** Constraints do not tell the numbers that some texts have in brackets. */
const wholeText = (text: string): string => text.replace(/\s*[（(][^（(]*(?:\{\w+\}|…)[^）)]*[）)]/g, '');
