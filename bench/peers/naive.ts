/** The obvious way, for the record: Apollo Server as it comes, entities found and populated by the ORM, a query per parent. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Fee } from '../../packages/api/src/domains/fees/index.ts';
import { Residency } from '../../packages/api/src/domains/residents/residency.entity.ts';
import { Ticket } from '../../packages/api/src/domains/tickets/index.ts';
import { Unit } from '../../packages/api/src/domains/units/index.ts';
import { domains } from '../../packages/api/src/domains.ts';
import { type EntityManager, openDatabase } from '../../packages/api/src/platform/db/database.ts';

const { orm } = await openDatabase({
  url: process.env.DATABASE_URL ?? '',
  pool: Number(process.env.DATABASE_POOL),
  entities: domains.flatMap((domain) => domain.entities) as (new () => object)[],
});

type Context = { tenant: string };
const inTenant = <T>({ tenant }: Context, work: (em: EntityManager) => Promise<T>): Promise<T> =>
  orm.em.fork().transactional(async (em) => {
    await em.execute("select set_config('app.org', ?, true)", [tenant]);
    return work(em);
  });

const typeDefs = `
  type Query { ticket(id: ID!): Ticket  tickets(first: Int!, status: String!): [Ticket!]!  units(first: Int!, building: ID!): [Unit!]! }
  type Ticket { id: ID! number: String! title: String! status: String! kind: String! urgent: Boolean! receivedAt: String! unit: Unit building: Building reporter: Resident assignee: Staff }
  type Building { id: ID! name: String! }
  type Resident { id: ID! name: String! }
  type Staff { id: ID! name: String! }
  type Unit { id: ID! fullName: String! floor: Int status: String! area: String residencies(first: Int!): [Residency!]! fees(first: Int!): [Fee!]! }
  type Residency { id: ID! relation: String! startsOn: String! resident: Resident! }
  type Fee { id: ID! number: String! kind: String! amount: String! dueOn: String! status: String! }`;

const relations = ['unit', 'building', 'reporter', 'assignee'] as const;
const resolvers = {
  Query: {
    ticket: (_: unknown, { id }: { id: string }, context: Context) =>
      inTenant(context, (em) => em.findOne(Ticket, { id }, { populate: relations })),
    tickets: (_: unknown, { first, status }: { first: number; status: 'CLOSED' }, context: Context) =>
      inTenant(context, (em) =>
        em.find(
          Ticket,
          { status },
          { populate: relations, orderBy: { receivedAt: 'desc', id: 'desc' }, limit: first },
        ),
      ),
    units: (_: unknown, { first, building }: { first: number; building: string }, context: Context) =>
      inTenant(context, (em) =>
        em.find(Unit, { building }, { orderBy: { fullName: 'asc', id: 'asc' }, limit: first }),
      ),
  },
  Ticket: { receivedAt: (ticket: Ticket) => ticket.receivedAt.toISOString() },
  Fee: { amount: (fee: Fee) => String(fee.amount) },
  Unit: {
    residencies: ({ id }: Unit, { first }: { first: number }, context: Context) =>
      inTenant(context, (em) =>
        em.find(
          Residency,
          { unit: id },
          { populate: ['resident'], orderBy: { startsOn: 'desc', id: 'desc' }, limit: first },
        ),
      ),
    fees: ({ id }: Unit, { first }: { first: number }, context: Context) =>
      inTenant(context, (em) =>
        em.find(Fee, { unit: id }, { orderBy: { createdAt: 'desc', id: 'desc' }, limit: first }),
      ),
  },
};

await startStandaloneServer(new ApolloServer<Context>({ typeDefs, resolvers }), {
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
  context: async ({ req }) => ({ tenant: String(req.headers['x-organisation']) }),
});
