import { ticketRoundDescriptor } from '@desk/schema/tickets/descriptor';
import type { Department } from '@desk/schema/tickets/enums';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Departments } from '../policies/index.ts';
import { Staff } from '../staff/index.ts';
import { Building, Community } from '../units/index.ts';
import { Ticket } from './ticket.entity.ts';

@Resource(ticketRoundDescriptor, {
  table: 'ticket_round',
  description:
    'A round of work that did not satisfy the resident, as it ended in rework (handbook T-09). The current round is on the ticket itself.',
})
export class TicketRound extends Aggregate {
  @Reference(() => Community, { description: "The ticket's community." })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: "The ticket's building when the round ended." })
  building!: Building | null;

  @Reference(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;

  @Column('int', { description: 'Counts from 1.' })
  number!: number;

  @Column('enum', { nullable: true, values: Departments, description: 'Department that worked on it.' })
  department!: Department | null;

  @Reference(() => Staff, { nullable: true, description: 'Who worked on it.' })
  assignee!: Staff | null;

  @Column('dateTime', { nullable: true, description: 'When it was dispatched.' })
  dispatchedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When it was accepted.' })
  acceptedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When somebody arrived on site.' })
  arrivedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the work was said to be done.' })
  doneAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the resident signed it off, if that happened.' })
  signedOffAt!: Date | null;

  @Column('dateTime', { description: 'When it was sent back to rework.' })
  endedAt!: Date;

  @Column('text', { nullable: true, description: 'What was found on site.' })
  findings!: string | null;

  @Column('text', { nullable: true, description: 'What was done or answered.' })
  resolution!: string | null;

  @Column('text', { nullable: true, description: 'Why nobody signed, where that was so (handbook T-10).' })
  unsignedReason!: string | null;

  @Column('text', { nullable: true, description: "Why it was not enough, in the resident's words." })
  words!: string | null;

  @Column('int', { nullable: true, description: 'Score, when a revisit sent it back. 1 to 5.' })
  satisfaction!: number | null;
}
