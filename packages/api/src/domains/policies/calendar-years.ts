import { type YearSource, yearSources } from '@desk/schema/policies/enums';
import { Arg, Ctx, Extensions, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { enumOf } from '../../platform/graphql/enums.ts';
import { DateScalar } from '../../platform/graphql/scalars.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Calendar } from './calendar.entity.ts';
import { statutory } from './statutory.ts';

const YearSources = enumOf(
  'CalendarYearSource',
  yearSources,
  'Where the statutory days of a year come from (handbook P-4).',
);

@ObjectType({
  description: 'The statutory days of one year in a calendar (handbook P-4).',
  simpleResolvers: true,
})
class CalendarYear {
  @Field(() => Int, { description: 'The year.' })
  year!: number;

  @Field(() => YearSources, {
    description: 'Where they come from; promises that reach into an UNKNOWN year are provisional.',
  })
  source!: YearSource;

  @Field(() => [DateScalar], { description: 'Days off by statute.' })
  off!: string[];

  @Field(() => [DateScalar], { description: 'Make-up working days.' })
  working!: string[];
}

@Resolver(() => Calendar)
export class CalendarYears {
  @FieldResolver(() => CalendarYear, {
    description:
      "The statutory days that hold in a year, before the community's own (`days`). For a correction they are what to begin with.",
  })
  @Extensions({ needs: ['base', 'coveredYears'] })
  async year(
    @Arg('year', () => Int, { description: 'The year, 2000 to 2099.' }) year: number,
    @Root() row: Row,
    @Ctx() { read }: Context,
  ): Promise<CalendarYear> {
    const of = (dates: readonly string[]) => dates.filter((date) => date.startsWith(`${year}-`)).sort();
    if ((row.coveredYears as string[]).includes(String(year))) {
      const entered = await read.loader<[string, string][]>(CalendarYears, String(year), async (ids) => {
        const rows = await read.run(
          `select calendar_id, json_agg(json_build_array(date, kind) order by date)::text from calendar_day
           where calendar_id = any($1::uuid[]) and statutory and date between $2 and $3 group by 1`,
          [ids, `${year}-01-01`, `${year}-12-31`],
        );
        const found = new Map(
          rows.map(([id, days]) => [id as string, JSON.parse(String(days)) as [string, string][]]),
        );
        return ids.map((id) => found.get(id) ?? []);
      })(row.uuid);
      const kind = (wanted: string) => entered.flatMap(([date, is]) => (is === wanted ? [date] : []));
      return { year, source: 'ENTERED', off: kind('OFF'), working: kind('WORKING') };
    }
    if (row.base === 'NONE') return { year, source: 'NONE', off: [], working: [] };
    const known = year >= statutory.firstYear && year <= statutory.lastYear;
    if (!known) return { year, source: 'UNKNOWN', off: [], working: [] };
    return { year, source: 'BUILT_IN', off: of(statutory.off), working: of(statutory.working) };
  }
}
