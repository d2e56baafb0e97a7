import {
  type CalendarData,
  type SpecialDay,
  type Weekday,
  weekdays,
  workingCalendar,
} from '@desk/schema/policies/calendar';
import type { CalendarBase, CalendarDayKind } from '@desk/schema/policies/enums';
import { calendarChange, calendarDayInput, calendarPublishInput } from '@desk/schema/policies/limits';
import type { PolicyNumbers } from '@desk/schema/policies/numbers';
import type { ClockKind } from '@desk/schema/tickets/promises';
import { Arg, Ctx, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { DateScalar, DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { decodeId, encodeId } from '../../platform/ids.ts';
import { modelOf } from '../../platform/model.ts';
import { Calendar, CalendarBases, CalendarDayKinds, readCalendar, statutory } from '../policies/index.ts';
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

@InputType({ description: 'The statutory days of a year to try out.' })
class CalendarPreviewYear {
  @Field(() => Int, { description: 'The year, 2000 to 2099.' })
  year!: number;

  @Field(() => [DateScalar], { description: 'Days off. At most 120.' })
  off!: string[];

  @Field(() => [DateScalar], { description: 'Make-up working days. At most 60.' })
  working!: string[];
}

@InputType({ description: 'Changes of a calendar to try out; what is absent stays as it is.' })
class CalendarPreviewInput {
  @Field(() => Int, { nullable: true, description: 'Minutes of one working day, 30 to 1,440.' })
  dayMinutes?: number | null;

  @Field(() => CalendarBases, { nullable: true, description: 'Where its holidays come from.' })
  base?: CalendarBase | null;

  @Field(() => [String], { nullable: true, description: 'Years whose statutory days were entered by hand.' })
  coveredYears?: string[] | null;

  @Field(() => CalendarPreviewYear, {
    nullable: true,
    description: 'The statutory days of a year, published or corrected.',
  })
  year?: CalendarPreviewYear | null;

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

  @Field(() => Int, {
    description:
      'By how many minutes it would move; negative: earlier. 0: it only becomes certain, or provisional.',
  })
  minutes!: number;

  @Field(() => Boolean, {
    description: 'Whether it would still depend on a year that is not published.',
  })
  provisional!: boolean;
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

  @Field(() => Int, {
    description: 'How many stay where they are and are no longer provisional, or become so.',
  })
  settled!: number;

  @Field(() => [CalendarPreviewMove], {
    description: 'Those that move farthest, then those that only become certain or provisional; at most 100.',
  })
  moves!: CalendarPreviewMove[];
}

const limits = calendarChange.extend({
  days: z.array(calendarDayInput).max(400).nullish(),
  removed: z.array(z.string()).max(400).nullish(),
  year: calendarPublishInput.nullish(),
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
  const { year, dayMinutes = data.dayMinutes, base = data.base } = change;
  let coveredYears = change.coveredYears?.map(Number) ?? data.coveredYears;
  if (year) {
    const own = (date: string) => days.has(date) && !data.days.find((day) => day.date === date)?.statutory;
    for (const day of data.days)
      if (day.statutory && day.date.startsWith(`${year.year}-`)) days.delete(day.date);
    const statutory = { hours: null, statutory: true };
    for (const date of year.off) if (!own(date)) days.set(date, { date, kind: 'OFF', ...statutory });
    for (const date of year.working) if (!own(date)) days.set(date, { date, kind: 'WORKING', ...statutory });
    coveredYears = [...coveredYears, year.year];
  }
  return { ...data, ...hours, base, dayMinutes, coveredYears, days: [...days.values()] };
}

/** The calendar's UUID, for those who may change it. */
export async function changeableCalendar(
  { read, viewer, locale }: Pick<Context, 'read' | 'viewer' | 'locale'>,
  id: string,
) {
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
  return { uuid, fail };
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
    const { uuid, fail } = await changeableCalendar({ read, viewer, locale }, id);
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
      const { dueAt: to, provisional } = dueBy(known, { policy, calendar, now }) ?? known;
      const from = known.dueAt;
      const minutes = Math.round((to.getTime() - from.getTime()) / 60_000);
      if (to.getTime() === from.getTime() && provisional === known.provisional) return [];
      const ticket = encodeId('ticket', String(row.ticket_id));
      return [{ ticket, number: String(number), kind: known.kind, from, to, minutes, provisional }];
    });
    moves.sort((a, b) => Math.abs(b.minutes) - Math.abs(a.minutes));
    const moved = moves.filter(({ from, to }) => from.getTime() !== to.getTime()).length;
    return { open: rows.length, moved, settled: moves.length - moved, moves: moves.slice(0, 100) };
  }
}
