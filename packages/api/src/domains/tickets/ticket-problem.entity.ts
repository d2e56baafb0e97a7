import { type ProblemStatus, problemLifecycle } from '@desk/schema/tickets/catalogue';
import { ticketProblemDescriptor } from '@desk/schema/tickets/descriptor';
import type { Department, TicketKind } from '@desk/schema/tickets/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Resource } from '../../platform/model.ts';
import { Departments } from '../policies/index.ts';
import { TicketKinds } from './ticket.enums.ts';

const ProblemStatuses = enumOf(
  'TicketProblemStatus',
  problemLifecycle.states,
  'Whether an entry of the catalogue may be chosen.',
);

@Resource(ticketProblemDescriptor, {
  table: 'ticket_problem',
  description:
    'An entry of the catalogue (报事目录): place, category, problem, with what follows from it. Archived, never deleted; paid services have published prices (handbook T-15).',
})
export class TicketProblem extends Aggregate {
  @Column('text', { description: 'Place, category and problem in one line; unique in the organisation.' })
  path!: string;

  @Column('text', { description: 'Where: in the unit, in the public area … 1 to 200 characters.' })
  place!: string;

  @Column('text', { description: 'Category, for example `给排水`. 1 to 200 characters.' })
  category!: string;

  @Column('text', { description: 'The problem or the service. 1 to 200 characters.' })
  name!: string;

  @Column('texts', { values: TicketKinds, description: 'Kinds of tickets that it is for; at least one.' })
  kinds!: TicketKind[];

  @Column('enum', {
    values: Departments,
    description: 'Department that dispatch by rule goes to (handbook T-04).',
  })
  department!: Department;

  @Column('boolean', { description: 'Tickets are urgent unless intake says otherwise.' })
  urgent!: boolean;

  @Column('money', {
    nullable: true,
    description: 'Published price; null when it is free or priced on the spot.',
  })
  price!: bigint | null;

  @Column('text', { nullable: true, description: 'What the price is for, for example `次` (visit).' })
  priceUnit!: string | null;

  @Column('enum', { values: ProblemStatuses, description: 'ACTIVE, or ARCHIVED: kept for old tickets only.' })
  status!: ProblemStatus;
}
