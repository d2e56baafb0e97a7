import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Resident } from '../residents/index.ts';
import { Unit } from '../units/index.ts';

/** Residents that one number may belong to; a number shared by more tells nothing. */
export const mostCandidates = 10;

/** Residents of a call's community that have its number, by UUID. The two halves each have an index. */
const sameNumber = (community: string, phone: string): string => `
  select r.id from resident r where r.community_id = ${community} and r.phone = ${phone}
  union
  select r.id from resident r where r.community_id = ${community} and r.second_phone = ${phone}`;

/** For calls in `$1::uuid[]`: pairs of call and resident. */
export const candidatesSql = `
  select c.id, m.id from call_record c cross join lateral (${sameNumber('c.community_id', 'c.phone')} limit ${mostCandidates}) m
  where c.id = any($1::uuid[]) and c.phone is not null order by c.id, m.id`;

/** The caller, when only one resident has the number, and the unit, when that one lives in only one. */
export async function matchCaller(
  tx: Tx,
  communityId: string,
  phone: string | null,
): Promise<{ resident: Resident | null; unit: Unit | null }> {
  if (!phone) return { resident: null, unit: null };
  const found = await runInside(tx.em, `${sameNumber('$1', '$2')} limit 2`, [communityId, phone]);
  const [only] = found.length === 1 ? (found[0] as [string]) : [];
  if (!only) return { resident: null, unit: null };
  const homes = await runInside(
    tx.em,
    `select distinct y.unit_id from residency y join community c on c.id = y.community_id, lateral (select ($2::timestamptz at time zone c.time_zone)::date as day) d
     where y.resident_id = $1 and y.starts_on <= d.day and (y.ends_on is null or y.ends_on >= d.day) limit 2`,
    [only, tx.now],
  );
  const [home] = homes.length === 1 ? (homes[0] as [string]) : [];
  return {
    resident: tx.em.getReference(Resident, only),
    unit: home ? tx.em.getReference(Unit, home) : null,
  };
}
