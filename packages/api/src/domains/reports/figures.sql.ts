import type { Scope } from '@desk/schema';
import type { FigureGroup } from '@desk/schema/reports/enums';
import { Params } from '../../platform/read/params.ts';

/** A period of business days, both counted, in the zone of each community. */
export interface Period {
  from: string;
  to: string;
}

export interface FigureQuery extends Period {
  groupBy: FigureGroup;
  /** Rows that the viewer may count. */
  scope: Scope;
  /** UUID of the only community, if one. */
  community?: string | undefined;
  kinds?: readonly string[] | undefined;
}

/** What names a group, and how it reads where the database knows that better than a table of labels. */
const groups: Record<FigureGroup, { key: string; label?: string; join?: string }> = {
  DEPARTMENT: { key: 't.department' },
  KIND: { key: 't.kind' },
  CATEGORY: { key: 't.category' },
  MONTH: { key: `to_char(t.received_at at time zone c.time_zone, 'YYYY-MM')` },
  BUILDING: {
    key: 't.building_id::text',
    label: 'b.name',
    join: 'left join building b on b.id = t.building_id',
  },
  PERSON: { key: 't.assignee_id::text', label: 's.name', join: 'left join staff s on s.id = t.assignee_id' },
};

/** Ended without anything having been done: counted in the volume, in no time and no rate. */
const void_ = `('CANCELLED', 'INVALID', 'MERGED')`;
/** Never less than none, should a clock have been set back in between. */
const minutes = (from: string, to: string) =>
  `case when ${to} < ${from} then 0 else extract(epoch from ${to} - ${from}) / 60 end`;
const percentile = (share: number, value: string, where: string) =>
  `percentile_cont(${share}) within group (order by ${value}) filter (where ${where})`;

/** Named one by one: inside a command the driver answers rows as objects, in which columns of one name would be one. */
const columns = [
  'grouping(key)::int',
  'key',
  'max(label)',
  'count(*)::int',
  'count(*) filter (where closed_at is null)::int',
  'count(*) filter (where not counts)::int',
  `round(${percentile(0.5, 'response', 'response is not null')})::int`,
  `round(${percentile(0.9, 'response', 'response is not null')})::int`,
  `round(${percentile(0.5, 'settle', 'settle is not null and counts')})::int`,
  `round(${percentile(0.9, 'settle', 'settle is not null and counts')})::int`,
  'count(*) filter (where revisited_at is not null)::int',
  'coalesce(sum(unhappy), 0)::int',
  'count(*) filter (where round > 0)::int',
  'count(*) filter (where counts and (done_at is not null or round > 0 or closed_at is not null))::int',
  'coalesce(sum(kept), 0)::int',
  'coalesce(sum(missed), 0)::int',
  'count(*) filter (where postponed > 0)::int',
  'count(*) filter (where kept is not null)::int',
];

/** Rows of `alias` within a scope. */
export function scopeSql(params: Params, scope: Scope, alias: string): string {
  if (scope.all) return 'true';
  const parts = [
    ...(scope.communityIds.length > 0
      ? [`${alias}.community_id = any(${params.add(scope.communityIds, 'uuid[]')})`]
      : []),
    ...(scope.buildingIds.length > 0
      ? [`${alias}.building_id = any(${params.add(scope.buildingIds, 'uuid[]')})`]
      : []),
  ];
  return parts.length > 0 ? `(${parts.join(' or ')})` : 'false';
}

/** Instants of a column within the period, in the zone of the community `c`. */
export const within = (params: Params, column: string, { from, to }: Period): string =>
  `${column} >= (${params.add(from, 'date')}::timestamp at time zone c.time_zone)
   and ${column} < ((${params.add(to, 'date')} + 1)::timestamp at time zone c.time_zone)`;

/**
 * All figures of the tickets that were received in a period, in one statement: a row for the whole and one for each group.
 * Times are those of the tickets as they stand now, so that a month's figures settle until they are frozen.
 */
export function figuresSql(query: FigureQuery): { text: string; values: unknown[] } {
  const params = new Params();
  const { key, label = 'null::text', join = '' } = groups[query.groupBy];
  const conditions = [
    within(params, 't.received_at', query),
    scopeSql(params, query.scope, 't'),
    ...(query.community ? [`c.id = ${params.add(query.community, 'uuid')}`] : []),
    ...(query.kinds ? [`t.kind = any(${params.add(query.kinds, 'text[]')})`] : []),
  ];
  const text = `
    with part as (
      select t.id, t.status, t.received_at, t.confirmed_at, t.dispatched_at, t.done_at, t.closed_at, t.revisited_at, t.round,
        ${key} as key, ${label} as label
      from community c join ticket t on t.community_id = c.id ${join}
      where ${conditions.join(' and ')}
    ), clock as (
      select k.ticket_id,
        count(*) filter (where k.status = 'MET' and k.breached_at is null) as kept,
        count(*) filter (where k.status = 'MISSED' or k.breached_at is not null) as missed,
        max(k.postponed) as postponed
      from ticket_clock k where k.ticket_id in (select id from part) group by 1
    ), ended_round as (
      select r.ticket_id, min(r.dispatched_at) as dispatched_at, count(*) filter (where r.satisfaction is not null) as unhappy
      from ticket_round r where r.ticket_id in (select id from part) group by 1
    ), fact as (
      select p.*, k.kept, k.missed, k.postponed, r.unhappy, p.status not in ${void_} as counts,
        ${minutes('p.received_at', 'least(p.confirmed_at, coalesce(r.dispatched_at, p.dispatched_at))')} as response,
        ${minutes('p.received_at', 'coalesce(p.done_at, p.closed_at)')} as settle
      from part p left join clock k on k.ticket_id = p.id left join ended_round r on r.ticket_id = p.id
    )
    select ${columns.map((sql, index) => `${sql} as c${index}`).join(', ')}
    from fact group by grouping sets ((), (key)) order by 1 desc, 4 desc, 2`;
  return { text, values: params.values };
}
