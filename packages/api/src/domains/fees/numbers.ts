import { businessDate } from '../../platform/clock.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Community } from '../units/index.ts';

/** Letters of the numbers that people say: fee 费用, billing run 出账, payment 收款. */
type Series = 'FY' | 'CZ' | 'SK';

/** The next `count` numbers of a series on the community's day: `FY-20261122-0007`. The counter stays locked until the commit. */
export async function nextNumbers(
  tx: Tx,
  community: Community,
  series: Series,
  count = 1,
): Promise<string[]> {
  const day = businessDate(tx.now, community.timeZone).replaceAll('-', '');
  const last = await advance(tx, community, series, day, count);
  return Array.from(
    { length: count },
    (_, index) => `${series}-${day}-${String(last - count + 1 + index).padStart(4, '0')}`,
  );
}

/**
 * The next receipt of the community's book of the year: `SJ-2026-000123`. A command that fails gives its number back, and
 * the others wait for it, so that there is no gap (handbook F-05).
 */
export async function nextReceipt(
  tx: Tx,
  community: Community,
): Promise<{ book: string; serial: number; number: string }> {
  const book = businessDate(tx.now, community.timeZone).slice(0, 4);
  const serial = await advance(tx, community, 'SJ', book, 1);
  return { book, serial, number: `SJ-${book}-${String(serial).padStart(6, '0')}` };
}

async function advance(
  tx: Tx,
  community: Community,
  series: string,
  period: string,
  count: number,
): Promise<number> {
  const [row] = await runInside(
    tx.em,
    `insert into fee_counter as c (organisation_id, community_id, series, period, last) values ($1, $2, $3, $4, $5)
     on conflict (organisation_id, community_id, series, period) do update set last = c.last + excluded.last
     returning last`,
    [tx.viewer.organisationId, community.id, series, period, count],
  );
  return Number(row?.[0]);
}
