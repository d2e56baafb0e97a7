import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../graphql/scalars.ts';
import { encodeId } from '../ids.ts';
import type { Actor, ActorKind } from '../viewer.ts';
import type { StoredChange } from './event.ts';

const ActorKinds = { STAFF: 'STAFF', TOKEN: 'TOKEN', SYSTEM: 'SYSTEM' } as const satisfies {
  [K in ActorKind]: K;
};
registerEnumType(ActorKinds, {
  name: 'ActorKind',
  description: 'What kind of actor made a change (handbook P-6).',
  valuesConfig: {
    STAFF: { description: 'A person of the staff.' },
    TOKEN: { description: "An integrator's or dashboard's access token." },
    SYSTEM: { description: 'The system itself: imports, deadlines, nightly jobs.' },
  },
});

@ObjectType('Actor', {
  description: 'Who made a change, under the name of that day (handbook P-6).',
  simpleResolvers: true,
})
export class ActorType {
  @Field(() => ID, { description: 'Public id: `staff_…`, `token_…` or `system_…`.' })
  id!: string;

  @Field(() => String, { description: 'Name when the change was made.' })
  name!: string;

  @Field(() => ActorKinds, { description: 'Person, token or the system.' })
  kind!: ActorKind;
}

@ObjectType({
  description: 'What a change did to one field. Personal data is shown as `***`.',
  simpleResolvers: true,
})
export class FieldChange {
  @Field(() => String, { description: 'Name of the field of the subject.' })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Value before; numbers, booleans and lists as JSON. Null when there was none.',
  })
  from!: string | null;

  @Field(() => String, { nullable: true, description: 'Value after, like `from`.' })
  to!: string | null;
}

/** What every event tells; `Event` and the typed `TicketChanged` … add their subject. Itself not part of the SDL. */
@ObjectType('ChangeFields', { simpleResolvers: true })
export abstract class ChangeFields {
  @Field(() => String, {
    description:
      'Opaque position of the event: subscribe `after` it to resume with no gap and no duplicate. Valid for 7 days.',
  })
  cursor!: string;

  @Field(() => String, {
    description:
      'Resource and what was done: `ticket.created`, `ticket.updated`, or an action of the life cycle such as `ticket.dispatch`.',
  })
  type!: string;

  @Field(() => DateTimeScalar, { description: 'When it was done.' })
  at!: string;

  @Field(() => ActorType, { description: 'Who did it.' })
  actor!: ActorType;

  @Field(() => String, { nullable: true, description: 'Why, when a reason was given.' })
  reason!: string | null;

  @Field(() => [FieldChange], { description: 'What changed, without the fields that you may not see.' })
  changes!: FieldChange[];
}

@InputType({
  description:
    'Which events to deliver; all conditions must hold. Only subjects that you may read are ever delivered.',
})
export class EventFilter {
  @Field(() => [String], {
    nullable: true,
    description: 'Types: exact (`ticket.dispatch`), or all of a resource (`ticket.*`). At most 100.',
  })
  types?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Resources in the singular: `ticket`, `keyLoan`. At most 100.',
  })
  subjectTypes?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'One record.' })
  subject?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only what belongs to this community.' })
  community?: string | null;
}

const prefixes: Record<ActorKind, string> = { STAFF: 'staff', TOKEN: 'token', SYSTEM: 'system' };

export const presentActor = ({ id, kind, name }: Actor): ActorType => ({
  id: encodeId(prefixes[kind], id),
  kind,
  name,
});

/** Stored changes as the API shows them, without the fields in `hidden`. */
export function presentChanges(changes: readonly StoredChange[], hidden: ReadonlySet<string>): FieldChange[] {
  return changes
    .filter(({ field }) => !hidden.has(field))
    .map(({ field, from, to }) => ({ field, from: text(from), to: text(to) }));
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
