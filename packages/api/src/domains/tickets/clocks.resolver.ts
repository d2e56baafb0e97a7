import type { DurationUnit } from '@desk/schema/policies/working-time';
import {
  type ClockKind,
  type ClockStatus,
  clockStatuses,
  type PromiseChange,
  type PromiseConsentWay,
  promiseChanges,
} from '@desk/schema/tickets/promises';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Field, FieldResolver, Info, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { listTypes } from '../../platform/graphql/connection.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { modelOf } from '../../platform/model.ts';
import type { PageArgs } from '../../platform/read/connection.ts';
import type { Row } from '../../platform/read/plan.ts';
import type { Reader } from '../../platform/read/reader.ts';
import { Notification } from '../notifications/index.ts';
import { statusAt } from './clock.ts';
import { clockFrom } from './clock-store.ts';
import { ClockKinds, PromiseConsentWays } from './clocks.inputs.ts';
import { Ticket } from './ticket.entity.ts';

const ClockStatuses = enumOf(
  'TicketClockStatus',
  clockStatuses,
  'Where the clock of a promise stands: BREACHED from its due time until it is kept, MISSED once it was kept too late.',
);
const PromiseChanges = enumOf('PromiseChangeKind', promiseChanges, 'What moved a promise.');
const DurationUnits = enumOf(
  'DurationUnit',
  {
    MINUTES: { zh: '分钟（自然时间）', en: 'Minutes on the wall, day and night' },
    HOURS: { zh: '小时（自然时间）', en: 'Hours on the wall, day and night' },
    WORKING_DAYS: { zh: '工作日（按日历）', en: 'Working days of the calendar' },
  },
  'What a promise is counted in (handbook P-4).',
);

@ObjectType({
  description: 'One promise to a resident and its clock (handbook T-04 to T-08).',
  simpleResolvers: true,
})
export class TicketClock {
  @Field(() => ClockKinds, { description: 'What was promised.' })
  kind!: ClockKind;

  @Field(() => ClockStatuses, {
    description:
      'Where it stands now. A promise that was broken and then postponed runs again (RUNNING), keeps its `breachedAt`, and ends as MISSED.',
  })
  status!: ClockStatus;

  @Field(() => Int, { description: 'Round of work that it belongs to: 0, and one more after each rework.' })
  round!: number;

  @Field(() => String, { description: 'Handbook rule that promises it, for example `T-05`.' })
  rule!: string;

  @Field(() => DateTimeScalar, { description: 'When it was promised.' })
  startedAt!: Date;

  @Field(() => DurationUnits, {
    nullable: true,
    description: 'What it is counted in; null for an appointment.',
  })
  unit!: DurationUnit | null;

  @Field(() => Int, { nullable: true, description: 'How many of the unit; null for an appointment.' })
  amount!: number | null;

  @Field(() => DateTimeScalar, { description: 'When it is due, after everything that moved it.' })
  dueAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was due as first promised.' })
  firstDueAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it counts as at risk (handbook T-16).' })
  warnAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was kept, in time or too late.' })
  metAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it was broken first; never taken back, whatever is postponed, paused or recomputed afterwards.',
  })
  breachedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when it stands still.' })
  pausedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Until when the resident agreed to wait; the clock goes on then by itself (handbook T-04). Null while it runs, and while the matter is parked.',
  })
  pausedUntil!: Date | null;

  @Field(() => Boolean, {
    description: 'Depends on a year whose statutory days are not published yet; computed anew when they are.',
  })
  provisional!: boolean;

  @Field(() => Int, { description: 'How often it was postponed (handbook T-08).' })
  postponed!: number;
}

@ObjectType({
  description: 'A promise that moved: by whom, and what the resident was told (handbook T-04, T-08).',
  simpleResolvers: true,
})
export class TicketPromiseChange {
  @Field(() => ClockKinds, { description: 'The promise.' })
  kind!: ClockKind;

  @Field(() => PromiseChanges, { description: 'What moved it.' })
  change!: PromiseChange;

  @Field(() => DateTimeScalar, { description: 'When it was due before.' })
  fromDueAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is due since; null while it stands still.',
  })
  toDueAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Of a pause: until when it was agreed.' })
  pausedUntil!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who agreed.' })
  consentBy!: string | null;

  @Field(() => PromiseConsentWays, { nullable: true, description: 'How.' })
  consentWay!: PromiseConsentWay | null;

  @Field(() => String, { nullable: true, description: 'What the resident was told.' })
  told!: string | null;

  @Field(() => Boolean, { description: 'Needed approval and got it: longer than a week (handbook T-08).' })
  approved!: boolean;

  @Field(() => String, { description: 'Name of who did it; `system` when an agreed wait was over.' })
  actorName!: string;

  @Field(() => DateTimeScalar, { description: 'When it moved.' })
  at!: Date;
}

/** Rows of a table below many tickets, in one statement for all of them. */
function below<T>(
  read: Reader,
  table: string,
  order: string,
  present: (row: Record<string, unknown>) => T,
): (ticket: string) => Promise<T[]> {
  return read.loader<T[]>(table, '', async (keys) => {
    const rows = await read.run(
      `select c.ticket_id, json_agg(c order by ${order})::text
       from (select * from ${table} where ticket_id = any($1::uuid[])) c group by c.ticket_id`,
      [keys],
    );
    const found = new Map(
      rows.map(([ticket, json]) => [
        ticket as string,
        (JSON.parse(String(json)) as Record<string, unknown>[]).map(present),
      ]),
    );
    return keys.map((key) => found.get(key) ?? []);
  });
}

const { Connection: Escalations, Args: EscalationArgs } = listTypes(Notification);

@Resolver(() => Ticket)
export class TicketClockFields {
  @FieldResolver(() => [TicketClock], {
    description: 'Its promises of all rounds, each on a clock of its own (handbook T-04 to T-08).',
  })
  clocks(@Root() { uuid }: Row, @Ctx() { read, clock: time }: Context): Promise<TicketClock[]> {
    const load = below(read, 'ticket_clock', 'c.round, c.started_at, c.due_at, c.kind', (row) => {
      const clock = clockFrom(row);
      const { endedAt, status, dueAt } = clock;
      const now = statusAt(clock, time.now());
      return {
        ...clock,
        status: now,
        metAt: status === 'CANCELLED' ? null : endedAt,
        // Due a moment ago: the escalation that notes it may still be on its way.
        breachedAt: clock.breachedAt ?? (now === 'BREACHED' ? dueAt : null),
      };
    });
    return load(uuid);
  }

  @FieldResolver(() => [TicketPromiseChange], {
    description: 'Every promise that moved, oldest first. Nobody can edit it (handbook P-6, T-08).',
  })
  promiseChanges(@Root() { uuid }: Row, @Ctx() { read }: Context): Promise<TicketPromiseChange[]> {
    const load = below(
      ...([read, 'ticket_promise_change', 'c.at, c.id'] as const),
      (row) => clockFrom({ ...row, at: new Date(String(row.at)) }) as unknown as TicketPromiseChange,
    );
    return load(uuid);
  }

  @FieldResolver(() => Escalations, {
    description: 'Who was told what about its promises, and when (handbook P-5, T-16).',
  })
  escalations(
    @Root() row: Row,
    @Args(() => EscalationArgs) args: PageArgs,
    @Ctx() { read }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return read.below(modelOf(Notification), 'subject_key', row, args, info);
  }
}
