import { request } from '../../platform/client.ts';

/** An entry of the catalogue as a price list shows it. */
export interface PricedProblem {
  id: string;
  path: string;
  name: string;
  /** Published price in minor units; null when it is priced on the spot. */
  price: number | null;
  priceUnit: string | null;
}

const selection = 'id path name price priceUnit';

export async function problemOf(id: string, signal: AbortSignal): Promise<PricedProblem | null> {
  const { ticketProblem } = await request<{ ticketProblem: PricedProblem | null }>(
    `query pricedProblem($id: ID!) { ticketProblem(id: $id) { ${selection} } }`,
    { id },
    { signal },
  );
  return ticketProblem;
}

/** Active entries that hold all words; those with a published price come first. */
export async function findProblems(text: string, signal: AbortSignal): Promise<PricedProblem[]> {
  const { ticketProblems } = await request<{ ticketProblems: { nodes: PricedProblem[] } }>(
    `query priceList($filter: TicketProblemFilter) { ticketProblems(first: 100, filter: $filter, orderBy: { field: PATH }) { nodes { ${selection} } } }`,
    { filter: { status: { eq: 'ACTIVE' }, ...(text && { search: text }) } },
    { signal },
  );
  const priced = ({ price }: PricedProblem) => Number(price === null);
  return ticketProblems.nodes.sort((one, other) => priced(one) - priced(other));
}
