import { Field, ID, InterfaceType } from 'type-graphql';

/** Anything with an id (Relay object identification). */
@InterfaceType('Node', { description: 'Anything that `node(id)` finds again.' })
export abstract class Node {
  @Field(() => ID, {
    description: 'Public id: kind and UUIDv7, for example `ticket_01jd…`. Sorts by time of entry.',
  })
  id!: string;
}
