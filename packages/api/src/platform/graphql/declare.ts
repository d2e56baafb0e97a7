import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Extensions, FieldResolver, Info, InputType, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context.ts';
import { type Aggregate, type ModelClass, modelOf } from '../model.ts';
import type { PageArgs } from '../read/connection.ts';
import type { Row } from '../read/plan.ts';
import type { Tx } from '../write/tx.ts';
import type { Outcome } from '../write/writer.ts';
import { listTypes } from './connection.ts';
import { type Resolve, resolvedBy } from './direct.ts';
import { MoveInput, type MutationInput, payloadOf } from './payload.ts';
import type { ResolverClass } from './resource.ts';

/** One mutation: what it takes, the service function that does it, and what integrators read about it. */
export interface Command<T extends Aggregate, I extends MutationInput> {
  input: new () => I;
  run: (tx: Tx, input: I) => Promise<T | Outcome<T>>;
  description: string;
  /** Payload type, when the command answers more than the record. */
  payload?: () => new () => object;
}

/** Keeps a command's input type together with its service function. */
export function command<T extends Aggregate, I extends MutationInput>(
  input: new () => I,
  run: (tx: Tx, input: I) => Promise<T | Outcome<T>>,
  description: string,
  payload?: () => new () => object,
): Command<T, I> {
  return { input, run, description, ...(payload && { payload }) };
}

/** The mutations of an entity, each one input and one payload, by name. */
export function commands<T extends Aggregate>(
  entity: new () => T,
  // biome-ignore lint/suspicious/noExplicitAny: a table holds commands of different inputs; each entry is checked by `command`
  table: Record<string, Command<T, any>>,
): ResolverClass {
  const answer = payloadOf(entity);
  class Commands {}
  for (const [name, { input, run, description, payload }] of Object.entries(table)) {
    method(Commands.prototype, name, (given: MutationInput, { write }: Context, info: GraphQLResolveInfo) =>
      write.run(entity, info, given, (tx) => run(tx, given)),
    );
    Arg('input', () => input as typeof Object, { description: 'Everything that the command takes.' })(
      Commands.prototype,
      name,
      0,
    );
    Ctx()(Commands.prototype, name, 1);
    Info()(Commands.prototype, name, 2);
    Mutation(payload ?? (() => answer), { description })(
      Commands.prototype,
      name,
      descriptorOf(Commands, name),
    );
  }
  Resolver()(Commands);
  return Commands;
}

/** A mutation for each move of the life cycle that needs nothing but the record and a reason: `unitMoveIn`. */
export function moves<T extends Aggregate>(
  entity: new () => T,
  run: (tx: Tx, action: string, input: MoveInput) => Promise<T>,
): Record<string, Command<T, MoveInput>> {
  const { lifecycle, resource } = modelOf(entity).descriptor;
  const plain = (lifecycle?.moves ?? []).filter(
    (move) => !move.needs?.length && !move.automatic && !move.from.every((state) => state === move.to),
  );
  return Object.fromEntries(
    plain.map(({ action, label, rule }) => {
      const name = `${resource}${capital(action)}`;
      const description = `${label.en} (${label.zh})${rule ? `, handbook ${rule}` : ''}.`;
      const Input = { [name]: class extends MoveInput {} }[name] as new () => MoveInput;
      InputType(`${capital(name)}Input`, { description })(Input);
      return [name, command(Input, (tx: Tx, given: MoveInput) => run(tx, action, given), description)];
    }),
  );
}

/** A to-many field: `childrenField(Building, 'units', Unit, 'building', …)` adds `Building.units`. */
export function childrenField(
  parent: ModelClass,
  name: string,
  child: ModelClass,
  reference: string,
  description: string,
): ResolverClass {
  const { Connection, Args: PageArguments } = listTypes(child);
  const resolve: Resolve<Row, PageArgs> = (row, args, { read }, info) =>
    read.children(child, reference, row, args, info);
  class Children {}
  method(Children.prototype, name, resolve);
  Args(() => PageArguments)(Children.prototype, name, 0);
  Extensions(resolvedBy(resolve))(Children.prototype, name, descriptorOf(Children, name));
  FieldResolver(() => Connection, { description })(Children.prototype, name, descriptorOf(Children, name));
  Resolver(() => parent as typeof Object)(Children);
  return Children;
}

const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

type Method = (...args: never[]) => unknown;

function method(prototype: object, name: string, value: Method): void {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

const descriptorOf = (target: { prototype: object }, name: string): PropertyDescriptor =>
  Object.getOwnPropertyDescriptor(target.prototype, name) ?? {};
