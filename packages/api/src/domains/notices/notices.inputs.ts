import type { NoticeKind } from '@desk/schema/notices/enums';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { NoticeKinds } from './notice.entity.ts';

@InputType({ description: 'A new notice; it starts as a DRAFT (handbook H-8).' })
export class NoticeCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The community.' })
  community!: string;

  @Field(() => NoticeKinds, { description: 'What it is about.' })
  kind!: NoticeKind;

  @Field(() => Boolean, { nullable: true, description: 'Not planned; false when absent.' })
  sudden?: boolean | null;

  @Field(() => String, { description: 'Title; 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { description: 'What residents read; 1 to 4,000 characters.' })
  content!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when; required of planned outages.' })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when, after the start; required of planned outages.',
  })
  endsAt?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Whole buildings that it is for. With no building and no unit: the whole community. At most 100.',
  })
  buildings?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Single units that it is for. At most 500.' })
  units?: string[] | null;
}

@InputType({
  description:
    'Corrections; absent fields stay as they are. Once published, only content and times change (an outage takes longer); what else changes is a new notice.',
})
export class NoticeUpdateInput extends ChangeInput {
  @Field(() => NoticeKinds, { nullable: true, description: 'What it is about.' })
  kind?: NoticeKind;

  @Field(() => Boolean, { nullable: true, description: 'Not planned.' })
  sudden?: boolean;

  @Field(() => String, { nullable: true, description: 'Title.' })
  title?: string;

  @Field(() => String, { nullable: true, description: 'What residents read.' })
  content?: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From when.' })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when.' })
  endsAt?: string | null;

  @Field(() => [ID], { nullable: true, description: 'All buildings that it is for.' })
  buildings?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'All single units that it is for.' })
  units?: string[] | null;
}

@InputType({ description: 'Takes a notice back, with a reason (handbook H-8).' })
export class NoticeWithdrawInput extends ChangeInput {
  @Field(() => String, {
    nullable: true,
    description: 'Why. Refused with REASON_REQUIRED when missing.',
  })
  reason?: string | null;
}

@InputType({ description: 'Somebody saw a published notice (handbook H-8). Only the first time counts.' })
export class NoticeMarkSeenInput extends MutationInput {
  @Field(() => ID, { description: 'The notice.' })
  notice!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The resident who saw it, or was told. Absent: the signed-in member of the staff.',
  })
  resident?: string | null;
}

@InputType({
  description: 'Ties a notice and a ticket together: an outage and what was reported because of it.',
})
export class NoticeLinkTicketInput extends MutationInput {
  @Field(() => ID, { description: 'The notice.' })
  notice!: string;

  @Field(() => ID, { description: 'The ticket; of the same community.' })
  ticket!: string;
}

@InputType({ description: 'Unties a notice and a ticket.' })
export class NoticeUnlinkTicketInput extends NoticeLinkTicketInput {}
