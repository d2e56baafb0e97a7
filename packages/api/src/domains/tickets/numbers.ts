import { type TicketKind, ticketSeries } from '@desk/schema/tickets/enums';
import { businessDate } from '../../platform/clock.ts';

/** What a number is made of: letters of the kind, and the business day of a community. */
export interface Numbered {
  kind: TicketKind;
  receivedAt: Date;
}

/** Runs a statement inside the transaction that enters the tickets; rows as arrays or as objects. */
type Run = (text: string, values: unknown[]) => Promise<readonly object[]>;

/** `WX-20261122-0007`; beyond 9,999 a day it grows longer. */
export function formatNumber(series: string, day: string, count: number): string {
  return `${series}-${day.replaceAll('-', '')}-${String(count).padStart(4, '0')}`;
}

/**
 * Numbers for new tickets of a community, in the order given, in one statement for any number of them (intake takes one,
 * imports thousands). The counters stay locked until the transaction ends: a refused intake leaves no gap.
 */
export async function takeNumbers(
  run: Run,
  organisationId: string,
  community: { id: string; timeZone: string },
  tickets: readonly Numbered[],
): Promise<string[]> {
  const keys = tickets.map(
    ({ kind, receivedAt }) => `${ticketSeries[kind]}|${businessDate(receivedAt, community.timeZone)}`,
  );
  const wanted = new Map<string, number>();
  for (const key of keys) wanted.set(key, (wanted.get(key) ?? 0) + 1);
  // Always locked in the same order, or two imports could wait for each other.
  const groups = [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => ({ ...split(key), count }));
  const rows = await run(
    `insert into ticket_counter as c (organisation_id, community_id, series, day, last)
     select $1, $2, g.series, g.day, g.count from jsonb_to_recordset($3::jsonb) as g(series text, day date, count int)
     on conflict (organisation_id, community_id, series, day) do update set last = c.last + excluded.last
     returning c.series || '|' || c.day as key, c.last as last`,
    [organisationId, community.id, JSON.stringify(groups)],
  );
  const next = new Map<string, number>();
  for (const row of rows) {
    const [key, last] = Object.values(row) as [string, number];
    next.set(key, Number(last) - (wanted.get(key) ?? 0));
  }
  return keys.map((key) => {
    const count = (next.get(key) ?? 0) + 1;
    next.set(key, count);
    const { series, day } = split(key);
    return formatNumber(series, day, count);
  });
}

function split(key: string): { series: string; day: string } {
  const [series = '', day = ''] = key.split('|');
  return { series, day };
}
