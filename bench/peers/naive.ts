/** The obvious way, for the record: Apollo Server as it comes, entities found and populated by the ORM, a query per parent. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
// The copy that the entities are declared with.
import { type EntityManager, MikroORM } from '../../packages/api/node_modules/@mikro-orm/postgresql/index.js';
import { CallRecord } from '../../packages/api/src/domains/calls/call.entity.ts';
import { Fee } from '../../packages/api/src/domains/fees/index.ts';
import { Payment } from '../../packages/api/src/domains/fees/payment.entity.ts';
import { Key } from '../../packages/api/src/domains/keys/key.entity.ts';
import { KeyLoan } from '../../packages/api/src/domains/keys/key-loan.entity.ts';
import { RenovationPermit as Permit } from '../../packages/api/src/domains/permits/permit.entity.ts';
import { Residency, Resident } from '../../packages/api/src/domains/residents/index.ts';
import { Ticket } from '../../packages/api/src/domains/tickets/index.ts';
import { Unit } from '../../packages/api/src/domains/units/index.ts';
import { domains } from '../../packages/api/src/domains.ts';

const orm = await MikroORM.init({
  clientUrl: process.env.DATABASE_URL ?? '',
  entities: domains.flatMap((domain) => domain.entities) as (new () => object)[],
  pool: { min: 0, max: Number(process.env.DATABASE_POOL), idleTimeoutMillis: 300_000 },
  driverOptions: { options: '-c role=desk_app -c timezone=UTC' },
  forceUtcTimezone: true,
});

type Context = { tenant: string };
const inTenant = <T>({ tenant }: Context, work: (em: EntityManager) => Promise<T>): Promise<T> =>
  orm.em.fork().transactional(async (em) => {
    await em.execute("select set_config('app.org', ?, true)", [tenant]);
    return work(em);
  });

const typeDefs = `
  type Query { ticket(id: ID!): Ticket  tickets(first: Int!, offset: Int, status: String!): [Ticket!]!  units(first: Int!, building: ID!): [Unit!]! unit(id: ID!): Unit
    residents(first: Int!, search: String!): [Resident!]! count(what: String!): Count! }
  type Count { totalCount: Int! totalCountPrecision: String! }
  type Ticket { id: ID! number: String! title: String! status: String! kind: String! urgent: Boolean! receivedAt: String! unit: Unit building: Building reporter: Resident assignee: Staff }
  type Building { id: ID! name: String! }
  type Community { id: ID! name: String! }
  type Resident { id: ID! name: String! specialCare: Boolean! emergencyName: String residencies(first: Int!): [Residency!]! }
  type Staff { id: ID! name: String! }
  type Unit { id: ID! fullName: String! floor: Int kind: String! status: String! area: String layout: String building: Building! community: Community!
    residencies(first: Int!): [Residency!]! fees(first: Int!, status: String): [Fee!]! payments(first: Int!): [Payment!]! tickets(first: Int!, kind: String): [Ticket!]!
    calls(first: Int!): [Call!]! notices: [Notice!]! renovationPermits(first: Int!): [Permit!]! keys(first: Int!): [Listed!]! keyLoans(first: Int!): [Loan!]! history(first: Int!): [Entry!]! }
  type Residency { id: ID! relation: String! share: String startsOn: String! endsOn: String resident: Resident! unit: Unit! }
  type Fee { id: ID! number: String! kind: String! amount: String! dueOn: String! status: String! }
  type Payment { id: ID! number: String! method: String! amount: String! receivedAt: String! }
  type Call { id: ID! direction: String! status: String! ringAt: String! }
  type Notice { id: ID! title: String! status: String! }
  type Permit { id: ID! number: String! status: String! papers: [String!]! }
  type Listed { id: ID! number: String! status: String! }
  type Loan { id: ID! status: String! dueAt: String! }
  type Entry { type: String! at: String! actor: Actor! }
  type Actor { name: String! }`;

const relations = ['unit', 'building', 'reporter', 'assignee'] as const;
const open = 'RECEIVED CONFIRMED DISPATCHED ACCEPTED ON_SITE DONE SIGNED_OFF REVISITED REWORK'.split(
  ' ',
) as Ticket['status'][];
const counted: Record<string, (em: EntityManager) => Promise<number>> = {
  open: (em) => em.count(Ticket, { status: { $in: open } }),
  urgent: (em) => em.count(Ticket, { status: { $in: open }, urgent: true }),
  loans: (em) => em.count(KeyLoan, { status: 'OUT' }),
  permits: (em) => em.count(Permit, {}),
  unpaid: (em) => em.count(Fee, { status: 'ISSUED' }),
  overdue: (em) => em.count(Fee, { status: 'ISSUED', dueOn: { $lte: '2026-11-21' } }),
};

/** The records of a unit; arguments besides `first` are conditions. */
type First = { first: number };
const newestOf =
  <T extends object>(entity: new () => T, orderBy: object) =>
  ({ id }: Unit, { first, ...conditions }: First, context: Context): Promise<T[]> =>
    inTenant(context, (em) =>
      em.find(entity, { unit: id, ...conditions } as never, { orderBy: orderBy as never, limit: first }),
    );
const entered = { createdAt: 'desc', id: 'desc' };

const resolvers = {
  Query: {
    ticket: (_: unknown, { id }: { id: string }, context: Context) =>
      inTenant(context, (em) => em.findOne(Ticket, { id }, { populate: relations })),
    tickets: (
      _: unknown,
      { first, offset, status }: { first: number; offset?: number; status: 'CLOSED' },
      context: Context,
    ) =>
      inTenant(context, (em) =>
        em.find(
          Ticket,
          { status },
          {
            populate: relations,
            orderBy: { receivedAt: 'desc', id: 'desc' },
            limit: first,
            offset: offset ?? 0,
          },
        ),
      ),
    units: (_: unknown, { first, building }: { first: number; building: string }, context: Context) =>
      inTenant(context, (em) =>
        em.find(Unit, { building }, { orderBy: { fullName: 'asc', id: 'asc' }, limit: first }),
      ),
    unit: (_: unknown, { id }: { id: string }, context: Context) =>
      inTenant(context, (em) => em.findOne(Unit, { id }, { populate: ['building', 'community'] })),
    residents: (_: unknown, { first, search }: { first: number; search: string }, context: Context) =>
      inTenant(context, async (em) => {
        // The searched text is no property of the entity.
        const found = await em.execute<{ id: string }[]>(
          'select id from resident where search_text like ? order by pinyin, id limit ?',
          [`%${search}%`, first],
        );
        const ids = found.map(({ id }) => id);
        return em.find(Resident, { id: { $in: ids } }, { orderBy: { pinyin: 'asc', id: 'asc' } });
      }),
    count: async (_: unknown, { what }: { what: string }, context: Context) => {
      const found = await inTenant(
        context,
        (em) => counted[what]?.(em) ?? em.count(Ticket, { status: what as Ticket['status'] }),
      );
      return {
        totalCount: Math.min(found, 10_000),
        totalCountPrecision: found > 10_000 ? 'AT_LEAST' : 'EXACT',
      };
    },
  },
  Ticket: { receivedAt: (ticket: Ticket) => ticket.receivedAt.toISOString() },
  Fee: { amount: (fee: Fee) => String(fee.amount) },
  Payment: {
    amount: (payment: Payment) => String(payment.amount),
    receivedAt: (payment: Payment) => payment.receivedAt.toISOString(),
  },
  Call: { ringAt: (call: CallRecord) => call.ringAt.toISOString() },
  Loan: { dueAt: (loan: KeyLoan) => loan.dueAt.toISOString() },
  Resident: {
    residencies: ({ id }: Resident, { first }: First, context: Context) =>
      inTenant(context, (em) =>
        em.find(
          Residency,
          { resident: id },
          { populate: ['unit'], orderBy: { startsOn: 'desc', id: 'desc' }, limit: first },
        ),
      ),
  },
  Unit: {
    residencies: ({ id }: Unit, { first }: First, context: Context) =>
      inTenant(context, (em) =>
        em.find(
          Residency,
          { unit: id },
          { populate: ['resident'], orderBy: { startsOn: 'desc', id: 'desc' }, limit: first },
        ),
      ),
    fees: newestOf(Fee, entered),
    payments: newestOf(Payment, entered),
    tickets: newestOf(Ticket, { receivedAt: 'desc', id: 'desc' }),
    calls: newestOf(CallRecord, { ringAt: 'desc', id: 'desc' }),
    renovationPermits: newestOf(Permit, entered),
    keys: newestOf(Key, { number: 'asc', id: 'asc' }),
    keyLoans: newestOf(KeyLoan, entered),
    // The history is no entity: what the ORM offers for it is SQL.
    history: async ({ id }: Unit, { first }: First, context: Context) => {
      const rows = await inTenant(context, (em) =>
        em.execute<{ type: string; at: Date; actor_name: string }[]>(
          'select type, at, actor_name from history where subject_id = ? order by id desc limit ?',
          [id, first],
        ),
      );
      return rows.map(({ type, at, actor_name }) => ({
        type,
        at: new Date(at).toISOString(),
        actor: { name: actor_name },
      }));
    },
    // What a notice is for is no entity either.
    notices: ({ id }: Unit, _: unknown, context: Context) =>
      inTenant(context, (em) =>
        em.execute<{ id: string; title: string; status: string }[]>(
          `select n.id, n.title, n.status from unit u join notice n on n.community_id = u.community_id
           where u.id = ? and n.status = 'PUBLISHED' and (n.ends_at is null or n.ends_at > now())
             and (not exists (select from notice_target t where t.notice_id = n.id)
               or exists (select from notice_target t where t.notice_id = n.id and t.building_id = u.building_id and (t.unit_id is null or t.unit_id = u.id)))
           order by n.starts_at nulls last, n.id`,
          [id],
        ),
      ),
  },
};

await startStandaloneServer(new ApolloServer<Context>({ typeDefs, resolvers }), {
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
  context: async ({ req }) => ({ tenant: String(req.headers['x-organisation']) }),
});
