import { modelOf } from '../../../platform/model.ts';
import type { Value } from '../coerce/coerce.ts';
import type { Draft, Target } from '../targets/target.ts';
import { print, printsOf } from './prints.ts';
import { type ApplyScope, both } from './scope.ts';
import type { StagedRow } from './stage.ts';

/** A staged row with what the database knows about it. */
export interface MatchedRow extends StagedRow {
  /** The record that it is about. */
  id: string | null;
  /** What its cells were at the last import. */
  prints: Record<string, string> | null;
  /** External key of another record that stands where this row belongs. */
  clash: string | null;
  /** The unit that it names, when there is exactly one of that name. */
  unit: { id: string; buildingId: string } | null;
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
  for (const statement of target.matchSql ?? []) await session.run(statement, [community.id]);
  await session.run('set local enable_nestloop = on');
}

interface StageRow extends Record<string, unknown> {
  row: number;
  key: string;
  data: Record<string, Value>;
  record_id: string | null;
  prints: Record<string, string> | null;
  clash: string | null;
  unit_id: string | null;
  unit_building_id: string | null;
}

/** The staged rows in the order of the file, some at a time. */
export async function* matchedRows({ session }: ApplyScope, size: number): AsyncGenerator<MatchedRow[]> {
  for (let after = -1; ; ) {
    const rows = await session.run<StageRow>(
      'select * from import_stage where row > $1 order by row limit $2',
      [after, size],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ row, key, data, record_id, prints, clash, unit_id, unit_building_id }) => {
      const unit = unit_id && unit_building_id ? { id: unit_id, buildingId: unit_building_id } : null;
      return { row, key, values: data, id: record_id, prints, clash, unit };
    });
    after = last.row;
  }
}

/**
 * The rows as drafts, without those that say what they said at the last import. Of the others only the cells that are new
 * since then are written, so that what the desk has changed by hand meanwhile stays.
 */
export function draftsOf(target: Target, rows: readonly MatchedRow[]): Draft[] {
  const own = new Set(target.fields.filter((field) => !field.virtual).map((field) => field.name));
  return rows.flatMap(({ row, key, values, id, prints, clash, unit }): Draft[] => {
    const changed = new Set(
      Object.keys(values).filter((field) => prints?.[field] !== print(values[field] ?? null)),
    );
    if (prints && changed.size === 0) return [];
    const record = Object.fromEntries(Object.entries(values).filter(([field]) => own.has(field)));
    const problem =
      clash === null
        ? {}
        : {
            problem: {
              field: target.clash?.field ?? null,
              reason: both(target.clash?.reason ?? { zh: '', en: '' }, { key: clash }),
            },
          };
    return [{ row, key, values, record, changed, id, unit, ...problem }];
  });
}

/** Remembers what was imported, for the next time. */
export async function rememberKeys(
  scope: ApplyScope,
  target: Target,
  drafts: readonly Draft[],
): Promise<void> {
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

/** Brings existing records to what their rows say and answers the rows on which something changed. */
export async function updateRecords(
  scope: ApplyScope,
  target: Target,
  drafts: readonly Draft[],
): Promise<Set<number>> {
  const { computed = {} } = target;
  const items = drafts.map(({ id, row, record, changed }) => {
    // The fields that the file changed since last time, and what is computed from them.
    const given = Object.entries(record).filter(
      ([field]) => computed[field]?.some((source) => changed.has(source)) ?? changed.has(field),
    );
    return {
      id: id ?? '',
      row,
      buildingId: typeof record.building === 'string' ? record.building : null,
      record: Object.fromEntries(given),
    };
  });
  const changed = new Set<number>();
  for (const wave of onceEach(items)) {
    const ids = await scope.update(target.entity, wave, target.hiddenColumns);
    for (const { id, row } of wave) if (ids.has(id)) changed.add(row);
  }
  return changed;
}

/** One statement cannot change a record twice: the first rows of all records, then the second ones, and so on. */
function onceEach<T extends { id: string }>(items: readonly T[]): T[][] {
  const waves: T[][] = [];
  const counts = new Map<string, number>();
  for (const item of items) {
    const count = counts.get(item.id) ?? 0;
    counts.set(item.id, count + 1);
    const wave = waves[count];
    if (wave) wave.push(item);
    else waves.push([item]);
  }
  return waves;
}
