import { inScope } from '@desk/schema';
import { noticeDescriptor } from '@desk/schema/notices/descriptor';
import { refuse } from '../../platform/errors.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Building, Unit } from '../units/index.ts';
import type { Notice } from './notice.entity.ts';

/** What a notice is for: whole buildings and single units; neither means the whole community. */
export interface Targets {
  buildings: readonly Building[];
  units: readonly Unit[];
}

/** The buildings and units of an input, all of the community and within the rights of whoever announces something there. */
export async function findTargets(
  tx: Tx,
  communityId: string,
  given: { buildings?: string[] | null; units?: string[] | null },
): Promise<Targets> {
  const buildings = await all(given.buildings, (id) => tx.get(Building, id, 'buildings'));
  const units = await all(given.units, (id) => tx.get(Unit, id, 'units'));
  for (const [field, records] of Object.entries({ buildings, units }))
    if (records.some(({ community }) => community.id !== communityId))
      refuse('PLACE_MISMATCH', { field: [field], rule: 'H-8' });
  assertWithin(tx, communityId, [
    ...buildings.map(({ id }) => id),
    ...units.map(({ building }) => building.id),
  ]);
  return { buildings, units };
}

/** A steward of certain buildings speaks to those only (handbook P-3). */
export function assertWithin(tx: Tx, communityId: string, buildingIds: readonly string[]): void {
  const scope = tx.viewer.scope({ ...noticeDescriptor, scope: 'building' }, 'create');
  const places = buildingIds.length > 0 ? buildingIds : [null];
  if (!places.every((buildingId) => inScope(scope, { communityId, buildingId })))
    refuse('FORBIDDEN', { field: ['buildings'] });
}

async function all<T>(ids: string[] | null | undefined, find: (id: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (const id of new Set(ids ?? [])) found.push(await find(id));
  return found;
}

/** In words, as residents read it; null for the whole community. */
export const placeOf = ({ buildings, units }: Targets): string | null =>
  [...buildings.map(({ name }) => name), ...units.map(({ fullName }) => fullName)].join('、') || null;

/** Replaces what a notice is for. */
export async function keepTargets(tx: Tx, notice: Notice, { buildings, units }: Targets): Promise<void> {
  await tx.em.flush();
  await runInside(tx.em, 'delete from notice_target where notice_id = $1', [notice.id]);
  const rows = [
    ...buildings.map(({ id }) => ({ building: id, unit: null })),
    ...units.map(({ id, building }) => ({ building: building.id, unit: id })),
  ];
  await runInside(
    tx.em,
    `insert into notice_target (organisation_id, community_id, notice_id, building_id, unit_id)
     select $1, $2, $3, t.building, t.unit from jsonb_to_recordset($4::jsonb) t(building uuid, unit uuid)`,
    [tx.viewer.organisationId, notice.community.id, notice.id, JSON.stringify(rows)],
  );
}

export async function targetedBuildings(tx: Tx, notice: Notice): Promise<string[]> {
  const rows = await runInside(tx.em, 'select distinct building_id from notice_target where notice_id = $1', [
    notice.id,
  ]);
  return rows.map(([id]) => id as string);
}

/** A unit `u` that the notice `n` is for. */
const covers = `(not exists (select from notice_target t where t.notice_id = n.id)
  or exists (select from notice_target t where t.notice_id = n.id and t.building_id = u.building_id and (t.unit_id is null or t.unit_id = u.id)))`;

/** Pairs of unit and published notice, of the units in `$1::uuid[]`, at the instant `$2`; the next to begin first. */
export const unitNoticesSql = `
  select u.id, n.id from unit u join notice n on n.community_id = u.community_id
  where u.id = any($1::uuid[]) and n.status = 'PUBLISHED' and (n.ends_at is null or n.ends_at > $2::timestamptz) and ${covers}
  order by u.id, n.starts_at nulls last, n.id`;

/** Pairs of building and published notice: whole buildings as well as single units of them. */
export const buildingNoticesSql = `
  select b.id, n.id from building b join notice n on n.community_id = b.community_id
  where b.id = any($1::uuid[]) and n.status = 'PUBLISHED' and (n.ends_at is null or n.ends_at > $2::timestamptz)
    and (not exists (select from notice_target t where t.notice_id = n.id)
      or exists (select from notice_target t where t.notice_id = n.id and t.building_id = b.id))
  order by b.id, n.starts_at nulls last, n.id`;

/** Everybody who is to be told: who lives there on the day of publication, and the staff who work there. */
export async function enterRecipients(tx: Tx, notice: Notice): Promise<void> {
  const values = [notice.id, tx.now];
  await runInside(
    tx.em,
    `insert into notice_recipient (organisation_id, id, version, created_at, updated_at, community_id, building_id, notice_id, resident_id, unit_id)
     select distinct on (y.resident_id) n.organisation_id, uuidv7(), 1, $2::timestamptz, $2::timestamptz, n.community_id, u.building_id, n.id, y.resident_id, u.id
     from notice n join community c on c.id = n.community_id
     join residency y on y.community_id = n.community_id
       and y.starts_on <= ($2::timestamptz at time zone c.time_zone)::date
       and (y.ends_on is null or y.ends_on >= ($2::timestamptz at time zone c.time_zone)::date)
     join unit u on u.id = y.unit_id
     where n.id = $1 and ${covers}
     order by y.resident_id, u.id
     on conflict do nothing`,
    values,
  );
  await runInside(
    tx.em,
    `insert into notice_recipient (organisation_id, id, version, created_at, updated_at, community_id, notice_id, staff_id)
     select distinct on (s.id) n.organisation_id, uuidv7(), 1, $2::timestamptz, $2::timestamptz, n.community_id, n.id, s.id
     from notice n join role_assignment a on a.community_id is null or a.community_id = n.community_id
     join staff s on s.id = a.staff_id and s.active
     where n.id = $1 and (not a.by_building
       or not exists (select from notice_target t where t.notice_id = n.id)
       or exists (select from role_assignment_building b join notice_target t on t.building_id = b.building_id
                  where b.assignment_id = a.id and t.notice_id = n.id))
     on conflict do nothing`,
    values,
  );
}
