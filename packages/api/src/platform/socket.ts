import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { errors, type Locale, say } from '@desk/schema';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context } from './context.ts';
import { Refusal } from './errors.ts';
import { openLive } from './events/execution.ts';
import type { Engine } from './graphql/engine.ts';
import { presentError } from './graphql/errors.ts';
import { limits } from './graphql/limits.ts';
import {
  type Connection,
  closeSoon,
  type Doorman,
  greet,
  type Live,
  recheck,
  recheckAll,
} from './socket-rights.ts';
import type { Viewer } from './viewer.ts';

export interface SocketOptions extends Doorman {
  engine: Engine;
  contextFor(caller: { viewer: Viewer | null; locale: Locale }): Context;
  /** Milliseconds until a connection must have said who it is. */
  initTimeoutMs?: number;
  /** Milliseconds between two looks at the rights of connections with open operations. */
  checkMs?: number;
  /** Milliseconds between pings; a connection that does not answer until the next one is cut. */
  keepAliveMs?: number;
}

export interface MountedSocket {
  /** Lets running queries and mutations end, then asks all clients to come back elsewhere (close 1012). */
  close(): Promise<void>;
}

const path = '/graphql';
/** Bytes that may wait for a client that does not read; beyond it the connection is closed (1013: try again later). */
const mostBuffered = 1024 * 1024;
const mostOperations = 200;
const drainMs = 5_000;

/** Serves graphql-transport-ws on `/graphql`: queries, mutations and subscriptions, under the limits and rights of HTTP. */
export function mountSocket(server: Server, options: SocketOptions): MountedSocket {
  const { engine, contextFor, log, initTimeoutMs = 10_000, checkMs = 100, keepAliveMs = 12_000 } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    path,
    maxPayload: limits.bodyBytes,
    perMessageDeflate: false,
  });
  const connected = new Set<Live>();
  const running = new Set<Promise<unknown>>();
  let closing = false;

  const disposable = useServer<Record<string, unknown>, { connection?: Connection }>(
    {
      connectionInitWaitTimeout: initTimeoutMs,
      onConnect: async (ctx) => {
        const connection = await greet(ctx, options);
        if (!connection) return false;
        ctx.extra.connection = connection;
        connected.add(ctx);
        return true;
      },
      onSubscribe: async (ctx, _id, payload) => {
        const connection = await recheck(ctx, options);
        if (!connection)
          return [
            new GraphQLError(say(errors.UNAUTHENTICATED.text, 'en'), {
              extensions: { code: 'UNAUTHENTICATED' },
            }),
          ];
        if (Object.keys(ctx.subscriptions).length > mostOperations)
          return [new Refusal('TOO_MANY_REQUESTS').toGraphQL(connection.locale)];
        const prepared = engine.prepare(payload.query);
        if ('errors' in prepared) return prepared.errors;
        const context = {
          ...contextFor(connection),
          get viewer() {
            return connection.viewer;
          },
        };
        return {
          schema: engine.schema,
          document: prepared.document,
          operationName: payload.operationName ?? null,
          variableValues: payload.variables ?? {},
          contextValue: context,
        };
      },
      execute: (args) => {
        const { document, operationName, variables, context } = operationOf(args);
        const result = engine.run(document, operationName, variables, context);
        running.add(result);
        void result.finally(() => running.delete(result));
        return asResult(result);
      },
      subscribe: (args) => {
        const operation = operationOf(args);
        const { context } = operation;
        return asResult(
          openLive(engine, {
            ...operation,
            fresh: () => contextFor({ viewer: context.viewer, locale: context.locale }),
          }),
        );
      },
      // Results and errors are already what a caller may see.
      onNext: (ctx, _id, _payload, _args, result) => {
        shedSlow(ctx.extra.socket);
        return result as FormattedExecutionResult;
      },
      onError: (ctx, _id, _payload, found) =>
        found.map((error) => presentError(error, ctx.extra.connection?.locale ?? 'zh-CN', log)),
      onClose: (ctx) => void connected.delete(ctx),
      isProd: true, // close reasons never quote an inner error
    },
    sockets,
    keepAliveMs,
  );
  sockets.on('connection', (socket) => {
    // The library prints socket errors raw; ws has already closed with the proper code (1009 for what is too large).
    socket.removeAllListeners('error');
    socket.on('error', (error) =>
      log.debug({ code: 'code' in error ? error.code : error.name }, 'socket error'),
    );
  });

  const upgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    if (closing) refuse(raw, '503 Service Unavailable');
    else if (!sockets.shouldHandle(request)) refuse(raw, '404 Not Found');
    else sockets.handleUpgrade(request, raw, head, (socket) => sockets.emit('connection', socket, request));
  };
  server.on('upgrade', upgrade);
  const watchOver = async (): Promise<void> => {
    for (const ctx of connected) shedSlow(ctx.extra.socket);
    await recheckAll(connected, options);
  };
  let checking = false;
  const watch = setInterval(() => {
    if (checking) return;
    checking = true;
    void watchOver().finally(() => (checking = false));
  }, checkMs);
  watch.unref();

  return {
    close: async () => {
      closing = true;
      clearInterval(watch);
      const drained = Promise.allSettled(running);
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      for (const socket of sockets.clients) closeSoon(socket, 1012, 'Service restart');
      await disposable.dispose();
      server.off('upgrade', upgrade);
    },
  };
}

function operationOf({ document, operationName, variableValues, contextValue }: ExecutionArgs) {
  return {
    document,
    operationName: operationName ?? undefined,
    variables: { ...variableValues },
    context: contextValue as Context,
  };
}

/** The library wants error objects where it only passes on what is already formatted (see `onNext`). */
function asResult<T extends FormattedExecutionResult>(
  result: Promise<T | AsyncIterableIterator<T>>,
): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
  return result as Promise<ExecutionResult | AsyncIterable<ExecutionResult>>;
}

/** Nobody waits for a client that does not read. */
function shedSlow(socket: WebSocket): void {
  if (socket.bufferedAmount > mostBuffered)
    closeSoon(socket, 1013, 'Too slow: resume after your last cursor');
}

function refuse(raw: Duplex, status: string): void {
  raw.once('error', () => raw.destroy());
  raw.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
