import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';

export type Resolve<Parent, Arguments> = (
  parent: Parent,
  args: Arguments,
  context: Context,
  info: GraphQLResolveInfo,
) => unknown;

/** For `@Extensions`: the field is resolved by this alone, its method only declares it (see schema.ts). */
export const resolvedBy = <Parent, Arguments>(resolve: Resolve<Parent, Arguments>) => ({ resolve });
