/** PostGraphile 5 with a subscription on a NOTIFY channel, as its documentation shows it. */
import { createServer } from 'node:http';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { jsonParse } from 'postgraphile/@dataplan/json';
import { TYPES } from 'postgraphile/@dataplan/pg';
import { makePgService } from 'postgraphile/adaptors/pg';
import { context, get, listen, type Step } from 'postgraphile/grafast';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { extendSchema, gql } from 'postgraphile/utils';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20, options: '-c timezone=UTC' });

/** PostGraphile does not know the type of the outbox's transaction ids, and fails on its table. */
const transactionIds: GraphileConfig.Plugin = {
  name: 'TransactionIds',
  gather: {
    hooks: {
      async pgCodecs_findPgCodec(_info, found) {
        if (found.pgType.typname === 'xid8') found.pgCodec ??= TYPES.text;
      },
    },
  },
};

const live = extendSchema({
  typeDefs: gql`
    extend type Subscription {
      live: LiveEvent
    }
    type LiveEvent {
      reason: String
      type: String
      id: String
      at: String
      actor: String
      changes: String
    }
  `,
  objects: {
    Subscription: {
      plans: {
        live: {
          subscribePlan: () => listen(context().get('pgSubscriber'), 'live', jsonParse),
          plan: ($event) => $event,
        },
      },
    },
    LiveEvent: {
      plans: Object.fromEntries(
        ['reason', 'type', 'id', 'at', 'actor', 'changes'].map((name) => [
          name,
          ($event: Step) => get($event, name),
        ]),
      ),
    },
  },
});

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [transactionIds, live],
  disablePlugins: ['PgIndexBehaviorsPlugin', 'PgProceduresPlugin'],
  schema: { defaultBehavior: '-connection +list -insert -update -delete' },
  pgServices: [makePgService({ pool, schemas: ['public'], pubsub: true })],
  grafserv: { graphqlPath: '/graphql', websockets: true, graphiql: false, watch: false },
  grafast: { explain: false },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1');
