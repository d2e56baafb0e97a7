import { mostRooms } from '@desk/schema/calls/limits';
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
  where c.id = any($1::uuid[]) and c.phone is not null and not c.outsider order by c.id, m.id`;

/** Numbers of the rooms in which the residents of exactly this name live today, and nothing else of them (handbook U-4). */
export async function roomsOf(tx: Tx, communityId: string, name: string): Promise<string[]> {
  const rows = await runInside(
    tx.em,
    `select distinct u.full_name from resident r join residency y on y.resident_id = r.id join unit u on u.id = y.unit_id
       join community c on c.id = r.community_id, lateral (select ($3::timestamptz at time zone c.time_zone)::date as day) d
     where r.community_id = $1 and r.name = $2 and y.starts_on <= d.day and (y.ends_on is null or y.ends_on >= d.day)
     order by 1 limit ${mostRooms}`,
    [communityId, name, tx.now],
  );
  return rows.map(([room]) => room as string);
}

/** Whether the actor is on the phone with somebody who may be told nothing (handbook U-4). */
export async function withOutsider(tx: Tx): Promise<boolean> {
  const rows = await runInside(
    tx.em,
    `select id from call_record where staff_id = $1 and outsider and status = 'ANSWERED' limit 1`,
    [tx.viewer.actor.id],
  );
  return rows.length > 0;
}

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
