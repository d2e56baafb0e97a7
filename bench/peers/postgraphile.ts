/**
 * PostGraphile 5 on the same tables and under the same policies: role `desk_app`, tenant through `pgSettings`, nothing but
 * plain lists (no connections), mutations, subscriptions and explain off, as its documentation advises for production.
 */
import { createServer } from 'node:http';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { TYPES } from 'postgraphile/@dataplan/pg';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL),
  idleTimeoutMillis: 300_000, // as ours: else each round would begin with new connections
  options: '-c role=desk_app -c timezone=UTC',
});

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

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [transactionIds],
  // Composite foreign keys lead with the organisation; the index advice looks for columns in another order than ours. Functions are no part of this.
  disablePlugins: ['PgIndexBehaviorsPlugin', 'PgProceduresPlugin'],
  schema: { defaultBehavior: '-connection +list -insert -update -delete', dontSwallowErrors: true },
  pgServices: [makePgService({ pool, schemas: ['public'] })],
  grafserv: { graphqlPath: '/graphql', websockets: false, graphiql: false, watch: false },
  grafast: {
    explain: false,
    // What ours gets from a bearer token, this peer is told: it does not sign in.
    context: ({ node }: Partial<Grafast.RequestContext>) => ({
      pgSettings: { 'app.org': String(node?.req.headers['x-organisation'] ?? '') },
    }),
  },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1');
