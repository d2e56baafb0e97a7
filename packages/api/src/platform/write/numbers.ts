/** A number that people say, as it is asked for: `WX-20261122-0007` is the seventh of the letters WX in its period. */
export interface Wanted {
  /** Whose number it is: the same letters may stand for different things, which count apart. */
  of: 'ticket' | 'fee' | 'feeRun' | 'payment' | 'receipt' | 'renovationPermit';
  letters: string;
  /** In which it counts from one: a business day `2026-11-22`, or a year `2026`. */
  period: string;
  /** At least so many digits; 4 when absent. */
  digits?: number;
}

export interface Numbered {
  count: number;
  number: string;
}

/** Runs a statement inside the transaction that writes what is numbered; rows as arrays or as objects. */
export type RunInTransaction = (text: string, values: unknown[]) => Promise<readonly object[]>;

/**
 * The next numbers of a community, in the order asked, in one statement for any number of them (an intake takes one,
 * imports and billing runs thousands). The counters stay locked until the transaction ends: a command that fails gives its
 * numbers back and the others wait for it, so that there is no gap (handbook F-05).
 */
export async function takeNumbers(
  run: RunInTransaction,
  organisationId: string,
  communityId: string,
  wanted: readonly Wanted[],
): Promise<Numbered[]> {
  const keys = wanted.map(
    ({ of, letters, period }) => `${of}.${letters} ${period.replaceAll('-', '')}` as const,
  );
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  // Always locked in the same order, or two imports could wait for each other.
  const groups = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => ({ book: key.split(' ')[0], period: key.split(' ')[1], count }));
  const rows = await run(
    `insert into number_counter as c (organisation_id, community_id, book, period, last)
     select $1, $2, g.book, g.period, g.count from jsonb_to_recordset($3::jsonb) as g(book text, period text, count int)
     on conflict (organisation_id, community_id, book, period) do update set last = c.last + excluded.last
     returning c.book || ' ' || c.period as key, c.last as last`,
    [organisationId, communityId, JSON.stringify(groups)],
  );
  const given = new Map<string, number>();
  for (const row of rows) {
    const [key, last] = Object.values(row) as [string, number];
    given.set(key, Number(last) - (counts.get(key) ?? 0));
  }
  return wanted.map(({ letters, period, digits = 4 }, index) => {
    const key = keys[index] as string;
    const count = (given.get(key) ?? 0) + 1;
    given.set(key, count);
    return {
      count,
      number: `${letters}-${period.replaceAll('-', '')}-${String(count).padStart(digits, '0')}`,
    };
  });
}
