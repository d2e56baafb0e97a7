import {
  Args,
  ArgsType,
  Extensions,
  Field,
  FieldResolver,
  ID,
  Int,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { PageInfo } from '../graphql/connection.ts';
import { type Resolve, resolvedBy } from '../graphql/direct.ts';
import { DateTimeScalar } from '../graphql/scalars.ts';
import { type ColumnField, type Model, type ModelClass, modelOf } from '../model.ts';
import { defaultPage, largestPage, type PageArgs } from '../read/connection.ts';
import type { Row } from '../read/plan.ts';
import type { ActorKind } from '../viewer.ts';
import type { StoredChange } from './event.ts';
import { ActorType, FieldChange, presentActor, presentChanges } from './types.ts';

@ObjectType({
  description: 'One change of a record. Kept for ever; nobody can edit it (handbook P-6).',
  simpleResolvers: true,
})
export class HistoryEntry {
  @Field(() => ID, { description: 'Public id; sorts by time.' })
  id!: string;

  @Field(() => String, { description: 'Resource and what was done, for example `ticket.dispatch`.' })
  type!: string;

  @Field(() => DateTimeScalar, { description: 'When it was done.' })
  at!: string;

  @Field(() => String, { nullable: true, description: 'Why, when a reason was given.' })
  reason!: string | null;
}

@ObjectType({ description: 'One entry of a history.', simpleResolvers: true })
class HistoryEdge {
  @Field(() => String, { description: 'Opaque position in the history, for `after` and `before`.' })
  cursor!: string;

  @Field(() => HistoryEntry, { description: 'The entry itself.' })
  node!: HistoryEntry;
}

@ObjectType({ description: 'A page of the history of a record, newest first.', simpleResolvers: true })
class HistoryConnection {
  @Field(() => [HistoryEdge], { description: 'Entries with their cursors.' })
  edges!: HistoryEdge[];

  @Field(() => [HistoryEntry], { description: 'The entries alone.' })
  nodes!: HistoryEntry[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;
}

@ArgsType()
class HistoryArgs implements PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `Page size from the newest on, 1 to ${largestPage}; ${defaultPage} when neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only entries after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `Page size from the oldest on, 1 to ${largestPage}.` })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only entries before this cursor.' })
  before?: string | null;
}

const column = (name: string, kind: ColumnField['kind'], nullable = false): [string, ColumnField] => [
  name,
  { name, kind, nullable, column: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) },
];

/** The history of one kind of record as the read layer sees it: divided for rights like the record itself. */
function historyModel(of: Model): Model {
  return {
    entity: HistoryEntry,
    table: 'history',
    descriptor: {
      name: 'history',
      type: 'HistoryEntry',
      resource: 'history',
      idPrefix: 'history',
      scope: of.descriptor.scope,
      label: { zh: '变更记录', en: 'History' },
      plural: { zh: '变更记录', en: 'History' },
      represent: 'type',
      defaultSort: { field: 'id', direction: 'DESC' },
      fields: {},
    },
    columns: new Map([
      column('id', 'uuid'),
      column('type', 'text'),
      column('at', 'dateTime'),
      column('reason', 'text', true),
      column('changes', 'text'), // jsonb: the driver has parsed it
      column('actorId', 'text'),
      column('actorKind', 'text'),
      column('actorName', 'text'),
    ]),
    references: new Map(),
    scope: {
      ...(of.scope.community && { community: 'community_id' }),
      ...(of.scope.building && { building: 'building_id' }),
    },
  };
}

/** Fields of a history row that are computed from its columns. */
@Resolver(() => HistoryEntry)
export class HistoryEntryFields {
  @FieldResolver(() => ActorType, { description: 'Who did it.' })
  @Extensions({ needs: ['actorId', 'actorKind', 'actorName'] })
  actor(@Root() { actorId, actorKind, actorName }: Row): ActorType {
    return presentActor({ id: String(actorId), kind: actorKind as ActorKind, name: String(actorName) });
  }

  @FieldResolver(() => [FieldChange], {
    description: 'What changed, without the fields that you may not see.',
  })
  changes(@Root() { changes, hidden }: Row): FieldChange[] {
    return presentChanges(changes as StoredChange[], hidden as ReadonlySet<string>);
  }
}

/** `history(first, after, …)` on an aggregate: who changed what, when and why. Call it once per entity. */
export function historyField(entity: ModelClass): new () => object {
  const { descriptor } = modelOf(entity);
  const history = historyModel(modelOf(entity));
  const resolve: Resolve<Row, HistoryArgs> = async (row, args, { read, viewer }, info) => {
    const newestFirst = { ...args, orderBy: history.descriptor.defaultSort };
    const page = await read.below(history, 'subject_id', row, newestFirst, info);
    const hidden = viewer?.hidden(descriptor);
    for (const node of page.nodes) node.hidden = hidden;
    return page;
  };

  @Resolver(() => entity as typeof Object)
  class HistoryField {
    @FieldResolver(() => HistoryConnection, {
      nullable: true,
      description:
        'Every change of the record, newest first (handbook P-6). Null, with an error, without the right to read histories.',
    })
    @Extensions(resolvedBy(resolve))
    history(@Args(() => HistoryArgs) _args: HistoryArgs): void {}
  }
  return HistoryField;
}
