import type { TicketChannel, TicketKind } from '@desk/schema/tickets/enums';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { TicketChannels, TicketKinds } from './ticket.enums.ts';

@InputType({
  description:
    'What intake takes (handbook T-02). A unit or a location is needed; the number and the time come from the server.',
})
export class TicketCreateInput extends MutationInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Community; may be left out when a unit or a building is given.',
  })
  community?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Building of a public place; the building of a unit is known.',
  })
  building?: string | null;

  @Field(() => ID, { nullable: true, description: 'Unit that it is about.' })
  unit?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Place in the public area, or where in the unit. At most 200 characters.',
  })
  location?: string | null;

  @Field(() => ID, { nullable: true, description: 'Resident of the same community who reports it.' })
  reporter?: string | null;

  @Field(() => String, { nullable: true, description: "Name of who reports it; the resident's when absent." })
  reporterName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Telephone for this matter. Stored in clear, shown masked.',
  })
  reporterPhone?: string | null;

  @Field(() => TicketKinds, { description: 'What it is about.' })
  kind!: TicketKind;

  @Field(() => TicketChannels, {
    nullable: true,
    description: 'How it came in; FRONT_DESK for staff and INTEGRATOR for tokens when absent.',
  })
  channel?: TicketChannel | null;

  @Field(() => String, { nullable: true, description: 'Category.' })
  category?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Active entry of the catalogue for this kind; says whether it is urgent, unless `urgent` does.',
  })
  problem?: string | null;

  @Field(() => String, { description: 'The matter in one line. 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'The matter in full. At most 4,000 characters.' })
  description?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Urgent; false when absent.' })
  urgent?: boolean | null;

  @Field(() => String, { nullable: true, description: 'When the resident can be visited.' })
  convenientTime?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'The content was read back to the reporter (handbook T-02).',
  })
  readBack?: boolean | null;

  @Field(() => String, { nullable: true, description: "The source system's key, unique in the community." })
  externalKey?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Uploaded files to attach, by the ids that `POST /files` answered; at most 20 a ticket.',
  })
  attachments?: string[] | null;
}

@InputType({
  description: 'Changes of a ticket that has not ended; absent fields stay as they are, null empties them.',
})
export class TicketUpdateInput extends ChangeInput {
  @Field(() => ID, { nullable: true, description: 'Building of a public place.' })
  building?: string | null;

  @Field(() => ID, { nullable: true, description: 'Unit of the same community.' })
  unit?: string | null;

  @Field(() => String, { nullable: true, description: 'Place in the public area, or where in the unit.' })
  location?: string | null;

  @Field(() => ID, { nullable: true, description: 'Resident of the same community.' })
  reporter?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the reporter.' })
  reporterName?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone for this matter.' })
  reporterPhone?: string | null;

  @Field(() => TicketKinds, {
    nullable: true,
    description: 'What it is about; the number keeps its letters.',
  })
  kind?: TicketKind;

  @Field(() => TicketChannels, { nullable: true, description: 'How it came in.' })
  channel?: TicketChannel;

  @Field(() => String, { nullable: true, description: 'Category.' })
  category?: string | null;

  @Field(() => String, { nullable: true, description: 'The matter in one line.' })
  title?: string;

  @Field(() => String, { nullable: true, description: 'The matter in full.' })
  description?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Urgent.' })
  urgent?: boolean;

  @Field(() => String, { nullable: true, description: 'When the resident can be visited.' })
  convenientTime?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'The content was read back to the reporter.' })
  readBack?: boolean;

  @Field(() => String, { nullable: true, description: "The source system's key." })
  externalKey?: string | null;
}

@InputType({ description: 'A public comment; it does not change the version of the ticket.' })
export class TicketCommentCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Ticket that it is about.' })
  ticket!: string;

  @Field(() => String, {
    description: 'What staff, integrators and through them the resident read. 1 to 4,000 characters.',
  })
  text!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'Members of the staff to mention; they watch the ticket from now on. At most 20.',
  })
  mentions?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Uploaded files to attach, by the ids that `POST /files` answered; at most 20 a ticket.',
  })
  attachments?: string[] | null;
}

@InputType({ description: 'An internal note; it does not change the version of the ticket.' })
export class TicketNoteCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Ticket that it is about.' })
  ticket!: string;

  @Field(() => String, { description: 'What only staff read. 1 to 4,000 characters.' })
  text!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'Members of the staff to mention; they watch the ticket from now on. At most 20.',
  })
  mentions?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Uploaded files to attach, by the ids that `POST /files` answered; at most 20 a ticket.',
  })
  attachments?: string[] | null;
}

@InputType({
  description: 'A look at the masked phone of a ticket; recorded with its reason (handbook U-4).',
})
export class TicketUnmaskInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket.' })
  id!: string;

  @Field(() => String, { description: 'Why; at least 5 characters, kept in the history for good.' })
  reason!: string;
}
