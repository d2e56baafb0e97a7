import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import type { DeskRecord } from '../../platform/mutations.ts';

/** Something is still to be done; what has ended is not changed any more. */
export const isOpen = ({ status }: DeskRecord): boolean =>
  !ticketLifecycle.final.includes(String(status) as never);
