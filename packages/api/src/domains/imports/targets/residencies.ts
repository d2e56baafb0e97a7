import { businessDate } from '../../../platform/clock.ts';
import { newUuid } from '../../../platform/ids.ts';
import { modelOf } from '../../../platform/model.ts';
import { Residency } from '../../residents/index.ts';
import type { Value } from '../coerce/coerce.ts';
import type { ApplyScope } from '../engine/scope.ts';
import type { Draft } from './target.ts';

interface Known extends Record<string, unknown> {
  id: string;
  resident_id: string;
  unit_id: string;
  relation: string;
  starts_on: string;
  open: boolean;
}

/** Fields of a row that belong to the residency. */
const own = ['unit', 'building', 'relation', 'share', 'startsOn', 'endsOn', 'powerOfAttorney'];

/**
 * What residents are in units (handbook U-2), from the rows that name a unit. The residency that began on the same day, or
 * else the one that still goes on, is the same one; otherwise a new one begins, today when the row names no day.
 */
export async function writeResidencies(scope: ApplyScope, drafts: readonly Draft[]): Promise<Set<number>> {
  const rows = drafts.filter(
    (draft) => draft.unit && draft.id !== null && own.some((field) => draft.changed.has(field)),
  );
  if (rows.length === 0) return new Set();
  const known = await knownResidencies(scope, rows);
  const begun: { id: string; row: number; buildingId: string; record: Record<string, Value> }[] = [];
  const items: { id: string; row: number; buildingId: string; record: Record<string, Value> }[] = [];
  for (const { id, row, unit, values, changed } of rows) {
    if (!unit) continue;
    const { relation = null, share = null, startsOn = null, endsOn = null, powerOfAttorney = null } = values;
    const all = known.get(`${id}/${unit.id}/${relation}`) ?? [];
    const same =
      all.find((one) => one.starts_on === startsOn) ??
      all.find((one) => one.open && (startsOn === null || changed.has('startsOn')));
    const terms = { share, endsOn, powerOfAttorney };
    if (same) {
      const given = Object.entries({ ...terms, startsOn }).filter(([field]) => changed.has(field));
      items.push({ id: same.id, row, buildingId: unit.buildingId, record: Object.fromEntries(given) });
    } else {
      const place = { community: scope.community.id, building: unit.buildingId, unit: unit.id, resident: id };
      const first = startsOn ?? businessDate(scope.now, scope.community.timeZone);
      begun.push({
        id: newUuid(),
        row,
        buildingId: unit.buildingId,
        record: { ...place, relation, ...terms, startsOn: first },
      });
    }
  }
  await scope.insert(Residency, begun);
  const model = modelOf(Residency);
  await scope.journal(
    begun.map(({ id, row, buildingId, record }) => ({
      model,
      id,
      buildingId,
      type: 'created',
      changes: scope.created(model, record),
      reason: scope.reason(row),
    })),
  );
  const changed = await scope.update(Residency, items);
  return new Set([
    ...begun.map(({ row }) => row),
    ...items.filter(({ id }) => changed.has(id)).map(({ row }) => row),
  ]);
}

async function knownResidencies(scope: ApplyScope, drafts: readonly Draft[]): Promise<Map<string, Known[]>> {
  const found = await scope.session.run<Known>(
    `select id, resident_id, unit_id, relation, starts_on::text, coalesce(ends_on >= $2::date, true) as open
     from residency where resident_id = any($1::uuid[]) order by starts_on desc`,
    [[...new Set(drafts.map(({ id }) => id))], businessDate(scope.now, scope.community.timeZone)],
  );
  const known = new Map<string, Known[]>();
  for (const one of found) {
    const name = `${one.resident_id}/${one.unit_id}/${one.relation}`;
    known.set(name, [...(known.get(name) ?? []), one]);
  }
  return known;
}
