import { request } from '../platform/client.ts';

/** What is owed, in minor units. */
export interface MoneyDue {
  owed: number;
  overdue: number;
}

/** What is issued and not paid, as the API adds it up. */
export async function moneyDue(signal: AbortSignal): Promise<MoneyDue> {
  const { wall } = await request<{ wall: { debts: MoneyDue } }>(
    'query owed { wall { debts { owed overdue } } }',
    {},
    { signal },
  );
  return wall.debts;
}
