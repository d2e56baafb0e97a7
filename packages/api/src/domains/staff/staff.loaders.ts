import type { Assignment } from '@desk/schema';
import type { Reader } from '../../platform/read/reader.ts';

/** The roles of many members of the staff, in one statement. */
export async function assignmentsOf(read: Reader, staff: readonly string[]): Promise<Assignment[][]> {
  const rows = await read.run(
    `select a.staff_id, a.role, a.community_id, case when a.by_building then
       array(select b.building_id::text from role_assignment_building b where b.assignment_id = a.id order by b.building_id) end
     from role_assignment a where a.staff_id = any($1::uuid[]) order by a.id`,
    [staff],
  );
  const found = new Map<string, Assignment[]>(staff.map((id) => [id, []]));
  for (const [id, role, communityId, buildingIds] of rows as [
    string,
    Assignment['role'],
    string | null,
    string[] | null,
  ][])
    found.get(id)?.push({ role, communityId, buildingIds });
  return [...found.values()];
}
