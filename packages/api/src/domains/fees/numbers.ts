import { businessDate } from '../../platform/clock.ts';
import { type Numbered, takeNumbers, type Wanted } from '../../platform/write/numbers.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Community } from '../units/index.ts';

/** Letters of the numbers that people say: fee 费用, billing run 出账, payment 收款. */
const letters = { fee: 'FY', feeRun: 'CZ', payment: 'SK' } as const;

const take = (tx: Tx, community: Community, wanted: readonly Wanted[]): Promise<Numbered[]> =>
  takeNumbers(
    (text, values) => runInside(tx.em, text, values),
    tx.viewer.organisationId,
    community.id,
    wanted,
  );

/** The next `count` numbers on the community's day: `FY-20261122-0007`. */
export async function nextNumbers(
  tx: Tx,
  community: Community,
  of: keyof typeof letters,
  count = 1,
): Promise<string[]> {
  const wanted = { of, letters: letters[of], period: businessDate(tx.now, community.timeZone) };
  return (await take(tx, community, Array(count).fill(wanted))).map(({ number }) => number);
}

/** The next receipt of the community's book of the year: `SJ-2026-000123`, without a gap (handbook F-05). */
export async function nextReceipt(
  tx: Tx,
  community: Community,
): Promise<{ book: string; serial: number; number: string }> {
  const book = businessDate(tx.now, community.timeZone).slice(0, 4);
  const wanted = { of: 'receipt', letters: 'SJ', period: book, digits: 6 } as const;
  const [taken] = await take(tx, community, [wanted]);
  if (!taken) throw new Error('a receipt asked for is a receipt given');
  return { book, serial: taken.count, number: taken.number };
}
