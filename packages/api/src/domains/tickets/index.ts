import type { Domain } from '../../platform/domain.ts';
import { ComplaintForm } from './complaint-form.entity.ts';
import { escalateJob } from './escalation.job.ts';
import { recomputeJob } from './recompute.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketKinds } from './ticket.enums.ts';
import { TicketProblem } from './ticket-problem.entity.ts';
import { TicketComment, TicketNote } from './ticket-remark.entity.ts';
import { TicketRound } from './ticket-round.entity.ts';
import { TicketItem, TicketQuote, TicketSignature, TicketWatcher } from './ticket-work.entity.ts';
import { ticketResolvers } from './tickets.resolver.ts';
import { TicketsOnWall } from './tickets.wall.ts';

export { escalateTicket } from './escalation.ts';
export { keepFollowUpsWith } from './follow-up.ts';
export { ticketNumbers } from './numbers.ts';
export { chargeServicesWith } from './settlement.ts';
export { Ticket, TicketKinds };

export const tickets: Domain = {
  name: 'tickets',
  entities: [
    Ticket,
    TicketRound,
    TicketComment,
    TicketNote,
    TicketProblem,
    TicketItem,
    TicketQuote,
    TicketSignature,
    TicketWatcher,
    ComplaintForm,
  ],
  resolvers: [...ticketResolvers, TicketsOnWall],
  jobs: [escalateJob, recomputeJob],
  constraints: {
    ticket_external_key_unique: {
      code: 'DUPLICATE',
      field: ['externalKey'],
      what: { zh: '外部编号', en: 'external key' },
    },
    ticket_problem_unique: {
      code: 'DUPLICATE',
      field: ['name'],
      what: { zh: '目录条目', en: 'catalogue entry' },
    },
    ticket_quote_one: { code: 'CONFLICT' },
    ticket_item_checked: { code: 'MATERIAL_UNCHECKED', field: ['fit'] },
    ticket_item_fit: { code: 'MATERIAL_UNFIT', field: ['quantity'] },
    ticket_watcher_once: { code: 'ALREADY_WATCHING', field: ['staff'] },
    complaint_form_once: { code: 'FORM_EXISTS', field: ['ticket'] },
    ticket_signed: { code: 'SIGNATURE_REQUIRED', field: ['signature'] },
    ticket_place: { code: 'PLACE_REQUIRED', field: ['unit'] },
  },
};
