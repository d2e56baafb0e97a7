import type { ClockKind } from '@desk/schema/tickets/promises';
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { encodeId } from '../../platform/ids.ts';
import { changeableCalendar } from './calendar-preview.ts';
import { ClockKinds } from './clocks.inputs.ts';

@ObjectType({
  description: 'An open promise that moved because its calendar changed.',
  simpleResolvers: true,
})
class CalendarOutcomeMove {
  @Field(() => ID, { description: 'Id of the ticket.' })
  ticket!: string;

  @Field(() => String, { description: 'Number of the ticket.' })
  number!: string;

  @Field(() => ClockKinds, { description: 'The promise.' })
  kind!: ClockKind;

  @Field(() => DateTimeScalar, { description: 'When it was due before.' })
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'When it is due since.' })
  to!: Date;

  @Field(() => Boolean, { description: 'Whether it depends on a year that is not published.' })
  provisional!: boolean;
}

@ObjectType({
  description: 'What changes of a calendar have done to open promises.',
  simpleResolvers: true,
})
class CalendarOutcome {
  @Field(() => Boolean, {
    description: 'Open promises are still being computed anew: ask again in a second.',
  })
  recomputing!: boolean;

  @Field(() => Int, { description: 'Open promises that depend on years that are not published.' })
  provisional!: number;

  @Field(() => [CalendarOutcomeMove], {
    description: 'Open promises that moved, the latest first; at most 100.',
  })
  moves!: CalendarOutcomeMove[];
}

@Resolver()
export class CalendarOutcomeQuery {
  @Query(() => CalendarOutcome, {
    description:
      'Which open promises moved since changes of a calendar, and how many are provisional still (handbook P-4). For those who may change calendars.',
  })
  async calendarOutcome(
    @Arg('calendar', () => ID, { description: 'The calendar.' }) id: string,
    @Arg('since', () => DateTimeScalar, { description: 'From when on they moved.' }) since: string,
    @Ctx() context: Context,
  ): Promise<CalendarOutcome> {
    const { uuid } = await changeableCalendar(context, id);
    const { run } = context.read;
    const [[state = []], moves] = await Promise.all([
      run(
        `select k.computed_version < k.version, (
           select count(*)::int from ticket_clock c
           where c.organisation_id = k.organisation_id and c.calendar_id = k.id and c.ended_at is null and c.provisional)
         from calendar k where k.id = $1`,
        [uuid],
      ),
      run(
        `select t.id, t.number, m.kind, m.from_due_at, m.to_due_at, c.provisional from calendar k
         join ticket_clock c on c.organisation_id = k.organisation_id and c.calendar_id = k.id and c.ended_at is null
         join ticket_promise_change m on m.organisation_id = c.organisation_id and m.ticket_id = c.ticket_id and m.kind = c.kind and m.round = c.round
         join ticket t on t.organisation_id = c.organisation_id and t.id = c.ticket_id
         where k.id = $1 and m.change = 'CALENDAR' and m.at >= $2::timestamptz and m.to_due_at is not null
         order by m.at desc, m.id limit 100`,
        [uuid, since],
      ),
    ]);
    const [recomputing, provisional] = state as [boolean, number];
    return {
      recomputing,
      provisional,
      moves: moves.map(([ticket, number, kind, from, to, open]) => ({
        ticket: encodeId('ticket', String(ticket)),
        number: String(number),
        kind: kind as ClockKind,
        from: new Date(from as string),
        to: new Date(to as string),
        provisional: Boolean(open),
      })),
    };
  }
}
