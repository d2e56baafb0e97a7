/** Real graphql-ws clients on a running application, and bare sockets for what a well-behaved client never sends. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of documents written beside them
type Data = any;

export interface LiveClient {
  client: Client;
  /** Results of one operation in the order of arrival. */
  open(query: string, variables?: Record<string, unknown>): Results;
  close(): Promise<void>;
}

export interface Results {
  /** The data of the next result; fails on errors and when none comes in time. */
  next(ms?: number): Promise<Data>;
  /** Code and extensions of the next error. */
  refusal(): Promise<{ code: string; [name: string]: unknown }>;
  quiet(ms?: number): Promise<boolean>;
  stop(): Promise<unknown>;
}

const address = (url: string): string => `${url.replace('http', 'ws')}/graphql`;

/** Connects with the headers of an HTTP client (a cookie), or with connectionParams. */
export function connect(
  url: string,
  {
    headers = {},
    connectionParams = {},
  }: { headers?: Record<string, string>; connectionParams?: Record<string, unknown> },
): LiveClient {
  class Socket extends WebSocket {
    constructor(at: string, protocols: string[]) {
      super(at, protocols, { headers });
    }
  }
  const client = createClient({
    url: address(url),
    webSocketImpl: Socket,
    connectionParams,
    retryAttempts: 0,
    lazy: true,
  });
  return {
    client,
    open: (query, variables = {}) => results(client.iterate<Data>({ query, variables })),
    close: async () => client.dispose(),
  };
}

function results(stream: ReturnType<Client['iterate']>): Results {
  let pending: ReturnType<typeof stream.next> | undefined;
  const wait = async (ms: number) => {
    pending ??= stream.next();
    return Promise.race([pending, pause(ms, undefined)]);
  };
  pending = stream.next(); // an operation is sent when somebody reads
  pending.catch(() => undefined);
  const next = async (ms = 5_000) => {
    const found = await wait(ms);
    if (!found) throw new Error(`nothing within ${ms} ms`);
    pending = undefined;
    if (found.done) throw new Error('the operation is complete');
    return found.value;
  };
  return {
    next: async (ms) => {
      const { data, errors } = await next(ms);
      if (errors) throw new Error(JSON.stringify(errors));
      return data;
    },
    refusal: async () => {
      const errors = await next().then(
        (result) => result.errors,
        (thrown: unknown) => (Array.isArray(thrown) ? thrown : Promise.reject(thrown)),
      );
      return errors?.[0]?.extensions as { code: string };
    },
    quiet: async (ms = 200) => (await wait(ms)) === undefined,
    stop: async () => stream.return?.(),
  };
}

export interface BareSocket {
  send(message: unknown): void;
  /** The next message of a type, of one operation when it is named. */
  message(type: string, id?: string): Promise<Record<string, unknown>>;
  closed: Promise<{ code: number; reason: string }>;
  socket: WebSocket;
}

export async function bare(
  url: string,
  {
    headers = {},
    protocols = ['graphql-transport-ws'],
  }: { headers?: Record<string, string>; protocols?: string[] } = {},
): Promise<BareSocket> {
  const socket = new WebSocket(address(url), protocols, { headers });
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    message: async (type, id) => {
      for (const end = Date.now() + 5_000; Date.now() < end; await pause(5)) {
        const at = messages.findIndex(
          (message) => message.type === type && (id === undefined || message.id === id),
        );
        if (at >= 0) return messages.splice(at, 1)[0] ?? {};
      }
      throw new Error(`no ${type}`);
    },
  };
}
