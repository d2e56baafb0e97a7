import { kinds, modelOf, type Model } from '../../../platform/model.ts';
import type { Value } from '../coerce/coerce.ts';
import type { Draft, Target } from '../targets/target.ts';
import type { StagedRow } from './stage.ts';
import { both, columnsOf, isTold, shownInHistory, type ApplyScope, type Change, type SqlColumn } from './scope.ts';

/**
 * A few bits of a field's value (FNV-1a, cut to 24 bits): enough to see that a file changed, too few to tell personal data
 * from. A change goes unseen once in 16 million.
 */
function print(value: Value): string {
  const text = String(value);
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return ((bits ^ (bits >>> 24)) & 0xffffff).toString(36);
}

const printsOf = (values: Record<string, Value>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, print(value)]));

/** A staged row with what the database knows about it. */
export interface MatchedRow extends StagedRow {
  /** The record that it is about. */
  id: string | null;
  /** What its cells were at the last import. */
  prints: Record<string, string> | null;
  /** External key of another record that stands where this row belongs. */
  clash: string | null;
}

/**
 * Finds the record of every staged row, all at once: by the key under which it was imported before, by the key of the
 * source system, and by what the resource is known by.
 */
export async function matchRecords(scope: ApplyScope, target: Target): Promise<void> {
  const { session, community } = scope;
  const model = modelOf(target.entity);
  const externalKey = model.columns.get('externalKey')?.column;
  // Tables that have just been filled have no statistics, and nested loops over them would never end.
  await session.run('set local enable_nestloop = off');
  await session.run(
    `update import_stage s set record_id = k.record_id, prints = k.prints from import_key k
     where k.community_id = $1 and k.resource = $2 and k.key = s.key`,
    [community.id, target.name],
  );
  if (externalKey)
    await session.run(
      `update import_stage s set record_id = t.id from ${model.table} t
       where s.record_id is null and t.community_id = $1 and t.${externalKey} = s.data ->> 'externalKey'`,
      [community.id],
    );
  if (target.matchSql) await session.run(target.matchSql, [community.id]);
  await session.run('set local enable_nestloop = on');
}

/** The staged rows in the order of the file, some at a time. */
export async function* matchedRows({ session }: ApplyScope, size: number): AsyncGenerator<MatchedRow[]> {
  for (let after = -1; ; ) {
    const rows = await session.run<{ row: number; key: string; data: Record<string, Value>; record_id: string | null; prints: MatchedRow['prints']; clash: string | null }>(
      'select row, key, data, record_id, prints, clash from import_stage where row > $1 order by row limit $2',
      [after, size],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ row, key, data, record_id, prints, clash }) => ({ row, key, values: data, id: record_id, prints, clash }));
    after = last.row;
  }
}

/**
 * The rows as drafts, without those that say what they said at the last import. Of the others only the cells that are new
 * since then are written, so that what the desk has changed by hand meanwhile stays.
 */
export function draftsOf(target: Target, rows: readonly MatchedRow[]): Draft[] {
  const own = new Set(target.fields.filter((field) => !field.virtual).map((field) => field.name));
  return rows.flatMap(({ row, key, values, id, prints, clash }): Draft[] => {
    const changed = new Set(Object.keys(values).filter((field) => prints?.[field] !== print(values[field] ?? null)));
    if (prints && changed.size === 0) return [];
    const record = Object.fromEntries(Object.entries(values).filter(([field]) => own.has(field)));
    const problem = clash === null ? {} : { problem: { field: target.clash?.field ?? null, reason: both(target.clash?.reason ?? { zh: '', en: '' }, { key: clash }) } };
    return [{ row, key, values, record, changed, id, ...problem }];
  });
}

/** Remembers what was imported, for the next time. */
export async function rememberKeys(scope: ApplyScope, target: Target, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const rows = drafts.map(({ key, id, values }) => ({ key, record_id: id, prints: printsOf(values) }));
  await scope.session.run(
    `insert into import_key (organisation_id, community_id, resource, key, record_id, prints)
     select $2::uuid, $3::uuid, $4, r.key, r.record_id, r.prints
     from jsonb_to_recordset($1::jsonb) as r(key text, record_id uuid, prints jsonb)
     on conflict (organisation_id, community_id, resource, key)
       do update set record_id = excluded.record_id, prints = import_key.prints || excluded.prints`,
    [JSON.stringify(rows), scope.viewer.organisationId, scope.community.id, target.name],
  );
}

interface Difference extends Record<string, unknown> {
  id: string;
  building_id: string | null;
  changed: string[];
  old: Record<string, unknown>;
}

/**
 * Brings existing records to what their rows say and answers the rows on which something changed. Blank cells change
 * nothing. The database compares, so that `59` and `59.00` are the same area.
 */
export async function updateRecords(scope: ApplyScope, target: Target, drafts: readonly Draft[]): Promise<Set<number>> {
  const model = modelOf(target.entity);
  const given = drafts.map((draft) => ({ draft, fields: givenFields(target, draft) }));
  const columns = columnsOf(model, [...new Set(given.flatMap(({ fields }) => fields))], target.hiddenColumns);
  if (columns.length === 0) return new Set();
  const rows = given.map(({ draft, fields }) => ({
    id: draft.id,
    ...Object.fromEntries(columns.filter(({ field }) => fields.includes(field)).map(({ field, column }) => [column, draft.record[field] ?? null])),
  }));
  const typed = `jsonb_to_recordset($1::jsonb) as r(id uuid, ${columns.map(({ column, type }) => `${column} ${type}`).join(', ')})`;
  const differs = ({ column }: SqlColumn) => `(r.${column} is not null and t.${column} is distinct from r.${column})`;
  const differences = await scope.session.run<Difference>(
    `select t.id, ${model.scope.building ? 't.building_id' : 'null::uuid as building_id'},
       array_remove(array[${columns.map((column) => `case when ${differs(column)} then '${column.field}' end`).join(', ')}], null) as changed,
       jsonb_build_object(${columns.map((column) => `'${column.field}', ${oldSql(model, column)}`).join(', ')}) as old
     from ${typed} join ${model.table} t on t.id = r.id where ${columns.map(differs).join(' or ')}
     for update of t`,
    [JSON.stringify(rows)],
  );
  if (differences.length === 0) return new Set();
  const changing = new Map(differences.map((one) => [one.id, one]));
  const changed = drafts.filter((draft) => draft.id !== null && changing.has(draft.id));
  await scope.session.run(
    `update ${model.table} t set version = t.version + 1, updated_at = $2, ${columns.map(({ column }) => `${column} = coalesce(r.${column}, t.${column})`).join(', ')}
     from ${typed} where t.id = r.id`,
    [JSON.stringify(rows.filter((row) => row.id !== null && changing.has(row.id))), scope.now],
  );
  await scope.journal(
    changed.map((draft) => {
      const difference = changing.get(draft.id ?? '') as Difference;
      const buildingId = typeof draft.record.building === 'string' ? draft.record.building : difference.building_id;
      return { model, id: difference.id, buildingId, type: 'updated', changes: changesOf(model, draft, difference), reason: scope.reason(draft.row) };
    }),
  );
  return new Set(changed.map((draft) => draft.row));
}

function changesOf(model: Model, draft: Draft, { changed, old }: Difference): Change[] {
  return changed
    .filter((field) => isTold(model, field))
    .map((field) => ({ field, from: shownInHistory(model, field, old[field]), to: shownInHistory(model, field, draft.record[field]) }));
}

/** The record's fields that the file changed since last time, and what is computed from them. */
function givenFields(target: Target, draft: Draft): string[] {
  const { computed = {} } = target;
  return Object.keys(draft.record).filter((field) => {
    const sources = computed[field];
    return sources ? sources.some((source) => draft.changed.has(source)) : draft.changed.has(field);
  });
}

/** How a stored value is shown in history: as the API shows it. */
function oldSql(model: Model, { field, column, type }: SqlColumn): string {
  if (type === kinds.dateTime.sql) return `to_char(t.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return model.columns.get(field)?.kind === 'decimal' ? `t.${column}::text` : `t.${column}`;
}
