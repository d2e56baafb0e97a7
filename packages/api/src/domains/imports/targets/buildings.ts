import type { Text } from '@desk/schema';
import { newUuid } from '../../../platform/ids.ts';
import { modelOf } from '../../../platform/model.ts';
import { Building } from '../../units/index.ts';
import { type ApplyScope, both } from '../engine/scope.ts';
import type { Draft } from './target.ts';

const texts = {
  forbidden: {
    zh: '楼栋“{name}”尚未录入，您的角色无权新建楼栋',
    en: 'there is no building "{name}" yet, and your role may not enter buildings',
  },
  missing: { zh: '找不到楼栋“{name}”', en: 'there is no building "{name}"' },
} as const satisfies Record<string, Text>;

/** Turns the building names of rows into buildings of the community; with `create`, missing ones are entered. */
export async function resolveBuildings(
  scope: ApplyScope,
  drafts: readonly Draft[],
  { create }: { create: boolean },
): Promise<void> {
  const cache = scope.cache('buildings');
  const named = drafts.filter((draft) => !draft.problem && typeof draft.values.building === 'string');
  const unknown = new Map<string, number>();
  for (const { values, row } of named) {
    const name = String(values.building);
    if (!cache.get(name) && !unknown.has(name)) unknown.set(name, row);
  }
  if (unknown.size > 0) {
    const found = await scope.session.run<{ id: string; name: string }>(
      'select id, name from building where community_id = $1 and name = any($2)',
      [scope.community.id, [...unknown.keys()]],
    );
    for (const { id, name } of found) {
      cache.set(name, id);
      unknown.delete(name);
    }
    const allowed =
      create && scope.viewer.may(modelOf(Building).descriptor, 'create', { communityId: scope.community.id });
    if (allowed) await enter(scope, unknown, cache);
  }
  for (const draft of named) {
    const name = String(draft.values.building);
    const id = cache.get(name);
    if (id) draft.record.building = id;
    else
      draft.problem = { field: 'building', reason: both(create ? texts.forbidden : texts.missing, { name }) };
  }
}

async function enter(
  scope: ApplyScope,
  names: ReadonlyMap<string, number>,
  cache: ReturnType<ApplyScope['cache']>,
): Promise<void> {
  const model = modelOf(Building);
  const made = [...names].map(([name, row]) => ({
    id: newUuid(),
    row,
    record: { community: scope.community.id, name, floors: null, handoverOn: null },
  }));
  await scope.insert(Building, made);
  await scope.journal(
    made.map(({ id, row, record }) => ({
      model,
      id,
      buildingId: id,
      type: 'created',
      changes: scope.created(model, record),
      reason: scope.reason(row),
    })),
  );
  for (const { id, record } of made) cache.set(record.name, id);
}
