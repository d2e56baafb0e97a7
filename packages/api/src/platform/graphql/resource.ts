import { type Lifecycle, type Locale, moveFrom, rolesFor } from '@desk/schema';
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import { changedSubscription } from '../events/changed.ts';
import { historyField } from '../events/history.ts';
import { type Model, type ModelClass, modelOf } from '../model.ts';
import type { PageArgs } from '../read/connection.ts';
import type { Row } from '../read/plan.ts';
import { illegalMove } from '../write/tx.ts';
import { listTypes } from './connection.ts';
import { resolvedBy } from './direct.ts';
import { ActionState } from './payload.ts';

export type ResolverClass = new () => object;

/** What stands in the way of a move besides state and role, for the viewer to read before trying. */
export type Blockers<T extends Row = Row> = (
  row: T,
  context: Context,
) => Promise<Partial<Record<string, Refusal>>>;

export interface ResourceOptions {
  /** Extra obstacles of the life cycle's moves, with the fields of the row that they look at. */
  blockers?: { needs: readonly string[]; find: Blockers };
}

/** The reading side of a resource: `units`, `unit(id)` and, with a life cycle, `availableActions`. */
export function resourceResolvers(entity: ModelClass, options: ResourceOptions = {}): ResolverClass[] {
  const model = modelOf(entity);
  return [
    queries(entity, model),
    changedSubscription(entity),
    historyField(entity),
    ...(model.descriptor.lifecycle ? [actions(entity, model, options)] : []),
  ];
}

function queries(entity: ModelClass, model: Model): ResolverClass {
  const { Connection, Args: PageArguments } = listTypes(entity);
  const { name, resource, label, plural } = model.descriptor;

  @Resolver()
  class ResourceQueries {
    @Query(() => Connection, { name, description: `${plural.en} (${plural.zh}) that the viewer may see.` })
    @Extensions(
      resolvedBy<unknown, PageArgs>((_root, args, { read }, info) => read.connection(entity, args, info)),
    )
    list(@Args(() => PageArguments) _args: PageArgs): void {}

    @Query(() => entity as typeof Object, {
      name: resource,
      nullable: true,
      description: `One ${label.en.toLowerCase()} by id; null when there is none that the viewer may see.`,
    })
    @Extensions(
      resolvedBy<unknown, { id: string }>((_root, { id }, { read }, info) => read.one(entity, id, info)),
    )
    one(@Arg('id', () => ID, { description: 'Public id.' }) _id: string): void {}
  }
  return ResourceQueries;
}

function actions(entity: ModelClass, model: Model, { blockers }: ResourceOptions): ResolverClass {
  const { descriptor } = model;
  const lifecycle = descriptor.lifecycle as Lifecycle;
  const names = [...new Set(lifecycle.moves.filter((move) => !move.automatic).map((move) => move.action))];
  const needs = [
    'status',
    ...(model.references.has('community') ? ['community'] : []),
    ...(model.references.has('building') ? ['building'] : []),
    ...(blockers?.needs ?? []),
  ];

  @Resolver(() => entity as typeof Object)
  class LifecycleFields {
    @FieldResolver(() => [ActionState], {
      description:
        'Every move of the life cycle and whether the viewer may make it now; what is not possible says why.',
    })
    @Extensions({ needs })
    async availableActions(@Root() row: Row, @Ctx() context: Context): Promise<ActionState[]> {
      const { viewer, locale } = context;
      const found = blockers ? await blockers.find(row, context) : {};
      return names.map((action) => {
        const obstacle = obstacleTo(action, row) ?? found[action];
        return stateOf(action, obstacle, locale);
      });

      function obstacleTo(action: string, { status }: Row): Refusal | undefined {
        const scope = { communityId: keyOf(row, 'community'), buildingId: keyOf(row, 'building') };
        if (rolesFor(descriptor, action).size === 0 || !viewer?.may(descriptor, action, scope))
          return new Refusal('FORBIDDEN');
        return moveFrom(lifecycle, String(status), action)
          ? undefined
          : illegalMove(descriptor, String(status), action);
      }
    }
  }
  return LifecycleFields;
}

const keyOf = (row: Row, reference: string): string | null =>
  (row[reference] as Row | null | undefined)?.uuid ?? null;

function stateOf(action: string, obstacle: Refusal | undefined, locale: Locale): ActionState {
  if (!obstacle) return { action, allowed: true, code: null, reason: null, rule: null };
  return { action, allowed: false, code: obstacle.code, reason: obstacle.text(locale), rule: obstacle.rule };
}
