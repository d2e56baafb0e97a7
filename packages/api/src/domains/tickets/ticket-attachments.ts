import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import type { ModelClass } from '../../platform/model.ts';
import type { Row } from '../../platform/read/plan.ts';
import { File, filesOf } from '../files/index.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketComment, TicketNote } from './ticket-remark.entity.ts';

/** `attachments` of tickets, comments and notes: files are reached through what they are attached to, with its rights. */
export const attachmentFields = [Ticket, TicketComment, TicketNote].map((owner: ModelClass) => {
  @Resolver(() => owner as typeof Object)
  class Attachments {
    @FieldResolver(() => [File], { description: 'Photos and documents, in the order of their attachment.' })
    attachments(@Root() { uuid }: Row, @Ctx() { read }: Context): Promise<File[]> {
      return read.loader<File[]>(owner, 'attachments', (ids) => filesOf(read.run, ids))(uuid);
    }
  }
  return Attachments;
});
