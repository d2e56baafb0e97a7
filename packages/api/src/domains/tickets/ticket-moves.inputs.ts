import type { Department, RevisitWay } from '@desk/schema/tickets/enums';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeInput, MoveInput } from '../../platform/graphql/payload.ts';
import { Departments } from '../policies/index.ts';
import { RevisitWays } from './ticket.enums.ts';
import { drawingHelp } from './ticket-work.inputs.ts';

@InputType({
  description:
    'Hands a ticket to a department, and to a person if one is named (handbook T-04). Dispatching again corrects it.',
})
export class TicketDispatchInput extends MoveInput {
  @Field(() => Departments, { description: 'Responsible department.' })
  department!: Department;

  @Field(() => ID, {
    nullable: true,
    description: 'Person who is to do it; without one, whoever of the department accepts first.',
  })
  assignee?: string | null;
}

@InputType({ description: 'Reports the work as done (handbook T-10).' })
export class TicketFinishInput extends ChangeInput {
  @Field(() => String, {
    description: 'What was found and done, or what was answered. 1 to 4,000 characters.',
  })
  resolution!: string;

  @Field(() => String, { nullable: true, description: 'What was found on site. At most 4,000 characters.' })
  findings?: string | null;
}

@InputType({
  description:
    "The resident's acceptance of the work (handbook T-09). Not satisfied: the ticket goes back to rework. Accepted work in a unit (repair, repair under warranty, paid service, defect) has a drawn signature or says why nobody signed, else SIGNATURE_REQUIRED (handbook T-10).",
})
export class TicketSignOffInput extends ChangeInput {
  @Field(() => Boolean, { description: 'Whether the resident accepts it.' })
  satisfied!: boolean;

  @Field(() => String, { nullable: true, description: "The resident's words; needed when not satisfied." })
  words?: string | null;

  @Field(() => String, { nullable: true, description: "Who signed; the reporter's name when absent." })
  signerName?: string | null;

  @Field(() => String, { nullable: true, description: drawingHelp })
  signature?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why nobody signed on screen, for example that the resident is away or signed on paper; ignored beside a drawn signature. At most 200 characters.',
  })
  unsignedReason?: string | null;
}

@InputType({
  description:
    'A revisit by phone or in person (handbook T-12). Not satisfied: the ticket goes back to rework.',
})
export class TicketRevisitInput extends ChangeInput {
  @Field(() => Boolean, { description: 'Whether the resident is satisfied.' })
  satisfied!: boolean;

  @Field(() => Int, { description: '1 very bad to 5 very good.' })
  score!: number;

  @Field(() => String, { nullable: true, description: "The resident's words; needed when not satisfied." })
  words?: string | null;

  @Field(() => RevisitWays, {
    nullable: true,
    description:
      'How; PHONE when absent. A message is no revisit: write a comment. A major complaint is revisited IN_PERSON, by the manager (handbook T-06).',
  })
  way?: RevisitWay | null;

  @Field(() => String, { nullable: true, description: "Who signed; the reporter's name when absent." })
  signerName?: string | null;

  @Field(() => String, { nullable: true, description: drawingHelp })
  signature?: string | null;
}

@InputType({ description: 'Sends done work back because it was not enough (handbook T-09).' })
export class TicketReworkInput extends ChangeInput {
  @Field(() => String, {
    nullable: true,
    description: 'Why it was not enough. Refused with REASON_REQUIRED when missing.',
  })
  reason?: string | null;
}

@InputType({
  description:
    'The engineering supervisor judges a matter to be out of scope (handbook T-09): it is answered and handed on. For the head of engineering on duty (a duty with `lead`) and for supervisors and above, else ENGINEERING_HEAD.',
})
export class TicketJudgeOutOfScopeInput extends ChangeInput {
  @Field(() => String, { description: 'What the resident was told. 1 to 4,000 characters.' })
  answer!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Channel that it was handed to, for example the water company. Refused with REQUIRED when missing.',
  })
  handedTo?: string | null;
}

@InputType({ description: 'Attaches uploaded photos and documents to a ticket (handbook T-02).' })
export class TicketAttachInput extends MoveInput {
  @Field(() => [ID], {
    description:
      'Ids that `POST /files` answered, uploaded by the caller and not attached yet; at most 20 a ticket.',
  })
  attachments!: string[];
}

@InputType({ description: 'Cancels a ticket, with a reason only (handbook T-09).' })
export class TicketCancelInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Why. Refused with REASON_REQUIRED when missing.' })
  reason?: string | null;
}
