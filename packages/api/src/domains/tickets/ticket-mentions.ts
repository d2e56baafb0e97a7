import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { type ModelClass, modelOf } from '../../platform/model.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Staff } from '../staff/index.ts';
import { TicketComment, TicketNote } from './ticket-remark.entity.ts';

/** `mentions` of comments and notes, for all of a list in two statements. */
export const mentionFields = [TicketComment, TicketNote].map((owner: ModelClass) => {
  const { table } = modelOf(owner);
  @Resolver(() => owner as typeof Object)
  class Mentions {
    @FieldResolver(() => [Staff], { description: 'Members of the staff whom it mentions.' })
    mentions(
      @Root() { uuid }: Row,
      @Ctx() { read }: Context,
      @Info() info: GraphQLResolveInfo,
    ): Promise<Row[]> {
      const load = read.occurrence<Row[]>(info, `${table}.mentions`, async (ids) => {
        const rows = await read.run(`select id, mentioned from ${table} where id = any($1::uuid[])`, [ids]);
        const mentioned = new Map(rows.map(([id, people]) => [id as string, people as string[]]));
        const wanted = [...new Set([...mentioned.values()].flat())];
        const people = await read.byKeys(modelOf(Staff), wanted, info, info.fieldNodes);
        const found = new Map(people.map((person, index) => [wanted[index], person]));
        return ids.map((id) => (mentioned.get(id) ?? []).flatMap((one) => found.get(one) ?? []));
      });
      return load(uuid);
    }
  }
  return Mentions;
});
