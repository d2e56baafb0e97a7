import { type ErrorCode, errors } from '@desk/schema';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type ModelClass, modelOf } from '../model.ts';

export const ErrorCodes = Object.fromEntries(Object.keys(errors).map((code) => [code, code])) as {
  [C in ErrorCode]: C;
};
registerEnumType(ErrorCodes, {
  name: 'ErrorCode',
  description: 'Why something was refused. The list is closed and a code never changes its meaning.',
  valuesConfig: Object.fromEntries(
    Object.entries(errors).map(([code, { text, ...rest }]) => [
      code,
      { description: `${text.en} ${text.zh}${'rule' in rest ? ` (handbook ${rest.rule})` : ''}` },
    ]),
  ) as { [C in ErrorCode]: { description: string } },
});

@ObjectType({
  description: 'A refusal that the caller can act on. Nothing was changed.',
  simpleResolvers: true,
})
export class UserError {
  @Field(() => ErrorCodes, { description: 'Stable code.' })
  code!: ErrorCode;

  @Field(() => [String], { nullable: true, description: 'Path of the input field that caused it.' })
  field!: string[] | null;

  @Field(() => String, { description: "What was wrong and what to do, in the caller's language." })
  message!: string;

  @Field(() => String, { nullable: true, description: 'Handbook rule that it keeps, for example `T-08`.' })
  rule!: string | null;
}

@ObjectType({
  description: 'A move of a life cycle, and whether the viewer may make it now.',
  simpleResolvers: true,
})
export class ActionState {
  @Field(() => String, {
    description: 'Name of the move; its mutation is the resource followed by it: `ticketDispatch`.',
  })
  action!: string;

  @Field(() => Boolean, { description: 'Whether it is possible now, for this viewer.' })
  allowed!: boolean;

  @Field(() => ErrorCodes, { nullable: true, description: 'Why not.' })
  code!: ErrorCode | null;

  @Field(() => String, { nullable: true, description: "Why not, in the caller's language." })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'Handbook rule behind it.' })
  rule!: string | null;
}

const made = new Map<ModelClass, new () => object>();

/** `TicketPayload { ticket userErrors }`: the one payload of all mutations of an entity. */
export function payloadOf(entity: ModelClass): new () => object {
  const known = made.get(entity);
  if (known) return known;
  const { type, resource, label } = modelOf(entity).descriptor;

  @ObjectType(`${type}Payload`, {
    description: `Answer of the mutations of a ${label.en.toLowerCase()}.`,
    simpleResolvers: true,
  })
  class Payload {
    @Field(() => [UserError], { description: 'Refusals; empty when the change was made.' })
    userErrors!: UserError[];
  }
  Field(() => entity as typeof Object, {
    nullable: true,
    description: 'The record after the change; after CONFLICT its current state; null after other refusals.',
  })(Payload.prototype, resource);
  made.set(entity, Payload);
  return Payload;
}

/** Base of every mutation's input. */
@InputType('MutationInput')
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Repeating a mutation with the same key and input has one effect and the same answer. At most 255 characters; the header `Idempotency-Key` does the same.',
  })
  idempotencyKey?: string | null;
}

/** Base of inputs that change an existing record. */
@InputType('ChangeInput')
export abstract class ChangeInput extends MutationInput {
  @Field(() => ID, { description: 'The record to change.' })
  id!: string;

  @Field(() => Int, { description: 'The `version` that you saw; a stale one is refused with CONFLICT.' })
  version!: number;
}

/** Input of moves that need no more than the record, and optionally a reason. */
@InputType('MoveInput')
export abstract class MoveInput extends ChangeInput {
  @Field(() => String, {
    nullable: true,
    description: 'Why; kept in the history (handbook P-6). At most 4,000 characters.',
  })
  reason?: string | null;
}
