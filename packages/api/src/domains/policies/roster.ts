import { type ChainLink, chainLinks } from '@desk/schema/policies/enums';
import type { Department } from '@desk/schema/tickets/enums';
import type { Run } from '../../platform/db/database.ts';

/** Where and about what somebody is looked for. Ids are UUIDs. */
export interface Matter {
  communityId: string;
  buildingId: string | null;
  department: Department | null;
  firstHandlerId: string | null;
  at: Date;
}

/** Those of the given staff who are absent at a time (handbook S-5). */
export async function absentAmong(run: Run, staff: readonly string[], at: Date): Promise<Set<string>> {
  if (staff.length === 0) return new Set();
  const rows = await run(
    'select distinct staff_id from absence where staff_id = any($1::uuid[]) and starts_at <= $2 and ends_at > $2',
    [staff, at.toISOString()],
  );
  return new Set(rows.map(([id]) => id as string));
}

/** Those of the given staff who are on duty at a time and place, in any role (handbook S-5). */
export async function onDutyAmong(
  run: Run,
  staff: readonly string[],
  { communityId, buildingId, at }: Pick<Matter, 'communityId' | 'buildingId' | 'at'>,
): Promise<Set<string>> {
  if (staff.length === 0) return new Set();
  const rows = await run(
    `select distinct staff_id from duty where staff_id = any($1::uuid[]) and community_id = $2
       and (building_id is null or building_id = $3) and starts_at <= $4 and ends_at > $4`,
    [staff, communityId, buildingId, at.toISOString()],
  );
  return new Set(rows.map(([id]) => id as string));
}

/** Communities, or single buildings of them, in which somebody heads a department at a time (handbook P-5). */
export async function headedBy(
  run: Run,
  staff: string,
  department: Department,
  at: Date,
): Promise<{ communityId: string; buildingId: string | null }[]> {
  const rows = await run(
    'select community_id, building_id from duty where staff_id = $1 and lead and department = $2 and starts_at <= $3 and ends_at > $3',
    [staff, department, at.toISOString()],
  );
  return rows.map(([communityId, buildingId]) => ({
    communityId: communityId as string,
    buildingId: buildingId as string | null,
  }));
}

/** A link of the chain with those to tell. */
export interface Link {
  link: ChainLink;
  staff: string[];
}

/** As many as are told at once of one link. */
const mostPeople = 10;

/**
 * The links of the chain (handbook P-5) at which somebody is there to be told, from the bottom up. Who is absent or has
 * no account any more is passed over; where the roster says who of a role is on duty, they are told and not the others.
 */
export async function presentChain(run: Run, matter: Matter): Promise<Link[]> {
  const { communityId, buildingId, department, firstHandlerId, at } = matter;
  const rows = await run(
    `with found as (
       select 'FIRST_HANDLER' as link, $3::uuid as staff_id
       union all
       select a.role, a.staff_id from role_assignment a
         where a.role in ('STEWARD', 'SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER') and (a.community_id is null or a.community_id = $1::uuid)
         and (not a.by_building or exists (select from role_assignment_building b where b.assignment_id = a.id and b.building_id = $2::uuid))
       union all
       select 'DEPARTMENT_HEAD', d.staff_id from duty d
         where d.lead and d.department = $4::text and d.community_id = $1::uuid and d.starts_at <= $5::timestamptz and d.ends_at > $5::timestamptz
     ), present as (
       select distinct f.link, s.id, exists (
         select from duty d where d.staff_id = s.id and d.role = f.link and d.community_id = $1::uuid
         and (d.building_id is null or d.building_id = $2::uuid) and d.starts_at <= $5::timestamptz and d.ends_at > $5::timestamptz) as on_duty
       from found f join staff s on s.id = f.staff_id and s.active
       where not exists (select from absence x where x.staff_id = s.id and x.starts_at <= $5::timestamptz and x.ends_at > $5::timestamptz)
     )
     select link, id from (select p.*, bool_or(on_duty) over (partition by link) as rostered from present p) p
     where on_duty or not rostered order by id`,
    [communityId, buildingId, firstHandlerId, department, at.toISOString()],
  );
  return chainLinks.flatMap((link) => {
    const staff = rows.filter((row) => row[0] === link).map((row) => row[1] as string);
    return staff.length > 0 ? [{ link, staff: staff.slice(0, mostPeople) }] : [];
  });
}
