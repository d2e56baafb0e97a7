import {
  type ClockKind,
  clockKinds,
  consentWays,
  type PromiseConsentWay,
} from '@desk/schema/tickets/promises';
import { Field, InputType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { ChangeInput } from '../../platform/graphql/payload.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';

export const ClockKinds = enumOf(
  'TicketClockKind',
  clockKinds,
  'What was promised to a resident (handbook T-04 to T-08, T-12).',
);
export const PromiseConsentWays = enumOf(
  'PromiseConsentWay',
  consentWays,
  'How a resident was told and agreed (handbook T-04, T-08).',
);

@InputType('PromiseConsentInput')
abstract class ConsentInput extends ChangeInput {
  @Field(() => ClockKinds, { description: 'The promise.' })
  clock!: ClockKind;

  @Field(() => String, {
    nullable: true,
    description:
      'Who agreed: the resident, or who speaks for him. Refused with RESIDENT_NOT_TOLD when missing.',
  })
  consentBy?: string | null;

  @Field(() => PromiseConsentWays, {
    nullable: true,
    description: 'How. Refused with RESIDENT_NOT_TOLD when missing.',
  })
  consentWay?: PromiseConsentWay | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was said, 1 to 4,000 characters. Refused with RESIDENT_NOT_TOLD when missing.',
  })
  told?: string | null;
}

@InputType({
  description:
    'Puts a promise off, once, after the resident was told (handbook T-08). More than a week ahead needs a manager.',
})
export class TicketPostponeInput extends ConsentInput {
  @Field(() => DateTimeScalar, { description: 'The new promise; later than now and than the old one.' })
  dueAt!: string;
}

@InputType({
  description:
    "Stops the clock of a promise with the resident's consent, until the agreed time (handbook T-04); then it goes on by itself.",
})
export class TicketPauseClockInput extends ConsentInput {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Until when; ahead, else PAUSE_END, also when missing. More than a week needs a manager, else PROMISE_TOO_LONG (handbook T-08); 400 days at most.',
  })
  until?: string | null;
}

@InputType({ description: 'Lets a paused clock go on before its agreed time, with the time that was left.' })
export class TicketResumeClockInput extends ChangeInput {
  @Field(() => ClockKinds, { description: 'The promise.' })
  clock!: ClockKind;

  @Field(() => String, { nullable: true, description: 'Why. At most 4,000 characters.' })
  reason?: string | null;
}
