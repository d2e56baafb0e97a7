import 'reflect-metadata';
import {
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import type { Domain } from '../domain.ts';
import { HistoryEntryFields } from '../events/history.ts';
import { EventResolver, noPubSub } from '../events/resolver.ts';
import { PresenceResolver } from '../presence/resolver.ts';
import type { Row } from '../read/plan.ts';
import { WallQuery } from '../wall/wall.ts';
import { NodeQueries } from './node-queries.ts';
import type { ResolverClass } from './resource.ts';

/** The executable schema of all domains. */
export function schemaOf(domains: readonly Domain[], more: readonly ResolverClass[] = []): GraphQLSchema {
  const resolvers = [
    NodeQueries,
    EventResolver,
    HistoryEntryFields,
    PresenceResolver,
    WallQuery,
    ...more,
    ...domains.flatMap((domain) => domain.resolvers),
  ];
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<ResolverClass>,
    orphanedTypes: domains.flatMap((domain) => domain.entities) as ResolverClass[],
    validate: false, // limits are zod's, in packages/schema
    pubSub: noPubSub,
  });
  // Rows are plain objects that carry `__typename`; the library's own way is asynchronous, which compiled execution is not.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (row: Row) => row.__typename;
    if (isObjectType(type))
      for (const field of Object.values(type.getFields()))
        field.resolve = direct(field.extensions) ?? field.resolve;
  }
  return schema;
}

/**
 * The library makes instances of the argument classes and several promises for each call, which for lists below many parents
 * costs as much as the lists: a field with `@Extensions(resolvedBy(…))` goes without.
 */
const direct = (extensions: Readonly<Record<string, unknown>>) =>
  extensions.resolve as GraphQLFieldResolver<unknown, unknown> | undefined;

/** The SDL as it is committed: sorted, so that a change shows as its own lines. */
export const sdlOf = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
