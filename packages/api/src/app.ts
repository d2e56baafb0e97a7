import type { Server } from 'node:http';
import { type Locale, localeFrom } from '@desk/schema';
import fastifyCors from '@fastify/cors';
import fastifyRateLimit from '@fastify/rate-limit';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { type Logger, pino } from 'pino';
import { domains } from './domains.ts';
import { jobs as allJobs } from './jobs.ts';
import { Auth } from './platform/auth/better-auth.ts';
import { mountAuth } from './platform/auth/http.ts';
import { authSecret } from './platform/auth/secret.ts';
import { Viewers } from './platform/auth/viewer-from-request.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Services } from './platform/context.ts';
import { type Database, openDatabase } from './platform/db/database.ts';
import type { Host } from './platform/domain.ts';
import { observeEvents } from './platform/events/metrics.ts';
import { EventStreams } from './platform/events/stream.ts';
import { openWakeChannel } from './platform/events/wake-channel.ts';
import { Engine } from './platform/graphql/engine.ts';
import { graphqlHandler } from './platform/graphql/http.ts';
import { limits } from './platform/graphql/limits.ts';
import { schemaOf } from './platform/graphql/schema.ts';
import { answerErrors } from './platform/http-errors.ts';
import { Jobs } from './platform/jobs/jobs.ts';
import { observe } from './platform/observability.ts';
import { Presence } from './platform/presence/presence.ts';
import { contextFor } from './platform/request.ts';
import { sendSecurityHeaders } from './platform/security-headers.ts';
import { mountSocket } from './platform/socket.ts';
import { declareConstraints } from './platform/write/constraints.ts';

export interface App {
  fastify: FastifyInstance;
  db: Database;
  services: Services;
  engine: Engine;
  /** Timers; they run while it listens, unless JOBS is off. */
  jobs: Jobs;
  /** Listens; answers the address. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

export interface AppOptions {
  config: Config;
  databaseUrl: string;
  /** A login of the app's own; without it its connections log in as the owner and set their role. */
  appDatabaseUrl?: string | undefined;
  clock?: Clock;
  log?: Logger;
}

/** Builds the application on a migrated database; `main` and the tests do it alike. */
export async function buildApp({
  config,
  databaseUrl,
  appDatabaseUrl,
  clock = systemClock,
  log = pino({ level: config.LOG_LEVEL }),
}: AppOptions): Promise<App> {
  const schema = schemaOf(domains);
  for (const domain of domains) declareConstraints(domain.constraints ?? {});
  const db = await openDatabase({
    url: databaseUrl,
    appUrl: appDatabaseUrl,
    pool: config.DATABASE_POOL,
    readSeconds: config.READ_SECONDS,
    entities: domains.flatMap((domain) => domain.entities) as (new () => object)[],
  });
  const events = new EventStreams(db.owner, log, {
    channel: config.WAKE_URL === undefined ? undefined : await openWakeChannel(config.WAKE_URL, log),
    retentionDays: config.EVENT_DAYS,
  });
  const secret = await authSecret(config);
  const presence = new Presence(db.owner, log);
  const services: Services = { db, secret, clock, log, events, presence, committed: () => events.wake() };
  const engine = new Engine(schema, log);

  const fastify = Fastify<Server>({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: 30_000,
    trustProxy: config.TRUST_PROXY,
    genReqId: () => crypto.randomUUID(),
    // Log lines name the request themselves; a logger of its own for each would cost more than the line.
    childLoggerFactory: (logger) => logger,
  });
  const registry = observe(fastify, config.PORT);
  observeEvents(registry, events);
  const jobs = new Jobs({
    jobs: allJobs,
    services,
    databaseUrl,
    registry,
  });
  answerErrors(fastify);
  sendSecurityHeaders(fastify);
  if (config.ALLOWED_ORIGINS.length > 0)
    await fastify.register(fastifyCors, { origin: config.ALLOWED_ORIGINS, credentials: true });
  await fastify.register(fastifyRateLimit, { max: config.RATE_LIMIT, timeWindow: '1 minute' });

  const auth = new Auth({ pool: db.owner, config, secret, log });
  const viewers = new Viewers(db.owner, clock, auth);
  await mountAuth(fastify, auth);

  const callerOf: Host['callerOf'] = async (request) => {
    const { authorization, cookie, origin, host } = request.headers;
    const viewer = await viewers.resolve({ authorization, cookie, origin, host });
    return { viewer, locale: localeOf(request) };
  };

  fastify.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: graphqlHandler(
      engine,
      async (request) =>
        contextFor(services, {
          ...(await callerOf(request)),
          idempotencyKey: header(request, 'idempotency-key'),
        }),
      localeOf,
    ),
  });
  for (const domain of domains) await domain.mount?.({ fastify, config, services, callerOf });

  const socket = mountSocket(fastify.server, {
    engine,
    events,
    contextFor: (caller) => contextFor(services, caller),
    resolveViewer: (credentials) => viewers.resolve(credentials),
    trusts: (origin, host) => auth.origins.trusts(origin, host),
    mostConnections: config.SOCKETS,
    mostPerAccount: config.SOCKETS_PER_TOKEN,
    keepAliveMs: 6_000, // a lost connection is noticed within two of them: presence ends within 15 s
    log,
  });

  fastify.get('/health', async () => ({ status: 'ok', wakeChannel: events.channel?.state ?? 'none' }));
  fastify.get('/ready', async (_request, reply) => {
    const ready = await db.owner.query('select 1').then(
      () => true,
      () => false,
    );
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'database unavailable' });
  });
  if (config.CONSOLE_DIR) await fastify.register(fastifyStatic, consoleFiles(config.CONSOLE_DIR));

  return {
    fastify,
    db,
    services,
    engine,
    jobs,
    listen: async () => {
      const address = await fastify.listen({ port: config.PORT, host: config.HOST });
      if (config.JOBS) jobs.start();
      return address;
    },
    close: async () => {
      await jobs.close();
      await socket.close();
      await presence.close();
      await events.close();
      await fastify.close();
      await viewers.settled();
      await db.close();
    },
  };
}

/** Files whose name holds a hash of their content are kept by browsers for ever; the page that names them is asked for anew. */
const consoleFiles = (root: string): FastifyStaticOptions => ({
  root,
  preCompressed: true,
  cacheControl: false,
  setHeaders: (reply, path) =>
    reply.header(
      'cache-control',
      /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ),
});

const localeOf = (request: FastifyRequest): Locale =>
  localeFrom(header(request, 'x-locale') ?? header(request, 'accept-language'));

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
