import {
  type CalendarData,
  type SpecialDay,
  type Weekday,
  weekdays,
  workingCalendar,
} from '@desk/schema/policies/calendar';
import type { CalendarDayKind } from '@desk/schema/policies/enums';
import { calendarChange, calendarDayInput } from '@desk/schema/policies/limits';
import type { PolicyNumbers } from '@desk/schema/policies/numbers';
import type { ClockKind } from '@desk/schema/tickets/promises';
import { Arg, Ctx, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { DateScalar, DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { decodeId, encodeId } from '../../platform/ids.ts';
import { modelOf } from '../../platform/model.ts';
import { Calendar, CalendarDayKinds, readCalendar, statutory } from '../policies/index.ts';
import { clockFrom } from './clock-store.ts';
import { ClockKinds } from './clocks.inputs.ts';
import { dueBy } from './recompute.ts';

@InputType({ description: 'A special day to try out.' })
class CalendarPreviewDay {
  @Field(() => DateScalar, { description: 'The day.' })
  date!: string;

  @Field(() => CalendarDayKinds, { description: 'What it would be.' })
  kind!: CalendarDayKind;

  @Field(() => String, { nullable: true, description: 'Its hours, for HOURS.' })
  hours?: string | null;
}

@InputType({ description: 'Changes of a calendar to try out; what is absent stays as it is.' })
class CalendarPreviewInput {
  @Field(() => Int, { nullable: true, description: 'Minutes of one working day, 30 to 1,440.' })
  dayMinutes?: number | null;

  @Field(() => [CalendarPreviewDay], { nullable: true, description: 'Days added or changed. At most 400.' })
  days?: CalendarPreviewDay[] | null;

  @Field(() => [DateScalar], { nullable: true, description: 'Special days taken out. At most 400.' })
  removed?: string[] | null;
}
for (const day of weekdays)
  Field(() => String, { nullable: true, description: `Hours of a ${day}, as \`08:30-12:00 13:20-17:50\`.` })(
    CalendarPreviewInput.prototype,
    day,
  );

@ObjectType({ description: 'An open promise that would move.', simpleResolvers: true })
class CalendarPreviewMove {
  @Field(() => ID, { description: 'Id of the ticket.' })
  ticket!: string;

  @Field(() => String, { description: 'Number of the ticket.' })
  number!: string;

  @Field(() => ClockKinds, { description: 'The promise.' })
  kind!: ClockKind;

  @Field(() => DateTimeScalar, { description: 'When it is due now.' })
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'When it would be due.' })
  to!: Date;

  @Field(() => Int, { description: 'By how many minutes it would move; negative: earlier.' })
  minutes!: number;
}

@ObjectType({
  description: 'What a change of a calendar would do. Nothing is changed.',
  simpleResolvers: true,
})
class CalendarPreview {
  @Field(() => Int, { description: 'Open promises that are counted in the calendar.' })
  open!: number;

  @Field(() => Int, { description: 'How many of them would move. Broken ones never do.' })
  moved!: number;

  @Field(() => [CalendarPreviewMove], { description: 'Those that move farthest, at most 100.' })
  moves!: CalendarPreviewMove[];
}

const limits = calendarChange.extend({
  days: z.array(calendarDayInput).max(400).nullish(),
  removed: z.array(z.string()).max(400).nullish(),
});

/** The calendar as it would be. */
function changed(data: CalendarData, change: z.infer<typeof limits>): CalendarData {
  const hours = Object.fromEntries(weekdays.map((day) => [day, change[day] ?? data[day]])) as Record<
    Weekday,
    string
  >;
  const days = new Map(data.days.map((day): [string, SpecialDay] => [day.date, day]));
  for (const date of change.removed ?? []) days.delete(date);
  for (const { date, kind, hours: own } of change.days ?? [])
    days.set(date, { date, kind, hours: own ?? null });
  const dayMinutes = change.dayMinutes ?? data.dayMinutes;
  return { ...data, ...hours, dayMinutes, days: [...days.values()] };
}

@Resolver()
export class CalendarPreviewQuery {
  @Query(() => CalendarPreview, {
    description:
      'Which open promises a change of a calendar would move, and by how much, before it is made (handbook P-4). For those who may change calendars.',
  })
  async calendarPreview(
    @Arg('calendar', () => ID, { description: 'The calendar.' }) id: string,
    @Arg('change', () => CalendarPreviewInput, { description: 'What to try out.' })
    given: CalendarPreviewInput,
    @Ctx() { read, viewer, locale, clock }: Context,
  ): Promise<CalendarPreview> {
    const fail = (refusal: Refusal): never => {
      throw refusal.toGraphQL(locale);
    };
    if (!viewer) return fail(new Refusal('UNAUTHENTICATED'));
    const { descriptor } = modelOf(Calendar);
    if (!viewer.may(descriptor, 'update')) return fail(new Refusal('FORBIDDEN'));
    const uuid = decodeId(descriptor.idPrefix, id);
    const [place] = uuid ? await read.run('select community_id from calendar where id = $1', [uuid]) : [];
    const communityId = place?.[0] as string | undefined;
    if (!uuid || !communityId || !viewer.may(descriptor, 'update', { communityId }))
      return fail(new Refusal('NOT_FOUND'));
    const parsed = limits.safeParse(given);
    if (!parsed.success)
      return fail(
        new Refusal('VALIDATION', {
          issues: parsed.error.issues.map(({ path, message }) => ({
            field: path.map(String),
            detail: message,
          })),
        }),
      );
    const { version, data } = await readCalendar(read.run, uuid);
    const working = workingCalendar(changed(data, parsed.data), statutory);
    const rows = await read.run(
      `select t.number, p.warn_percent, row_to_json(c)::text from ticket_clock c join ticket t on t.id = c.ticket_id
       join policy p on p.id = t.policy_id where c.calendar_id = $1 and c.ended_at is null and c.breached_at is null`,
      [uuid],
    );
    const calendar = { id: uuid, version, timeZone: data.timeZone, working };
    const now = clock.now();
    const moves = rows.flatMap(([number, warnPercent, json]): CalendarPreviewMove[] => {
      const row = JSON.parse(String(json)) as Record<string, unknown>;
      const known = clockFrom(row);
      const policy = { warnPercent } as PolicyNumbers;
      const to = dueBy(known, { policy, calendar, now })?.dueAt;
      const from = known.dueAt;
      const minutes = to ? Math.round((to.getTime() - from.getTime()) / 60_000) : 0;
      if (!to || to.getTime() === from.getTime()) return [];
      const ticket = encodeId('ticket', String(row.ticket_id));
      return [{ ticket, number: String(number), kind: known.kind, from, to, minutes }];
    });
    moves.sort((a, b) => Math.abs(b.minutes) - Math.abs(a.minutes));
    return { open: rows.length, moved: moves.length, moves: moves.slice(0, 100) };
  }
}
