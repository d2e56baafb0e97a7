import type { Department, Severity } from '@desk/schema/tickets/enums';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MoveInput } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { Departments } from '../policies/index.ts';
import { Severities } from './ticket.enums.ts';

@InputType({
  description: 'Hands a ticket that was dispatched to the wrong department to another one (handbook T-09).',
})
export class TicketTransferInput extends ChangeInput {
  @Field(() => Departments, { description: 'Department that takes it over.' })
  department!: Department;

  @Field(() => ID, {
    nullable: true,
    description: 'Person of that department; without one, whoever accepts first.',
  })
  assignee?: string | null;

  @Field(() => String, { nullable: true, description: 'Why. Refused with REASON_REQUIRED when missing.' })
  reason?: string | null;
}

@InputType({ description: 'Names the entry of the catalogue that the matter is (handbook T-09).' })
export class TicketClassifyInput extends MoveInput {
  @Field(() => ID, { description: 'Active entry that is for the kind of the ticket.' })
  problem!: string;
}

@InputType({ description: 'Says whether a matter is urgent (handbook T-05).' })
export class TicketSetUrgentInput extends MoveInput {
  @Field(() => Boolean, { description: 'Urgent: on site within 30 minutes.' })
  urgent!: boolean;
}

@InputType({ description: 'A time that was agreed with the resident (handbook T-05).' })
export class TicketAppointInput extends MoveInput {
  @Field(() => DateTimeScalar, { description: 'When somebody comes; ahead, at most 60 days.' })
  appointmentAt!: string;
}

@InputType({
  description:
    'Judges the severity of a complaint (handbook T-06); lowering it is for supervisors, with a reason.',
})
export class TicketAssessInput extends MoveInput {
  @Field(() => Severities, { description: 'Severity.' })
  severity!: Severity;
}

@InputType({
  description:
    'Tells the resident how the matter stands; the first answer meets the promise of one (handbook T-06, T-07).',
})
export class TicketAnswerInput extends ChangeInput {
  @Field(() => String, {
    description: 'What the resident was told; kept as a public comment. 1 to 4,000 characters.',
  })
  answer!: string;
}

@InputType({ description: 'An entry of the daily tracking of a matter that goes on (handbook T-06).' })
export class TicketTrackInput extends ChangeInput {
  @Field(() => String, { description: 'How it stands; kept as an internal note. 1 to 4,000 characters.' })
  words!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the resident was told of it; kept as a public comment. At most 4,000 characters.',
  })
  told?: string | null;
}

@InputType({
  description: 'Parks a matter that cannot be dealt with for now (handbook T-06); it is tracked daily.',
})
export class TicketParkInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Why. Refused with REASON_REQUIRED when missing.' })
  reason?: string | null;
}

@InputType({ description: 'A supervisor judges a complaint invalid (handbook T-06); it ends here.' })
export class TicketJudgeInvalidInput extends ChangeInput {
  @Field(() => String, {
    nullable: true,
    description: 'How it was explained to the resident. Refused with REASON_REQUIRED when missing.',
  })
  answer?: string | null;
}

@InputType({
  description: 'The resident accepts the work and refuses to pay (handbook T-15): charged, and referred.',
})
export class TicketRefusePaymentInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Why. Refused with REASON_REQUIRED when missing.' })
  reason?: string | null;

  @Field(() => String, { description: 'Who deals with it from now on. 1 to 200 characters.' })
  referredTo!: string;
}
