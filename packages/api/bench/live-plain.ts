/**
 * For `npm run bench:live`: what a project gets that follows graphql-ws's documentation, a schema and a context, with each event
 * executed by graphql-js for each subscriber. Schema, rights and outbox are ours.
 */
import { createServer } from 'node:http';
import { useServer } from 'graphql-ws/use/ws';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import { buildApp } from '../src/app.ts';
import { Auth } from '../src/platform/auth/better-auth.ts';
import { Viewers } from '../src/platform/auth/viewer-from-request.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { contextFor } from '../src/platform/request.ts';

const config = readConfig(process.env);
const log = pino({ level: config.LOG_LEVEL });
const app = await buildApp({
  config,
  databaseUrl: config.DATABASE_URL ?? '',
  appDatabaseUrl: config.APP_DATABASE_URL,
  log,
});
const { db, services, engine } = app;
const auth = new Auth({ pool: db.owner, config, secret: services.secret, log });
const viewers = new Viewers(db.owner, systemClock, auth);

const server = createServer((_, response) => response.end('ok'));
useServer(
  {
    schema: engine.schema,
    context: async ({ connectionParams }) => {
      const authorization = String(connectionParams?.authorization);
      return contextFor(services, { viewer: await viewers.resolve({ authorization }), locale: 'zh-CN' });
    },
  },
  new WebSocketServer({ server, path: '/graphql' }),
);
server.listen(config.PORT, '127.0.0.1');
