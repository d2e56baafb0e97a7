import type { Domain } from '../../platform/domain.ts';
import { escalateJob } from './escalation.job.ts';
import { recomputeJob } from './recompute.ts';
import { Ticket, TicketKinds } from './ticket.entity.ts';
import { TicketComment, TicketNote } from './ticket-remark.entity.ts';
import { TicketRound } from './ticket-round.entity.ts';
import { ticketResolvers } from './tickets.resolver.ts';
import { TicketsOnWall } from './tickets.wall.ts';

export { escalateTicket } from './escalation.ts';
export { takeNumbers } from './numbers.ts';
export { Ticket, TicketKinds };

export const tickets: Domain = {
  name: 'tickets',
  entities: [Ticket, TicketRound, TicketComment, TicketNote],
  resolvers: [...ticketResolvers, TicketsOnWall],
  jobs: [escalateJob, recomputeJob],
  constraints: {
    ticket_external_key_unique: {
      code: 'DUPLICATE',
      field: ['externalKey'],
      what: { zh: '外部编号', en: 'external key' },
    },
    ticket_place: { code: 'PLACE_REQUIRED', field: ['unit'] },
  },
};
