import { say } from '@desk/schema';
import { handbookNumbers } from '@desk/schema/policies/numbers';
import type { ClearingGap, FigureGroup } from '@desk/schema/reports/enums';
import { clearingGaps } from '@desk/schema/reports/enums';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { Refusal, refuse } from '../../platform/errors.ts';
import { listTypes } from '../../platform/graphql/connection.ts';
import { childrenField, command, commands } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import { DateScalar } from '../../platform/graphql/scalars.ts';
import { decodeId } from '../../platform/ids.ts';
import type { PageArgs } from '../../platform/read/connection.ts';
import type { Row } from '../../platform/read/plan.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { Ticket, TicketKinds } from '../tickets/index.ts';
import { callFiguresFrom, callFiguresSql } from './call-figures.ts';
import {
  assertPeriod,
  createExport,
  exportMonth,
  figureScope,
  registerListExport,
} from './export.service.ts';
import { figuresSql, type Period } from './figures.sql.ts';
import { figuresFrom } from './figures.ts';
import { CallFigures, ClearingGaps, FigureGroups, MonthlyFees, TicketFigureTable } from './figures.types.ts';
import { recordFollowUp } from './follow-up.service.ts';
import type { Content } from './monthly.ts';
import { DailyFollowUp, ExportRecord, MonthlyReport } from './report.entities.ts';
import {
  DailyFollowUpRecordInput,
  ExportRecordCreateInput,
  ExportRecordMonthlyInput,
  ExportRecordRegisterInput,
} from './reports.inputs.ts';
import { targetFrom, targetSql } from './target.ts';

/** Refusals of reads as GraphQL errors in the caller's language. */
async function answer<T>({ viewer, locale }: Context, work: (viewer: Viewer) => Promise<T>): Promise<T> {
  try {
    return await work(viewer ?? refuse('UNAUTHENTICATED'));
  } catch (error) {
    throw error instanceof Refusal ? error.toGraphQL(locale) : error;
  }
}

/** The UUID of a community argument; an id of nothing finds nothing. */
const communityOf = (id: string | null | undefined): { community?: string } =>
  id == null ? {} : { community: decodeId('community', id) ?? '00000000-0000-0000-0000-000000000000' };

@Resolver()
class FigureQueries {
  @Query(() => TicketFigureTable, {
    description:
      'Volume, response and settle times, satisfaction, rework, promises and postponements of the tickets received in a period (handbook T-12, T-14, S-6). By person for supervisors and above.',
  })
  ticketFigures(
    @Arg('from', () => DateScalar, { description: "First business day, in each community's zone." })
    from: string,
    @Arg('to', () => DateScalar, { description: 'Last business day, counted; at most two years on.' })
    to: string,
    @Arg('groupBy', () => FigureGroups, { description: 'What they are divided by.' }) groupBy: FigureGroup,
    @Arg('community', () => ID, { nullable: true, description: 'One community; all when absent.' })
    community: string | null,
    @Arg('kinds', () => [TicketKinds], { nullable: true, description: 'Only tickets of these kinds.' })
    kinds: string[] | null,
    @Ctx() context: Context,
  ): Promise<TicketFigureTable> {
    return answer(context, async (viewer) => {
      assertPeriod({ from, to });
      const scope = figureScope(viewer, groupBy);
      const asked = { from, to, groupBy, scope, ...communityOf(community) };
      const [rows, target] = await Promise.all(
        [figuresSql({ ...asked, ...(kinds && { kinds }) }), targetSql(asked)].map(({ text, values }) =>
          context.read.run(text, values),
        ),
      );
      const table = figuresFrom(rows ?? [], groupBy, context.locale);
      return { from, to, groupBy, satisfactionTarget: targetFrom(target ?? []), ...table };
    });
  }

  @Query(() => CallFigures, { description: 'How calls of a period were answered (handbook U-6).' })
  callFigures(
    @Arg('from', () => DateScalar, { description: 'First business day.' }) from: string,
    @Arg('to', () => DateScalar, { description: 'Last business day, counted.' }) to: string,
    @Arg('community', () => ID, { nullable: true, description: 'One community; all when absent.' })
    community: string | null,
    @Ctx() context: Context,
  ): Promise<CallFigures> {
    return answer(context, async (viewer) => {
      assertPeriod({ from, to });
      const { text, values } = callFiguresSql({
        ...{ from, to, scope: figureScope(viewer, null) },
        ...communityOf(community),
      });
      return callFiguresFrom(await context.read.run(text, values));
    });
  }
}

const { Connection: TicketConnection, Args: TicketArgs } = listTypes(Ticket);
const gapTexts = Object.values(clearingGaps)
  .map((text) => say(text, 'en'))
  .join('; ');

@Resolver()
class ClearingQueries {
  @Query(() => TicketConnection, {
    description: `All open tickets, of which the daily clearing may still lack something (${gapTexts}); handbook T-13. Ask for \`dailyFollowUps(first: 1)\` below them.`,
  })
  clearing(
    @Arg('missing', () => ClearingGaps, {
      nullable: true,
      description: 'Only tickets that lack this on the business day of now; all open ones when absent.',
    })
    missing: ClearingGap | null,
    @Args(() => TicketArgs) args: PageArgs,
    @Ctx() { read, clock }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return read.connection(Ticket, args, info, (plan, alias) => {
      const open = `${alias}.closed_at is null and ${alias}.status <> all(${plan.params.add(ticketLifecycle.final, 'text[]')})`;
      if (!missing) return open;
      const today = `(select (${plan.params.add(clock.now(), 'timestamptz')} at time zone z.time_zone)::date from community z where z.id = ${alias}.community_id)`;
      const told = missing === 'UPDATE' ? 'and f.resident_told is not null' : '';
      return `${open} and not exists (select from daily_follow_up f where f.ticket_id = ${alias}.id and f.day = ${today} and f.state = 'DONE' ${told})`;
    });
  }
}

@Resolver(() => MonthlyReport)
class MonthlyReportFields {
  @FieldResolver(() => TicketFigureTable, {
    description: 'The frozen figures of all tickets; by person for supervisors and above (handbook S-6).',
  })
  tickets(
    @Arg('groupBy', () => FigureGroups, { description: 'What they are divided by.' }) groupBy: FigureGroup,
    @Root() row: Row,
    @Ctx() context: Context,
  ): Promise<TicketFigureTable> {
    return frozen(row, 'tickets', groupBy, context);
  }

  @FieldResolver(() => TicketFigureTable, {
    description: 'The frozen summary of complaints (handbook T-14).',
  })
  complaints(
    @Arg('groupBy', () => FigureGroups, { description: 'What they are divided by.' }) groupBy: FigureGroup,
    @Root() row: Row,
    @Ctx() context: Context,
  ): Promise<TicketFigureTable> {
    return frozen(row, 'complaints', groupBy, context);
  }

  @FieldResolver(() => CallFigures, { description: 'The frozen figures of calls (handbook U-6).' })
  async calls(@Root() row: Row, @Ctx() context: Context): Promise<CallFigures> {
    return callFiguresFrom((await contentOf(context, row.uuid)).content.calls);
  }

  @FieldResolver(() => [MonthlyFees], {
    description:
      'The frozen fee details, one for each kind that was ever charged (handbook T-14). Empty for months frozen before they were kept.',
  })
  async fees(@Root() row: Row, @Ctx() context: Context): Promise<MonthlyFees[]> {
    const { fees = [] } = (await contentOf(context, row.uuid)).content;
    return fees.map(({ kind, charged, collected, waived, outstanding }) => ({
      ...{ kind, charged: Number(charged), collected: Number(collected) },
      ...{ waived: Number(waived), outstanding: Number(outstanding) },
    }));
  }
}

const contentOf = ({ read }: Context, id: string): Promise<Period & { content: Content }> =>
  read.loader<Period & { content: Content }>(MonthlyReportFields, 'content', async (ids) => {
    const rows = await read.run(
      'select id, "from"::text, "to"::text, content from monthly_report where id = any($1::uuid[])',
      [ids],
    );
    const found = new Map(
      rows.map(([key, from, to, content]) => [key, { from, to, content: JSON.parse(String(content)) }]),
    );
    return ids.map((key) => found.get(key) as Period & { content: Content });
  })(id);

function frozen(row: Row, part: 'tickets' | 'complaints', groupBy: FigureGroup, context: Context) {
  return answer(context, async (viewer): Promise<TicketFigureTable> => {
    figureScope(viewer, groupBy);
    const { from, to, content } = await contentOf(context, row.uuid);
    const table = figuresFrom(content[part][groupBy] ?? [], groupBy, context.locale);
    const satisfactionTarget = content.target ?? handbookNumbers.satisfactionPercent;
    return { from, to, groupBy, satisfactionTarget, ...table };
  });
}

export const reportResolvers = [
  FigureQueries,
  ClearingQueries,
  MonthlyReportFields,
  ...resourceResolvers(DailyFollowUp),
  ...resourceResolvers(ExportRecord),
  ...resourceResolvers(MonthlyReport),
  childrenField(
    Ticket,
    'dailyFollowUps',
    DailyFollowUp,
    'ticket',
    'What was done about it day by day, the latest first; days on which nothing was done show as MISSED (handbook T-13).',
  ),
  commands(DailyFollowUp, {
    dailyFollowUpRecord: command(
      DailyFollowUpRecordInput,
      recordFollowUp,
      "Today's follow-up of an open ticket, and what the resident was told (handbook T-13).",
    ),
  }),
  commands(ExportRecord, {
    exportRecordCreate: command(
      ExportRecordCreateInput,
      createExport,
      'Records a bulk export with its reason (handbook S-7); whoever did it fetches the XLSX from `/exports/<id>` within an hour.',
    ),
    exportRecordMonthly: command(
      ExportRecordMonthlyInput,
      exportMonth,
      'Records the export of a frozen month with its reason (handbook S-7, T-14); whoever did it fetches the XLSX from `/exports/<id>` within an hour.',
    ),
    exportRecordRegister: command(
      ExportRecordRegisterInput,
      registerListExport,
      'Records that a list is taken away, with its reason (handbook S-7); a client that writes files of lists calls it first.',
    ),
  }),
];
