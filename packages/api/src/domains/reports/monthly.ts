import { figureGroupNames } from '@desk/schema/reports/enums';
import type { Rows } from '../../platform/db/database.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { type FeeMovements, feeMovements } from '../fees/index.ts';
import { callFiguresSql } from './call-figures.ts';
import { figuresSql } from './figures.sql.ts';
import { targetFrom, targetSql } from './target.ts';

/** A month's figures as they are kept: the rows of the statements, so that they still speak both languages. */
export interface Content {
  tickets: Record<string, Rows>;
  complaints: Record<string, Rows>;
  calls: Rows;
  /** Satisfaction aimed at, in percent; absent from months before it was in the policy: the handbook's then. */
  target?: number;
  /** Absent in months that were frozen before it was kept. */
  fees?: FeeMovements[];
}

/** All figures of a community and period, drawn up inside one transaction. */
export async function drawUp(
  tx: Tx,
  period: { from: string; to: string; community: string },
): Promise<Content> {
  const scope = { all: true, communityIds: [], buildingIds: [] };
  const run = ({ text, values }: { text: string; values: unknown[] }) => runInside(tx.em, text, values);
  const content: Content = {
    tickets: {},
    complaints: {},
    calls: await run(callFiguresSql({ ...period, scope })),
    target: targetFrom(await run(targetSql({ ...period, scope }))),
    fees: await feeMovements((text, values) => runInside(tx.em, text, values), period),
  };
  for (const groupBy of figureGroupNames) {
    content.tickets[groupBy] = await run(figuresSql({ ...period, scope, groupBy }));
    content.complaints[groupBy] = await run(figuresSql({ ...period, scope, groupBy, kinds: ['COMPLAINT'] }));
  }
  return content;
}
