import type { Text } from '@desk/schema';
import { encodeId, newUuid } from '../../../platform/ids.ts';
import { kinds, type Model, type ModelClass, modelOf } from '../../../platform/model.ts';
import type { Viewer } from '../../../platform/viewer.ts';
import { historySql, publishSql } from '../../../platform/write/history.ts';
import type { Value } from '../coerce/coerce.ts';
import type { ImportCommunity } from './job.ts';
import type { Session } from './session.ts';

interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

interface JournalEntry {
  model: Model;
  id: string;
  buildingId: string | null;
  type: 'created' | 'updated';
  changes: Change[];
  reason: string;
}

/** A record and what a row says about it. */
export interface UpdateItem {
  id: string;
  row: number;
  /** The building that it is in afterwards, when the row moves it. */
  buildingId: string | null;
  record: Record<string, Value>;
}

interface Difference extends Record<string, unknown> {
  id: string;
  building_id: string | null;
  changed: string[];
  old: Record<string, unknown>;
}

/** Fields that history leaves out, as the platform's journal does. */
const silent = new Set(['id', 'organisationId', 'version', 'createdAt', 'updatedAt', 'searchText']);

/** What one run knows while it writes: where, for whom, when; and what it has already looked up. */
export class ApplyScope {
  readonly #caches = new Map<string, Map<string, string>>();
  #fresh: { cache: Map<string, string>; key: string }[] = [];
  readonly #lines: string[] = [];

  constructor(
    readonly session: Session,
    readonly viewer: Viewer,
    readonly community: ImportCommunity,
    readonly now: Date,
    readonly source: string,
  ) {}

  /** Names already resolved to UUIDs in this run. What was entered since the last `keep` can be forgotten again. */
  cache(name: string): { get(key: string): string | undefined; set(key: string, id: string): void } {
    let cache = this.#caches.get(name);
    if (!cache) this.#caches.set(name, (cache = new Map()));
    const known = cache;
    return {
      get: (key) => known.get(key),
      set: (key, id) => {
        known.set(key, id);
        this.#fresh.push({ cache: known, key });
      },
    };
  }

  keep(): void {
    this.#fresh = [];
  }

  forget(): void {
    for (const { cache, key } of this.#fresh) cache.delete(key);
    this.#fresh = [];
  }

  /** Inserts new records of an entity, all with the same fields. */
  async insert(
    entity: ModelClass,
    records: readonly { id: string; record: Record<string, Value> }[],
    hidden: Record<string, string> = {},
  ): Promise<void> {
    if (records.length === 0) return;
    const model = modelOf(entity);
    const columns = columnsOf(
      model,
      [...new Set(records.flatMap(({ record }) => Object.keys(record)))],
      hidden,
    );
    const names = columns.map(({ column }) => column).join(', ');
    const rows = records.map(({ id, record }) => ({
      id,
      ...Object.fromEntries(columns.map(({ field, column }) => [column, record[field] ?? null])),
    }));
    await this.session.run(
      `insert into ${model.table} (organisation_id, id, version, created_at, updated_at, ${names})
       select $2::uuid, r.id, 1, $3::timestamptz, $3::timestamptz, ${columns.map(({ column }) => `r.${column}`).join(', ')}
       from jsonb_to_recordset($1::jsonb) as r(id uuid, ${columns.map(({ column, type }) => `${column} ${type}`).join(', ')})`,
      [JSON.stringify(rows), this.viewer.organisationId, this.now],
    );
  }

  /**
   * Brings records to the given values and answers the ids of those on which something changed. Nulls change nothing. The
   * database compares, so that `59` and `59.00` are the same area.
   */
  async update(
    entity: ModelClass,
    items: readonly UpdateItem[],
    hidden: Record<string, string> = {},
  ): Promise<Set<string>> {
    const model = modelOf(entity);
    const columns = columnsOf(
      model,
      [...new Set(items.flatMap(({ record }) => Object.keys(record)))],
      hidden,
    );
    if (columns.length === 0) return new Set();
    const rows = items.map(({ id, record }) => ({
      id,
      ...Object.fromEntries(columns.map(({ field, column }) => [column, record[field] ?? null])),
    }));
    const typed = `jsonb_to_recordset($1::jsonb) as r(id uuid, ${columns.map(({ column, type }) => `${column} ${type}`).join(', ')})`;
    const differs = ({ column }: SqlColumn) =>
      `(r.${column} is not null and t.${column} is distinct from r.${column})`;
    const found = await this.session.run<Difference>(
      `select t.id, ${model.scope.building ? 't.building_id' : 'null::uuid as building_id'},
         array_remove(array[${columns.map((column) => `case when ${differs(column)} then '${column.field}' end`).join(', ')}], null) as changed,
         jsonb_build_object(${columns.map((column) => `'${column.field}', ${oldSql(model, column)}`).join(', ')}) as old
       from ${typed} join ${model.table} t on t.id = r.id where ${columns.map(differs).join(' or ')}
       for update of t`,
      [JSON.stringify(rows)],
    );
    const differences = new Map(found.map((one) => [one.id, one]));
    if (differences.size === 0) return new Set();
    await this.session.run(
      `update ${model.table} t set version = t.version + 1, updated_at = $2, ${columns.map(({ column }) => `${column} = coalesce(r.${column}, t.${column})`).join(', ')}
       from ${typed} where t.id = r.id`,
      [JSON.stringify(rows.filter(({ id }) => differences.has(id))), this.now],
    );
    await this.journal(
      items.flatMap(({ id, row, buildingId, record }): JournalEntry[] => {
        const difference = differences.get(id);
        if (!difference) return [];
        const { changed, old, building_id } = difference;
        const changes = changed
          .filter((field) => isTold(model, field))
          .map((field) => ({
            field,
            from: shownInHistory(model, field, old[field]),
            to: shownInHistory(model, field, record[field]),
          }));
        return [
          {
            model,
            id,
            buildingId: buildingId ?? building_id,
            type: 'updated',
            changes,
            reason: this.reason(row),
          },
        ];
      }),
    );
    return new Set(differences.keys());
  }

  /** History of what was written; its events follow in the end. */
  async journal(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const { organisationId, actor } = this.viewer;
    const rows = entries.map(({ model, id, buildingId, type, changes, reason }) => ({
      id: newUuid(),
      organisation_id: organisationId,
      community_id: model.scope.community ? this.community.id : null,
      building_id: model.scope.building ? buildingId : null,
      type: `${model.descriptor.resource}.${type}`,
      subject_type: model.descriptor.resource,
      subject_id: id,
      changes,
      reason,
    }));
    await this.session.run(historySql, [JSON.stringify(rows), actor.id, actor.kind, actor.name, this.now]);
    for (const { id } of rows) this.#lines.push(id);
  }

  /** The events of everything that was written and stayed, right before the commit: until then nobody waits for this run. */
  async publish(): Promise<void> {
    if (this.#lines.length > 0) await this.session.run(publishSql, [this.#lines]);
  }

  /** History lines of a new record. */
  created(model: Model, record: Record<string, Value>): Change[] {
    return Object.entries(record)
      .filter(([field, value]) => value !== null && isTold(model, field))
      .map(([field, value]) => ({ field, from: null, to: shownInHistory(model, field, value) }));
  }

  /** Where a change came from, for its history line. */
  reason(row: number): string {
    return `${this.source}#${row}`;
  }
}

const isTold = (model: Model, field: string): boolean =>
  !silent.has(field) && (model.columns.has(field) || model.references.has(field));

/** A value as history keeps it: no personal data (handbook S-7), public ids of references. */
function shownInHistory(model: Model, field: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (model.descriptor.fields[field]?.personal) return '***';
  const reference = model.references.get(field);
  return reference ? encodeId(modelOf(reference.target()).descriptor.idPrefix, String(value)) : value;
}

interface SqlColumn {
  field: string;
  column: string;
  type: string;
}

/** The SQL columns of fields. */
function columnsOf(
  model: Model,
  fields: readonly string[],
  hidden: Record<string, string> = {},
): SqlColumn[] {
  return fields.map((field) => {
    const column = model.columns.get(field);
    const reference = model.references.get(field);
    if (column && column.kind !== 'uuid')
      return { field, column: column.column, type: kinds[column.kind].sql };
    if (reference) return { field, column: reference.column, type: 'uuid' };
    const type = hidden[field];
    if (!type) throw new Error(`${model.descriptor.type}.${field} is no column`);
    return { field, column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), type };
  });
}

/** How a stored value is shown in history: as the API shows it. */
function oldSql(model: Model, { field, column, type }: SqlColumn): string {
  if (type === kinds.dateTime.sql)
    return `to_char(t.${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return model.columns.get(field)?.kind === 'decimal' ? `t.${column}::text` : `t.${column}`;
}

export const both = (text: Text, values: Record<string, string>): Text => ({
  zh: text.zh.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
  en: text.en.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
});
