import type { Scope } from '@desk/schema';
import type { Rows } from '../../platform/db/database.ts';
import { Params } from '../../platform/read/params.ts';
import { type Period, scopeSql, within } from './figures.sql.ts';
import { percent } from './figures.ts';
import type { CallFigures } from './figures.types.ts';

/** The figures of inbound calls of a period (handbook U-6), in one statement. Calls belong to communities, not to buildings. */
export function callFiguresSql(query: Period & { scope: Scope; community?: string | undefined }): {
  text: string;
  values: unknown[];
} {
  const params = new Params();
  const conditions = [
    `r.direction = 'INBOUND' and r.status <> 'RINGING'`,
    within(params, 'r.ring_at', query),
    scopeSql(params, { ...query.scope, buildingIds: [] }, 'r'),
    ...(query.community ? [`c.id = ${params.add(query.community, 'uuid')}`] : []),
  ];
  const talk = 'extract(epoch from r.ended_at - r.answered_at)';
  const text = `
    select count(*)::int as n, count(r.answered_at)::int as answered, count(*) filter (where r.status = 'MISSED')::int as missed,
      count(*) filter (where r.answered_at is not null and r.rings <= r.ring_target)::int as quick,
      count(*) filter (where ${talk} <= r.settle_target)::int as short, count(${talk})::int as ended,
      round(percentile_cont(0.5) within group (order by ${talk}) filter (where ${talk} is not null))::int as median,
      count(r.ticket_id)::int as ticketed
    from community c join call_record r on r.community_id = c.id where ${conditions.join(' and ')}`;
  return { text, values: params.values };
}

export function callFiguresFrom(rows: Rows): CallFigures {
  const [all = 0, answered = 0, missed = 0, quick = 0, short = 0, ended = 0, median = null, ticketed = 0] =
    (rows[0] ?? []) as number[];
  return {
    inbound: all,
    answered,
    missed,
    answeredInTimeRate: percent(quick, all),
    endedInTimeRate: percent(short, ended),
    talkMedian: median,
    ticketed,
  };
}
