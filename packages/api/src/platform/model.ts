import type { ResourceDescriptor } from '@desk/schema';
import { OptionalProps, types } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Node } from './graphql/node.ts';
import { DateScalar, DateTimeScalar, DecimalScalar, MoneyScalar } from './graphql/scalars.ts';
import type { Viewer } from './viewer.ts';

/** How a column is stored, shown and compared. One name for the three keeps them from drifting apart. */
export const kinds = {
  text: { scalar: () => String, column: types.text, sql: 'text' },
  int: { scalar: () => Int, column: types.integer, sql: 'int' },
  boolean: { scalar: () => Boolean, column: types.boolean, sql: 'boolean' },
  date: { scalar: () => DateScalar, column: types.date, sql: 'date' },
  dateTime: { scalar: () => DateTimeScalar, column: types.datetime, sql: 'timestamptz' },
  money: { scalar: () => MoneyScalar, column: types.bigint, sql: 'bigint' },
  decimal: { scalar: () => DecimalScalar, column: types.decimal, sql: 'numeric' },
  enum: { scalar: undefined, column: types.text, sql: 'text' },
  texts: { scalar: () => [String], column: types.array, sql: 'text[]' },
} as const;
export type Kind = keyof typeof kinds;

export interface ColumnField {
  name: string;
  kind: Kind | 'uuid';
  column: string;
  nullable: boolean;
  /** GraphQL enum object, for `kind: 'enum'`. */
  values?: object;
  /** What a reader gets instead of the stored text (handbook U-4). */
  mask?: (stored: string) => string;
}

export interface ReferenceField {
  name: string;
  column: string;
  nullable: boolean;
  target: () => ModelClass;
}

// biome-ignore lint/complexity/noBannedTypes: any constructor serves as a key
export type ModelClass = Function & { prototype: object };

/** A condition on the rows of a table beyond community and building: rows that belong to persons. */
export type RowRule = (
  alias: string,
  viewer: Viewer,
  add: (value: unknown, type: string) => string,
) => string;

/** Everything the read and write paths know about an entity, collected from its decorators. */
export interface Model {
  entity: ModelClass;
  descriptor: ResourceDescriptor;
  table: string;
  columns: Map<string, ColumnField>;
  references: Map<string, ReferenceField>;
  /** Turns what is typed into a search as the table's `search_text` holds it. */
  searchedText?: (typed: string) => string;
  /** Which rows of the scope the viewer finds, as an SQL condition on the alias; `add` makes parameters. All when absent. */
  visible?: RowRule;
  /** SQL columns that hold the row's community and building for rights; undefined where the level does not exist. */
  scope: { community?: string; building?: string };
}

const columnsOf = new WeakMap<object, ColumnField[]>();
const referencesOf = new WeakMap<object, ReferenceField[]>();
const models = new Map<ModelClass, Model>();
const byPrefix = new Map<string, Model>();

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function remember<T>(store: WeakMap<object, T[]>, prototype: object, item: T): void {
  const list = store.get(prototype);
  if (list) list.push(item);
  else store.set(prototype, [item]);
}

function inherited<T extends { name: string }>(
  store: WeakMap<object, T[]>,
  prototype: object,
): Map<string, T> {
  const chain: T[] = [];
  for (let at: object | null = prototype; at; at = Object.getPrototypeOf(at))
    chain.unshift(...(store.get(at) ?? []));
  return new Map(chain.map((item) => [item.name, item]));
}

interface ColumnOptions {
  description?: string;
  nullable?: boolean;
  values?: object;
  mask?: (stored: string) => string;
  /** Stored, but not part of the API: only the services use it. */
  hidden?: boolean;
}

/** One column: MikroORM property, GraphQL field (unless `hidden`) and entry of the read layer in a single line. */
export function Column(kind: Kind, options: ColumnOptions): PropertyDecorator {
  const { description, nullable = false, values, mask, hidden = false } = options;
  return (prototype, key) => {
    const name = String(key);
    const { scalar, column } = kinds[kind];
    Property({ type: column, nullable, fieldName: snake(name) })(prototype, name);
    if (hidden) return;
    if (!description) throw new Error(`${prototype.constructor.name}.${name} needs a description`);
    const one = values && (() => values);
    const type = kind === 'texts' && values ? () => [values] : (one ?? scalar);
    if (!type) throw new Error(`${prototype.constructor.name}.${name}: an enum needs its values`);
    Field(type as () => typeof String, { nullable, description })(prototype, name);
    remember(columnsOf, prototype, {
      name,
      kind,
      column: snake(name),
      nullable,
      ...(values && { values }),
      ...(mask && { mask }),
    });
  };
}

/** A to-one relation: `unit` is stored as `unit_id` and joined by the read layer when it is asked for. */
export function Reference(
  target: () => ModelClass,
  {
    description,
    nullable = false,
    hidden = false,
  }: { description?: string; nullable?: boolean; hidden?: boolean },
): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key);
    ManyToOne({ entity: target as () => typeof Aggregate, nullable, fieldName: `${snake(name)}_id` })(
      prototype,
      name,
    );
    if (hidden) return;
    if (!description) throw new Error(`${prototype.constructor.name}.${name} needs a description`);
    Field(target as () => typeof Aggregate, { nullable, description })(prototype, name);
    remember(referencesOf, prototype, { name, column: `${snake(name)}_id`, nullable, target });
  };
}

/** Declares an entity as table, GraphQL type and resource of the rights at once. */
export function Resource(
  descriptor: ResourceDescriptor,
  options: {
    table: string;
    description: string;
    searchedText?: (typed: string) => string;
    visible?: RowRule;
  },
): ClassDecorator {
  return (target) => {
    Entity({ tableName: options.table })(target as never);
    ObjectType(descriptor.type, {
      description: options.description,
      implements: Node,
      simpleResolvers: true,
    })(target);
    const entity = target as unknown as ModelClass;
    const own = (resource: string, column: string) => (descriptor.resource === resource ? 'id' : column);
    const scope: Model['scope'] = {};
    if (descriptor.scope !== 'organisation') scope.community = own('community', 'community_id');
    if (descriptor.scope === 'building') scope.building = own('building', 'building_id');
    const model: Model = {
      entity,
      descriptor,
      table: options.table,
      columns: inherited(columnsOf, entity.prototype),
      references: inherited(referencesOf, entity.prototype),
      ...(options.searchedText && { searchedText: options.searchedText }),
      ...(options.visible && { visible: options.visible }),
      scope,
    };
    // A row carries its own UUID beside its fields.
    if (model.columns.has('uuid') || model.references.has('uuid'))
      throw new Error(`${descriptor.type}.uuid: the name is taken`);
    models.set(entity, model);
    byPrefix.set(descriptor.idPrefix, model);
  };
}

export function modelOf(entity: ModelClass): Model {
  const model = models.get(entity);
  if (!model) throw new Error(`${entity.name} is no @Resource`);
  return model;
}
export const modelOfPrefix = (prefix: string): Model | undefined => byPrefix.get(prefix);
export const allModels = (): Model[] => [...models.values()];

// A type only so that type-graphql hands its fields down; it is not part of the SDL.
@ObjectType('Aggregate')
/** What every aggregate has. `organisationId` is set by the write path and never shown. */
export abstract class Aggregate {
  [OptionalProps]?: 'organisationId' | 'version' | 'createdAt' | 'updatedAt';

  @PrimaryKey({ type: types.uuid })
  id!: string;

  @Property({ type: types.uuid })
  organisationId!: string;

  @Column('int', {
    description:
      'Counts the changes of the record. Send it back with each change: a stale one is refused with CONFLICT.',
  })
  version: number = 1;

  @Column('dateTime', { description: 'When the record was entered.' })
  createdAt!: Date;

  @Column('dateTime', { description: 'When the record was changed last.' })
  updatedAt!: Date;
}
remember(columnsOf, Aggregate.prototype, { name: 'id', kind: 'uuid', column: 'id', nullable: false });
