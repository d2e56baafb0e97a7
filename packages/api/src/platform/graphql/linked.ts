import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Extensions, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.ts';
import { type ModelClass, modelOf } from '../model.ts';
import type { Row } from '../read/plan.ts';
import type { ResolverClass } from './resource.ts';

interface Link {
  name: string;
  child: ModelClass;
  /** Pairs of parent and child UUIDs, in the order of the list, for the parents in `$1::uuid[]`. */
  sql: string;
  /** Further values of the statement, from `$2` on. */
  values?: (context: Context) => unknown[];
  description: string;
  /** Records of one list as the limit of a document counts them; the list itself may be longer. */
  about?: number;
}

/**
 * A short list over a many-to-many link: `Notice.tickets`. Two statements for all parents of an occurrence; children that
 * the viewer may not read are left out. For lists that grow without bound there is `childrenField`.
 */
export function linkedField(parent: ModelClass, link: Link): ResolverClass {
  const { name, child, sql, values, description, about = 20 } = link;

  const linked = (row: Row, context: Context, info: GraphQLResolveInfo): Promise<Row[]> => {
    const { read } = context;
    const load = read.occurrence(info, `linked ${name}`, async (keys) => {
      const pairs = (await read.run(sql, [keys, ...(values?.(context) ?? [])])) as [string, string][];
      const wanted = [...new Set(pairs.map(([, key]) => key))];
      const found = await read.byKeys(modelOf(child), wanted, info, info.fieldNodes);
      const rows = new Map(wanted.map((key, at) => [key, found[at]]));
      const lists = new Map(keys.map((key): [string, Row[]] => [key, []]));
      for (const [key, one] of pairs) {
        const row = rows.get(one);
        if (row) lists.get(key)?.push(row);
      }
      return keys.map((key) => lists.get(key) ?? []);
    });
    return load(row.uuid);
  };
  // Under the name of the field: type-graphql takes methods of one name for one field.
  class Linked {}
  Object.defineProperty(Linked.prototype, name, { value: linked, configurable: true, writable: true });
  Root()(Linked.prototype, name, 0);
  Ctx()(Linked.prototype, name, 1);
  Info()(Linked.prototype, name, 2);
  FieldResolver(() => [child as typeof Object], { description })(
    Linked.prototype,
    name,
    Object.getOwnPropertyDescriptor(Linked.prototype, name) ?? {},
  );
  Extensions({ records: about })(Linked.prototype, name);
  Resolver(() => parent as typeof Object)(Linked);
  return Linked;
}
