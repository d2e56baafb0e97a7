import { ticketCommentDescriptor, ticketNoteDescriptor } from '@desk/schema/tickets/descriptor';
import { ObjectType } from 'type-graphql';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Building, Community } from '../units/index.ts';
import { Ticket } from './ticket.entity.ts';

/** What comments and notes have in common. They are two resources because the rights to read them differ. */
@ObjectType('Remark', { simpleResolvers: true })
abstract class Remark extends Aggregate {
  @Reference(() => Community, { description: "The ticket's community." })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: "The ticket's building when it was written." })
  building!: Building | null;

  @Reference(() => Ticket, { description: 'The ticket that it is about.' })
  ticket!: Ticket;

  @Column('text', { description: 'What was written. 1 to 4,000 characters; never changed afterwards.' })
  text!: string;

  @Column('text', { description: 'Who wrote it, under the name of that day.' })
  authorName!: string;

  /** UUIDs of the staff mentioned. */
  @Column('texts', { hidden: true })
  mentioned!: string[];
}

@Resource(ticketCommentDescriptor, {
  table: 'ticket_comment',
  description:
    'A public comment on a ticket (公开留言): staff and integrators read it, so a resident may see it.',
})
export class TicketComment extends Remark {}

@Resource(ticketNoteDescriptor, {
  table: 'ticket_note',
  description: 'An internal note on a ticket (内部备注): staff only.',
})
export class TicketNote extends Remark {}
