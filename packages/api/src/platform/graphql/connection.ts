import { ArgsType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Model, ModelClass } from '../model.ts';
import { modelOf } from '../model.ts';
import { countCap, defaultPage, largestPage, type PageArgs } from '../read/connection.ts';
import type { Filter } from '../read/filter.ts';
import type { OrderBy } from '../read/order.ts';
import { filterType, orderType } from './filters.ts';

@ObjectType({
  description: 'Where a page stands in its list (Relay cursor connections).',
  simpleResolvers: true,
})
export class PageInfo {
  @Field(() => Boolean, { description: 'More records follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Records come before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first record, for `before`.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last record, for `after`.' })
  endCursor!: string | null;
}

const CountPrecision = { EXACT: 'EXACT', AT_LEAST: 'AT_LEAST' } as const;
registerEnumType(CountPrecision, {
  name: 'CountPrecision',
  description: 'How exact a count is.',
  valuesConfig: {
    EXACT: { description: 'Exactly so many.' },
    AT_LEAST: { description: `More than ${countCap}: counting further would cost more than it tells.` },
  },
});

export type PageArgsClass = new () => PageArgs;

interface ListTypes {
  Connection: new () => object;
  Args: PageArgsClass;
}

const made = new Map<Model, ListTypes>();

/** The connection type and the arguments of lists of an entity; made once, used by the root list and nested lists. */
export function listTypes(entity: ModelClass): ListTypes {
  const model = modelOf(entity);
  const known = made.get(model);
  if (known) return known;
  const { type, plural } = model.descriptor;
  const what = plural.en.toLowerCase();

  @ObjectType(`${type}Edge`, { description: `One of the ${what} in a list.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'Opaque position in the list, for `after` and `before`.' })
    cursor!: string;

    @Field(() => entity as typeof Object, { description: 'The record itself.' })
    node!: object;
  }

  @ObjectType(`${type}Connection`, {
    description: `A page of ${what} (${plural.zh}).`,
    simpleResolvers: true,
  })
  class Connection {
    @Field(() => [Edge], { description: 'Records with their cursors.' })
    edges!: Edge[];

    @Field(() => [entity as typeof Object], { description: 'The records alone.' })
    nodes!: object[];

    @Field(() => PageInfo, { description: 'Where this page stands.' })
    pageInfo!: PageInfo;

    @Field(() => Int, {
      description: `Records that match the filter, counted up to ${countCap}; costs an extra statement when asked for.`,
    })
    totalCount!: number;

    @Field(() => CountPrecision, { description: 'Whether `totalCount` is exact.' })
    totalCountPrecision!: keyof typeof CountPrecision;
  }

  const FilterInput = filterType(model);
  const OrderInput = orderType(model);

  @ArgsType()
  class Args implements PageArgs {
    @Field(() => Int, {
      nullable: true,
      description: `Page size from the start, 1 to ${largestPage}; ${defaultPage} when neither first nor last is given.`,
    })
    first?: number | null;

    @Field(() => String, { nullable: true, description: 'Only records after this cursor.' })
    after?: string | null;

    @Field(() => Int, { nullable: true, description: `Page size from the end, 1 to ${largestPage}.` })
    last?: number | null;

    @Field(() => String, { nullable: true, description: 'Only records before this cursor.' })
    before?: string | null;

    @Field(() => FilterInput as typeof Object, {
      nullable: true,
      description: 'Conditions; filtering by what you may not see is refused.',
    })
    filter?: Filter | null;

    @Field(() => OrderInput as typeof Object, { nullable: true, description: 'Order of the list.' })
    orderBy?: OrderBy | null;
  }

  const types: ListTypes = { Connection, Args };
  made.set(model, types);
  return types;
}
