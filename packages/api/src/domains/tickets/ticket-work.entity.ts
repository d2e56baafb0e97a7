import {
  ticketItemDescriptor,
  ticketQuoteDescriptor,
  ticketSignatureDescriptor,
  ticketWatcherDescriptor,
} from '@desk/schema/tickets/descriptor';
import type { ItemKind, SignaturePurpose } from '@desk/schema/tickets/enums';
import { type QuoteStatus, quoteLifecycle } from '@desk/schema/tickets/work';
import { ObjectType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Staff } from '../staff/index.ts';
import { Building, Community } from '../units/index.ts';
import { Ticket } from './ticket.entity.ts';
import { ItemKinds, SignaturePurposes } from './ticket.enums.ts';

const QuoteStatuses = enumOf(
  'TicketQuoteStatus',
  quoteLifecycle.states,
  'What became of a price (handbook T-15).',
);

/** What belongs to one ticket, and is seen where it is seen. */
@ObjectType('TicketPart', { simpleResolvers: true })
export abstract class TicketPart extends Aggregate {
  @Reference(() => Community, { description: "The ticket's community." })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: "The ticket's building when it was written." })
  building!: Building | null;

  @Reference(() => Ticket, { description: 'The ticket.' })
  ticket!: Ticket;
}

@Resource(ticketItemDescriptor, {
  table: 'ticket_item',
  description: 'A line of the work order (工料明细): material, labour or something else, handbook T-10.',
})
export class TicketItem extends TicketPart {
  @Column('enum', { values: ItemKinds, description: 'Material, labour, or something else.' })
  kind!: ItemKind;

  @Column('text', { description: 'What it is. 1 to 200 characters.' })
  name!: string;

  @Column('decimal', { description: 'How much, to 2 decimals; labour in hours. 0: brought, but not used.' })
  quantity!: string;

  @Column('text', { nullable: true, description: 'Unit of measure, for example `个` (piece).' })
  unit!: string | null;

  @Column('money', { nullable: true, description: 'Price of one; null when it is not charged.' })
  unitPrice!: bigint | null;

  @Column('money', { description: 'Quantity × unit price, rounded half up to the fen; 0 without a price.' })
  amount!: bigint;

  @Column('boolean', { description: "The resident's own material (handbook T-10)." })
  residentOwned!: boolean;

  @Column('boolean', {
    nullable: true,
    description: "Whether the resident's own material was found fit; an unfit one has quantity 0.",
  })
  fit!: boolean | null;

  @Column('int', { description: 'Reworks of the ticket before it: 0 in the first round.' })
  round!: number;
}

@Resource(ticketQuoteDescriptor, {
  table: 'ticket_quote',
  description: 'A price for the work (报价), accepted by the resident before it begins; handbook T-15.',
})
export class TicketQuote extends TicketPart {
  @Column('text', { description: 'Content of the work. 1 to 4,000 characters.' })
  content!: string;

  @Column('money', { description: 'Price of the whole.' })
  price!: bigint;

  @Column('dateTime', {
    nullable: true,
    description: 'When it is to be done; the appointment of the ticket once the resident accepts.',
  })
  visitAt!: Date | null;

  @Column('enum', { values: QuoteStatuses, description: 'Status; a new quote withdraws the one before it.' })
  status!: QuoteStatus;

  @Column('dateTime', { nullable: true, description: 'When the resident answered.' })
  answeredAt!: Date | null;

  @Column('text', { nullable: true, description: "The resident's words." })
  words!: string | null;
}

@Resource(ticketSignatureDescriptor, {
  table: 'ticket_signature',
  description:
    'A signature as it was drawn (签名), for what was signed on screen; never changed. Staff only.',
})
export class TicketSignature extends TicketPart {
  @Column('enum', { values: SignaturePurposes, description: 'What was signed.' })
  purpose!: SignaturePurpose;

  @Column('text', { description: 'Who signed. 1 to 200 characters.' })
  signerName!: string;

  @Column('text', {
    nullable: true,
    description:
      'SVG path (M, L, Q, C, Z) in a box of 600 × 200 units, at most 20,000 characters; null when signed on paper.',
  })
  drawing!: string | null;

  @Column('int', { description: 'Reworks of the ticket before it: 0 in the first round.' })
  round!: number;
}

@Resource(ticketWatcherDescriptor, {
  table: 'ticket_watcher',
  description: 'A member of the staff who follows a ticket (关注人).',
})
export class TicketWatcher extends TicketPart {
  @Reference(() => Staff, { description: 'Who follows it.' })
  staff!: Staff;
}
