import type { FigureGroup } from '@desk/schema/reports/enums';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar } from '../../platform/graphql/scalars.ts';
import { FigureGroups } from './figures.types.ts';

@InputType({
  description:
    "Today's follow-up of an open ticket (handbook T-13). A second one on the same day takes the place of the first, whose words stay in the history.",
})
export class DailyFollowUpRecordInput extends MutationInput {
  @Field(() => ID, { description: 'The ticket; it has not ended.' })
  ticket!: string;

  @Field(() => String, { description: 'What was done today. 1 to 4,000 characters.' })
  note!: string;

  @Field(() => String, { nullable: true, description: 'Why it is not done yet.' })
  delayReason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the resident was told today; absent: as before, or nothing yet.',
  })
  residentTold?: string | null;
}

@InputType({ description: 'A bulk export (handbook S-7); the file is fetched from `/exports/<id>`.' })
export class ExportRecordCreateInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'One community; all when absent.' })
  community?: string | null;

  @Field(() => DateScalar, { description: 'First business day.' })
  from!: string;

  @Field(() => DateScalar, { description: 'Last business day, counted.' })
  to!: string;

  @Field(() => FigureGroups, { description: 'What the figures are divided by.' })
  groupBy!: FigureGroup;

  @Field(() => String, { description: 'Why; 5 to 200 characters, kept for good.' })
  reason!: string;
}

@InputType({
  description:
    'A list that is taken away as a file (handbook S-7): recorded before it is read page by page. FORBIDDEN without the right to export everything that the list may show.',
})
export class ExportRecordRegisterInput extends MutationInput {
  @Field(() => String, { description: 'Name of the list, as in the API: `residents`, `fees` …' })
  resource!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The only community in it; all that one reads when absent.',
  })
  community?: string | null;

  @Field(() => String, { nullable: true, description: 'Its conditions as JSON, at most 4,000 characters.' })
  filter?: string | null;

  @Field(() => Int, { description: 'Rows that match, 0 to 10,000; a longer list says 10,000.' })
  rows!: number;

  @Field(() => String, { description: 'Why; 5 to 200 characters, kept for good.' })
  reason!: string;
}

@InputType({
  description:
    'Takes a frozen month away as a spreadsheet: complaints, fees, work, performance, calls (handbook T-14). With a reason (handbook S-7).',
})
export class ExportRecordMonthlyInput extends MutationInput {
  @Field(() => ID, { description: 'The month.' })
  report!: string;

  @Field(() => String, { description: 'Why; 5 to 200 characters, kept for good.' })
  reason!: string;
}
