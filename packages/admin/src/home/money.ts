import { request } from '../platform/client.ts';
import { largestPage } from '../platform/cursors.ts';
import { today } from '../platform/format.ts';
import { communityOf } from '../platform/viewer.ts';

/** What is owed, in minor units; `more` when there were more fees than are worth adding up here. */
export interface MoneyDue {
  due: number;
  overdue: number;
  more: boolean;
}

interface FeesAnswer {
  fees: {
    nodes: { outstanding: number; dueOn: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** Pages added up at most: the API counts records but does not add amounts. */
const pages = 5;
const document = `query owed($first: Int!, $after: String) { fees(first: $first, after: $after, filter: { status: { eq: ISSUED } }, orderBy: { field: DUE_ON, direction: ASC }) { nodes { outstanding dueOn } pageInfo { hasNextPage endCursor } } }`;

/** Adds up what is issued and not paid, the oldest first. */
export async function moneyDue(signal: AbortSignal): Promise<MoneyDue> {
  const day = today(communityOf(undefined).timeZone);
  const sum: MoneyDue = { due: 0, overdue: 0, more: false };
  let after: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const { fees }: FeesAnswer = await request<FeesAnswer>(
      document,
      { first: largestPage, after },
      { signal },
    );
    for (const { outstanding, dueOn } of fees.nodes) {
      sum.due += outstanding;
      if (dueOn < day) sum.overdue += outstanding;
    }
    if (!fees.pageInfo.hasNextPage) return sum;
    after = fees.pageInfo.endCursor;
  }
  return { ...sum, more: true };
}
