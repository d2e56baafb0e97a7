import type { Role } from '@desk/schema';
import { weekdays } from '@desk/schema/policies/calendar';
import type { AbsenceKind, CalendarBase, CalendarDayKind } from '@desk/schema/policies/enums';
import { policyNumberNames, policyNumbers } from '@desk/schema/policies/numbers';
import type { Department } from '@desk/schema/tickets/enums';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar, DateTimeScalar } from '../../platform/graphql/scalars.ts';
import { Roles } from '../staff/index.ts';
import { CalendarBases, CalendarDayKinds } from './calendar.entity.ts';
import { AbsenceKinds, Departments } from './roster.entity.ts';

/** The numbers of a policy on an input, all of them optional. */
function withNumbers(input: { prototype: object }, absent: string): void {
  for (const name of policyNumberNames) {
    const { label, min, max } = policyNumbers[name];
    const description = `${label.en} (${label.zh}). ${min} to ${max}; ${absent}`;
    Field(() => Int, { nullable: true, description })(input.prototype, name);
  }
}

@InputType({ description: 'A new version of the policy of a community (handbook P-1).' })
export class PolicyCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The community.' })
  community!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'From when it holds; now when absent. Refused with EFFECTIVE_IN_PAST when it lies in the past.',
  })
  effectiveFrom?: string | null;

  @Field(() => ID, { nullable: true, description: 'Calendar of its working days; as before when absent.' })
  calendar?: string | null;

  @Field(() => String, { nullable: true, description: 'Why. At most 4,000 characters.' })
  note?: string | null;
}
withNumbers(PolicyCreateInput, 'as in the version before when absent.');

@InputType({
  description:
    'Changes of a version that is not in effect yet; absent fields stay as they are. Refused with POLICY_FIXED afterwards.',
})
export class PolicyUpdateInput extends ChangeInput {
  @Field(() => DateTimeScalar, { nullable: true, description: 'From when it holds; not in the past.' })
  effectiveFrom?: string | null;

  @Field(() => ID, { nullable: true, description: 'Calendar of its working days.' })
  calendar?: string | null;

  @Field(() => String, { nullable: true, description: 'Why. At most 4,000 characters.' })
  note?: string | null;
}
withNumbers(PolicyUpdateInput, 'stays when absent.');

/** The hours of the week on an input. */
function withWeek(input: { prototype: object }): void {
  for (const day of weekdays) {
    const description = `Hours of a ${day}, as \`08:30-12:00 13:20-17:50\`; empty: a day off. At most 200 characters.`;
    Field(() => String, { nullable: true, description })(input.prototype, day);
  }
}

@InputType({ description: 'A new calendar (handbook P-4); a policy takes it into use.' })
export class CalendarCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The community.' })
  community!: string;

  @Field(() => String, { description: 'Name, unique in the community. 1 to 200 characters.' })
  name!: string;

  @Field(() => CalendarBases, {
    nullable: true,
    description: 'Where its holidays come from; CHINA when absent.',
  })
  base?: CalendarBase | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes of one working day, 30 to 1,440; 480 when absent.',
  })
  dayMinutes?: number | null;

  @Field(() => [String], { nullable: true, description: 'Years whose statutory days are entered by hand.' })
  coveredYears?: string[] | null;
}
withWeek(CalendarCreateInput);

@InputType({
  description:
    'Changes of a calendar; absent fields stay as they are. Open promises are recomputed within seconds: `calendarPreview` shows beforehand which.',
})
export class CalendarUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Name, unique in the community. 1 to 200 characters.' })
  name?: string | null;

  @Field(() => CalendarBases, { nullable: true, description: 'Where its holidays come from.' })
  base?: CalendarBase | null;

  @Field(() => Int, { nullable: true, description: 'Minutes of one working day, 30 to 1,440.' })
  dayMinutes?: number | null;

  @Field(() => [String], { nullable: true, description: 'Years whose statutory days are entered by hand.' })
  coveredYears?: string[] | null;
}
withWeek(CalendarUpdateInput);

@InputType({
  description:
    'The statutory days of one year, entered by hand when they are published, or corrected: they replace those of that year, not what the community decided about single days. Promises that were provisional are computed anew. Refused with WRONG_YEAR or DAY_TWICE.',
})
export class CalendarPublishInput extends ChangeInput {
  @Field(() => Int, { description: 'The year, 2000 to 2099.' })
  year!: number;

  @Field(() => [DateScalar], { description: 'Days off, weekends need not be listed. At most 120.' })
  off!: string[];

  @Field(() => [DateScalar], { description: 'Make-up working days. At most 60.' })
  working!: string[];
}

@InputType({ description: 'A day that the calendar treats in its own way.' })
export class CalendarDayCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The calendar.' })
  calendar!: string;

  @Field(() => DateScalar, { description: 'The day, once in a calendar.' })
  date!: string;

  @Field(() => CalendarDayKinds, { description: 'What it is.' })
  kind!: CalendarDayKind;

  @Field(() => String, { nullable: true, description: 'Its hours, as `09:00-12:00`; needed for HOURS only.' })
  hours?: string | null;

  @Field(() => String, { nullable: true, description: 'Why. At most 200 characters.' })
  note?: string | null;
}

@InputType({ description: 'Changes of a special day; absent fields stay as they are.' })
export class CalendarDayUpdateInput extends ChangeInput {
  @Field(() => CalendarDayKinds, { nullable: true, description: 'What it is.' })
  kind?: CalendarDayKind | null;

  @Field(() => String, { nullable: true, description: 'Its hours, as `09:00-12:00`; for HOURS only.' })
  hours?: string | null;

  @Field(() => String, { nullable: true, description: 'Why. At most 200 characters.' })
  note?: string | null;
}

@InputType({ description: 'Takes a special day out: it is like its weekday and the statutory days again.' })
export class CalendarDayRemoveInput extends ChangeInput {}

/** What every entry of the roster says: where, who and when. */
@InputType('RosterEntryInput')
abstract class RosterEntryInput extends MutationInput {
  @Field(() => ID, { description: 'The community that enters it.' })
  community!: string;

  @Field(() => ID, { description: 'Who.' })
  staff!: string;

  @Field(() => DateTimeScalar, { description: 'Begins.' })
  startsAt!: string;

  @Field(() => DateTimeScalar, { description: 'Ends; later than it begins, at most 400 days.' })
  endsAt!: string;

  @Field(() => String, { nullable: true, description: 'Note. At most 200 characters.' })
  note?: string | null;
}

@InputType({ description: 'Somebody on duty for a time (handbook S-5).' })
export class DutyCreateInput extends RosterEntryInput {
  @Field(() => Roles, { description: 'As what.' })
  role!: Role;

  @Field(() => ID, { nullable: true, description: 'Only for this building.' })
  building?: string | null;

  @Field(() => Departments, { nullable: true, description: 'For which department.' })
  department?: Department | null;

  @Field(() => Boolean, { nullable: true, description: 'Heads the department in this time; needs one.' })
  lead?: boolean | null;
}

/** What a change of the roster may name, of duties and absences alike. */
@InputType('RosterChangeInput')
abstract class RosterChangeInput extends ChangeInput {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Begins.' })
  startsAt?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Ends; later than it begins, at most 400 days.',
  })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: 'Note. At most 200 characters.' })
  note?: string | null;
}

@InputType({ description: 'Changes of a duty; absent fields stay as they are.' })
export class DutyUpdateInput extends RosterChangeInput {
  @Field(() => ID, { nullable: true, description: 'Who.' })
  staff?: string | null;
}

@InputType({ description: 'Takes a duty off the roster.' })
export class DutyRemoveInput extends ChangeInput {}

@InputType({ description: 'Somebody away for a time (handbook S-5).' })
export class AbsenceCreateInput extends RosterEntryInput {
  @Field(() => AbsenceKinds, { description: 'Why.' })
  kind!: AbsenceKind;
}

@InputType({ description: 'Changes of an absence; absent fields stay as they are.' })
export class AbsenceUpdateInput extends RosterChangeInput {
  @Field(() => AbsenceKinds, { nullable: true, description: 'Why.' })
  kind?: AbsenceKind | null;
}

@InputType({ description: 'Takes an absence back.' })
export class AbsenceRemoveInput extends ChangeInput {}
