import { kinds, modelOf, type Model } from '../../../platform/model.ts';
import type { Value } from '../coerce/coerce.ts';
import type { Draft, Target } from '../targets/target.ts';
import type { StagedRow } from './stage.ts';
import { columnsOf, isTold, shownInHistory, type ApplyScope, type Change, type SqlColumn } from './scope.ts';

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

interface KnownKey extends Record<string, unknown> {
  key: string;
  record_id: string;
  prints: Record<string, string>;
}

/**
 * The rows as drafts. A row that was imported before knows its record and which of its cells are new since then: only
 * those are written, so that what the desk has changed by hand meanwhile stays.
 */
export async function draftsOf(scope: ApplyScope, target: Target, rows: readonly StagedRow[]): Promise<{ drafts: Draft[]; unchanged: number }> {
  const known = new Map<string, KnownKey>();
  const found = await scope.session.run<KnownKey>(
    'select key, record_id, prints from import_key where community_id = $1 and resource = $2 and key = any($3)',
    [scope.community.id, target.name, rows.map(({ key }) => key)],
  );
  for (const row of found) known.set(row.key, row);
  const own = new Set(target.fields.filter((field) => !field.virtual).map((field) => field.name));
  const drafts: Draft[] = [];
  for (const { row, key, values } of rows) {
    const before = known.get(key);
    const changed = new Set(Object.keys(values).filter((field) => before?.prints[field] !== print(values[field] ?? null)));
    if (before && changed.size === 0) continue;
    const record = Object.fromEntries(Object.entries(values).filter(([field]) => own.has(field)));
    drafts.push({ row, key, values, record, changed, id: before?.record_id ?? null });
  }
  return { drafts, unchanged: rows.length - drafts.length };
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

/** Finds records by the key that the source system gave them. */
export async function matchExternalKeys(scope: ApplyScope, target: Target, drafts: readonly Draft[]): Promise<void> {
  const model = modelOf(target.entity);
  const column = model.columns.get('externalKey')?.column;
  const wanted = drafts.filter((draft) => draft.id === null && !draft.problem && typeof draft.record.externalKey === 'string');
  if (!column || wanted.length === 0) return;
  const found = await scope.session.run<{ id: string; key: string }>(
    `select id, ${column} as key from ${model.table} where community_id = $1 and ${column} = any($2)`,
    [scope.community.id, wanted.map(({ record }) => record.externalKey)],
  );
  const ids = new Map(found.map(({ id, key }) => [key, id]));
  for (const draft of wanted) draft.id = ids.get(String(draft.record.externalKey)) ?? null;
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
