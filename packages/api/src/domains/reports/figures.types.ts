import { clearingGaps, figureGroups } from '@desk/schema/reports/enums';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateScalar, MoneyScalar } from '../../platform/graphql/scalars.ts';
import { FeeKinds } from '../fees/index.ts';
import type { Figures } from './figures.ts';

export const FigureGroups = enumOf(
  'FigureGroup',
  figureGroups,
  'What figures are divided by (handbook S-6).',
);
export const ClearingGaps = enumOf(
  'ClearingGap',
  clearingGaps,
  'What an open ticket still lacks today (handbook T-13).',
);

const numbers: Record<Exclude<keyof Figures, 'key' | 'label'>, [() => unknown, boolean, string]> = {
  volume: [() => Int, false, 'Tickets received in the period.'],
  open: [() => Int, false, 'Those that have not ended.'],
  void: [() => Int, false, 'Those that came to nothing: cancelled, invalid, merged. They count in no rate.'],
  responseMedian: [() => Int, true, 'Minutes to the first response (confirmed or dispatched): the median.'],
  responseP90: [() => Int, true, 'Minutes to the first response: nine of ten were faster.'],
  settleMedian: [() => Int, true, 'Minutes until it was done, the last round counted: the median.'],
  settleP90: [() => Int, true, 'Minutes until it was done: nine of ten were faster.'],
  satisfied: [() => Int, false, 'Revisits that found the resident satisfied (handbook T-12).'],
  unsatisfied: [() => Int, false, 'Revisits that sent the work back (handbook T-12).'],
  satisfaction: [() => Float, true, 'Satisfied revisits in percent of all, one decimal (handbook T-12).'],
  reworked: [() => Int, false, 'Tickets that went back to rework at least once (handbook T-09).'],
  reworkRate: [() => Float, true, 'Those in percent of the tickets that were done at least once.'],
  promisesKept: [() => Int, false, 'Clocks that were met in time (handbook T-04 to T-08).'],
  promisesMissed: [() => Int, false, 'Clocks that were missed, also those that still run.'],
  keptRate: [() => Float, true, 'Kept promises in percent of those decided.'],
  postponed: [() => Int, false, 'Tickets of which a promise was postponed (handbook T-08).'],
  postponementRate: [() => Float, true, 'Those in percent of the tickets with promises.'],
};

@ObjectType('TicketFigures', {
  description: 'Figures of a group of tickets (handbook T-12, T-14, S-6).',
  simpleResolvers: true,
})
export class TicketFiguresType {
  @Field(() => String, {
    nullable: true,
    description:
      'The group: an enum value, a public id, a month `2026-11`; null for the whole, or for tickets without it.',
  })
  key!: string | null;

  @Field(() => String, { description: "The group in words, in the caller's language." })
  label!: string;
}
for (const [name, [type, nullable, description]] of Object.entries(numbers))
  Field(type as () => typeof Int, { nullable, description })(TicketFiguresType.prototype, name);

@ObjectType({ description: 'Figures of a period, whole and divided.', simpleResolvers: true })
export class TicketFigureTable {
  @Field(() => DateScalar, { description: "First business day, in each community's zone." })
  from!: string;

  @Field(() => DateScalar, { description: 'Last business day, counted.' })
  to!: string;

  @Field(() => FigureGroups, { description: 'What they are divided by.' })
  groupBy!: string;

  @Field(() => Float, { description: 'Satisfaction aimed at, in percent (handbook T-12).' })
  satisfactionTarget!: number;

  @Field(() => TicketFiguresType, { description: 'All tickets of the period.' })
  total!: TicketFiguresType;

  @Field(() => [TicketFiguresType], { description: 'The groups, the largest first.' })
  groups!: TicketFiguresType[];
}

@ObjectType('MonthlyFees', {
  description: 'Fee details of a month for one kind of fees, by the ledger (handbook T-14, F-04).',
  simpleResolvers: true,
})
export class MonthlyFees {
  @Field(() => FeeKinds, { description: 'What was charged.' })
  kind!: string;

  @Field(() => MoneyScalar, { description: 'Issued in the month, less what was voided.' })
  charged!: number;

  @Field(() => MoneyScalar, { description: 'Paid or deducted in the month, less what was taken back.' })
  collected!: number;

  @Field(() => MoneyScalar, { description: 'Waived in the month.' })
  waived!: number;

  @Field(() => MoneyScalar, { description: 'Owed at the end of its last day.' })
  outstanding!: number;
}

@ObjectType({
  description: 'Figures of the inbound calls of a period (handbook U-6).',
  simpleResolvers: true,
})
export class CallFigures {
  @Field(() => Int, { description: 'Inbound calls.' })
  inbound!: number;

  @Field(() => Int, { description: 'Those that somebody answered.' })
  answered!: number;

  @Field(() => Int, { description: 'Those that nobody answered.' })
  missed!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Answered within the rings promised, in percent of all inbound calls.',
  })
  answeredInTimeRate!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Ended within the seconds aimed at, in percent of the answered ones.',
  })
  endedInTimeRate!: number | null;

  @Field(() => Int, { nullable: true, description: 'Seconds from answer to end: the median.' })
  talkMedian!: number | null;

  @Field(() => Int, { description: 'Calls that became a ticket.' })
  ticketed!: number;
}
