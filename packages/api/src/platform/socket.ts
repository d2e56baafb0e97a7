import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { errors, say } from '@desk/schema';
import {
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
} from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { Refusal } from './errors.ts';
import type { Answering, Seat } from './events/answer.ts';
import { openLive } from './events/execution.ts';
import { bytesOf } from './frames.ts';
import { presentError } from './graphql/errors.ts';
import { limits } from './graphql/limits.ts';
import { Heartbeat } from './socket-heartbeat.ts';
import { type Connection, closeSoon, Doorman, type DoormanOptions } from './socket-rights.ts';

export interface SocketOptions extends DoormanOptions, Answering {
  /** Milliseconds until a connection must have said who it is. */
  initTimeoutMs?: number;
  /** Milliseconds between two looks at the rights of connections with open operations. */
  checkMs?: number;
  /** Milliseconds between pings; a connection that does not answer until the next one is cut. */
  keepAliveMs?: number;
  /** Connections of this process; beyond it the upgrade is answered 503. */
  mostConnections?: number;
  /** Whether subscriptions to events share executions; off, each is executed for itself, to compare. */
  grouped?: boolean;
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
  const { grouped = true, mostConnections = Number.POSITIVE_INFINITY } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    path,
    maxPayload: limits.bodyBytes,
    perMessageDeflate: false,
  });
  const doorman = new Doorman(options);
  const running = new Set<Promise<unknown>>();
  let closing = false;

  /** Closes with 4500 where a hook fails: the library would, too, but prints the error raw. */
  const guarded = async <T>(socket: WebSocket, work: () => Promise<T>, instead: T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      presentError(error, 'en', log); // writes it to the log
      closeSoon(socket, 4500, 'Internal server error');
      return instead;
    }
  };

  const disposable = useServer<Record<string, unknown>, { connection?: Connection }>(
    {
      connectionInitWaitTimeout: initTimeoutMs,
      onConnect: (ctx) =>
        guarded(
          ctx.extra.socket,
          async () => {
            const connection = await doorman.greet(ctx);
            if (connection) ctx.extra.connection = connection;
            return connection !== undefined;
          },
          false,
        ),
      onSubscribe: (ctx, id, payload) =>
        guarded<ExecutionArgs | readonly GraphQLError[]>(ctx.extra.socket, async () => {
          const connection = await doorman.recheck(ctx);
          if (!connection) return [unauthenticated()];
          if (Object.keys(ctx.subscriptions).length > mostOperations)
            return [new Refusal('TOO_MANY_REQUESTS').toGraphQL(connection.locale)];
          const prepared = engine.prepare(payload.query);
          if ('errors' in prepared) return prepared.errors;
          return {
            schema: engine.schema,
            document: prepared.document,
            operationName: payload.operationName ?? null,
            variableValues: payload.variables ?? {},
            contextValue: new OperationSeat(connection, ctx.extra.socket, ctx.extra.request.socket, id),
          };
        }, [unauthenticated()]),
      execute: (args) => {
        const { seat, document, operationName, variables } = operationOf(args);
        const result = engine.run(document, operationName, variables, contextFor(seat.caller));
        running.add(result);
        void result.finally(() => running.delete(result));
        return asResult(result);
      },
      subscribe: (args) => {
        const { seat, ...operation } = operationOf(args);
        return asResult(openLive(options, operation, seat, grouped));
      },
      // Results and errors are already what a caller may see.
      onNext: (ctx, _id, _payload, _args, result) => {
        shedSlow(ctx.extra.socket);
        return result as FormattedExecutionResult;
      },
      onError: (ctx, _id, _payload, found) =>
        found.map((error) => presentError(error, ctx.extra.connection?.locale ?? 'zh-CN', log)),
      onClose: (ctx) => doorman.leave(ctx),
      isProd: true, // close reasons never quote an inner error
    },
    sockets,
    0, // one heartbeat for all instead of two timers for each
  );
  const heartbeat = new Heartbeat(sockets.clients, keepAliveMs);
  const complain = (error: Error) =>
    log.debug({ code: 'code' in error ? error.code : error.name }, 'socket error');
  sockets.on('connection', (socket) => {
    // The library prints socket errors raw; ws has already closed with the proper code (1009 for what is too large).
    socket.removeAllListeners('error');
    socket.on('error', complain);
  });

  const upgrade = (request: IncomingMessage, raw: Duplex, head: Buffer): void => {
    if (closing || sockets.clients.size >= mostConnections) refuse(raw, '503 Service Unavailable');
    else if (!sockets.shouldHandle(request)) refuse(raw, '404 Not Found');
    else sockets.handleUpgrade(request, raw, head, (socket) => sockets.emit('connection', socket, request));
  };
  server.on('upgrade', upgrade);
  const watchOver = async (): Promise<void> => {
    for (const socket of sockets.clients) shedSlow(socket);
    await doorman.recheckAll();
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
      heartbeat.stop();
      const drained = Promise.allSettled(running);
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
      for (const socket of sockets.clients) closeSoon(socket, 1012, 'Service restart');
      await disposable.dispose();
      server.off('upgrade', upgrade);
    },
  };
}

/** One operation's place on a connection, and what its hooks hand to each other. */
class OperationSeat implements Seat {
  readonly id: string;

  constructor(
    readonly caller: Connection,
    readonly socket: WebSocket,
    readonly raw: Duplex,
    id: string,
  ) {
    this.id = bytesOf(JSON.stringify(id));
  }

  /** Past the library: what a group sends is made already, down to the frame. */
  write(frames: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.raw.write(frames, 'latin1');
    shedSlow(this.socket);
  }
}

const unauthenticated = (): GraphQLError =>
  new GraphQLError(say(errors.UNAUTHENTICATED.text, 'en'), { extensions: { code: 'UNAUTHENTICATED' } });

function operationOf({ document, operationName, variableValues, contextValue }: ExecutionArgs) {
  return {
    document,
    operationName: operationName ?? undefined,
    variables: { ...variableValues },
    seat: contextValue as OperationSeat,
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
