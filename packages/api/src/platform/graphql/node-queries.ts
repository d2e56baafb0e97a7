import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Query, Resolver } from 'type-graphql';
import type { Context } from '../context.ts';
import { largestPage } from '../read/connection.ts';
import { Node } from './node.ts';

/** Relay object identification: anything again by its id. */
@Resolver()
export class NodeQueries {
  @Query(() => Node, {
    nullable: true,
    description: 'Any record by id; null when there is none that the viewer may see.',
  })
  async node(
    @Arg('id', () => ID, { description: 'Public id of any kind.' }) id: string,
    @Ctx() { read }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const [found] = await read.nodes([id], info);
    return found ?? null;
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: `Records by id in the order asked, null for those that the viewer may not see. At most ${largestPage}.`,
  })
  async nodes(
    @Arg('ids', () => [ID], { description: 'Public ids of any kinds.' }) ids: string[],
    @Ctx() { read }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    if (ids.length > largestPage)
      throw new GraphQLError(`at most ${largestPage} ids`, { extensions: { code: 'BAD_USER_INPUT' } });
    return read.nodes(ids, info);
  }
}
