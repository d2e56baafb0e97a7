import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { Counting, dayBegan, earliestDay, Wall } from '../../platform/wall/wall.ts';
import { TicketStatuses } from './ticket.enums.ts';

const final: readonly string[] = ticketLifecycle.final;
const open = Object.keys(ticketLifecycle.states).filter((state) => !final.includes(state));

@ObjectType('WallTicketState', { description: 'How many tickets stand in a state.', simpleResolvers: true })
class WallTicketState {
  @Field(() => TicketStatuses, { description: 'The state.' })
  status!: string;

  @Field(() => Int, { description: 'Tickets in it.' })
  count!: number;

  @Field(() => Int, { description: 'Of these: urgent (handbook T-05).' })
  urgent!: number;
}

@ObjectType('WallPromises', {
  description: 'Open tickets by how they stand to their promises (handbook T-16).',
  simpleResolvers: true,
})
class WallPromises {
  @Field(() => Int, { description: 'All promises will be kept as it looks.' })
  onTrack!: number;

  @Field(() => Int, { description: 'Most of the time is used: about to break.' })
  atRisk!: number;

  @Field(() => Int, { description: 'Broken.' })
  breached!: number;

  @Field(() => Int, { description: 'The clock stands still: parked, or agreed with the resident.' })
  paused!: number;
}

@ObjectType('WallTickets', { description: 'Open tickets.', simpleResolvers: true })
class WallTickets {
  @Field(() => [WallTicketState], {
    description: 'By state, in the order of the life cycle; states without a ticket too.',
  })
  states!: WallTicketState[];

  @Field(() => WallPromises, { description: 'By promise.' })
  promises!: WallPromises;
}

@ObjectType('WallDay', {
  description: "What has happened since the community's day began.",
  simpleResolvers: true,
})
class WallDay {
  @Field(() => Int, { description: 'Tickets received.' })
  received!: number;

  @Field(() => Int, { description: 'Arrivals on site (handbook T-04, T-05).' })
  arrived!: number;

  @Field(() => Int, { description: 'Tickets closed.' })
  closed!: number;
}

@Resolver(() => Wall)
export class TicketsOnWall {
  @FieldResolver(() => WallTickets, { description: 'Open tickets, by state and by promise.' })
  async tickets(@Root() wall: Wall, @Ctx() context: Context): Promise<WallTickets> {
    const counting = new Counting(wall, context);
    const rows = await counting.run(
      `select t.status as c0, t.promise_state as c1, count(*)::int as c2, count(*) filter (where t.urgent)::int as c3
       from ticket t where t.status = any(${counting.params.add(open, 'text[]')}) and $1::timestamptz is not null and ${counting.of('t')}
       group by 1, 2`,
    );
    const sum = (at: number, name: string, column: number): number =>
      rows.filter((row) => row[at] === name).reduce((total, row) => total + Number(row[column]), 0);
    return {
      states: open.map((status) => ({ status, count: sum(0, status, 2), urgent: sum(0, status, 3) })),
      promises: {
        onTrack: sum(1, 'ON_TRACK', 2),
        atRisk: sum(1, 'AT_RISK', 2),
        breached: sum(1, 'BREACHED', 2),
        paused: sum(1, 'PAUSED', 2),
      },
    };
  }

  @FieldResolver(() => WallDay, { description: 'Tickets today.' })
  async day(@Root() wall: Wall, @Ctx() context: Context): Promise<WallDay> {
    const counting = new Counting(wall, context);
    const scope = counting.of('t');
    const since = (column: string) =>
      `(select count(*)::int from ticket t join community c on c.organisation_id = t.organisation_id and c.id = t.community_id
        where t.${column} >= ${earliestDay} and t.${column} >= ${dayBegan} and ${scope})`;
    const [row = []] = await counting.run(
      `select ${since('received_at')} as c0, ${since('arrived_at')} as c1, ${since('closed_at')} as c2`,
    );
    const [received, arrived, closed] = row as number[];
    return { received: received ?? 0, arrived: arrived ?? 0, closed: closed ?? 0 };
  }
}
