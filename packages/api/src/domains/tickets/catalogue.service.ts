import { longText } from '@desk/schema';
import { problemChange, problemInput } from '@desk/schema/tickets/catalogue';
import { z } from 'zod';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { TicketProblemCreateInput, TicketProblemUpdateInput } from './catalogue.inputs.ts';
import { TicketProblem } from './ticket-problem.entity.ts';

const pathOf = ({ place, category, name }: TicketProblem): string => [place, category, name].join(' / ');
const amount = (price: number | null | undefined): bigint | null | undefined =>
  price === null || price === undefined ? price : BigInt(price);

/** The catalogue is the organisation's: its administrator keeps it. */
export async function createProblem(tx: Tx, input: TicketProblemCreateInput): Promise<TicketProblem> {
  tx.authoriseOrganisation(TicketProblem, 'create');
  const { price, ...given } = tx.check(problemInput, input);
  const entry = tx.create(TicketProblem, { urgent: false, status: 'ACTIVE' }, given, {
    price: amount(price) ?? null,
  });
  return tx.assign(entry, { path: pathOf(entry) });
}

export async function updateProblem(tx: Tx, input: TicketProblemUpdateInput): Promise<TicketProblem> {
  const entry = await tx.change(TicketProblem, input, 'update');
  const { price, ...given } = tx.check(problemChange, input);
  tx.assign(entry, given);
  if (price !== undefined) entry.price = amount(price) ?? null;
  return tx.assign(entry, { path: pathOf(entry) });
}

/** Archived entries stay with the tickets of the past and are not offered any more. */
export async function moveProblem(tx: Tx, action: string, input: MoveInput): Promise<TicketProblem> {
  const entry = await tx.change(TicketProblem, input, action);
  const { reason } = tx.check(z.object({ reason: longText.nullish() }), input);
  return tx.move(entry, action, reason);
}
