import { kindsSigned, type SignaturePurpose } from '@desk/schema/tickets/enums';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Ticket } from './ticket.entity.ts';
import { TicketSignature } from './ticket-work.entity.ts';

/** Whether a resident signs for this work, or the record says why not (handbook T-10). */
export const needsSignature = ({ kind, unit }: Pick<Ticket, 'kind' | 'unit'>): boolean =>
  Boolean(unit) && kindsSigned.includes(kind);

/** A signature as an input brings it; the name is the reporter's when none is given. */
export interface Signed {
  signerName?: string | null | undefined;
  signature?: string | null | undefined;
}

/** Keeps what was signed, when something was: on screen, or by a name for what was signed on paper. */
export function keepSignature(tx: Tx, ticket: Ticket, purpose: SignaturePurpose, given: Signed): void {
  const { signerName, signature: drawing = null } = given;
  if (!signerName && !drawing) return;
  const name =
    signerName ?? ticket.reporterName ?? refuse('REQUIRED', { field: ['signerName'], rule: 'T-10' });
  const { community, building, round } = ticket;
  tx.create(TicketSignature, { community, building, ticket, purpose, signerName: name, drawing, round });
}
