import { type Locale, localeFrom } from '@desk/schema';
import type { Context as SocketContext } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { Refusal } from './errors.ts';
import type { Viewer } from './viewer.ts';

/** What a connection brings along to say who it is. */
export interface SocketCredentials {
  authorization?: string | undefined;
  cookie?: string | undefined;
  origin?: string | undefined;
  host?: string | undefined;
}

/** Decides who may connect and stay. */
export interface Doorman {
  /** Null, or a thrown UNAUTHENTICATED, when nobody is behind the credentials (any more). Called often: it keeps its own cache. */
  resolveViewer(credentials: SocketCredentials): Promise<Viewer | null>;
  /** Whether pages of an origin may use the session cookie. Browsers do not guard sockets: without this, any site could. */
  trusts(origin: string | undefined, host: string | undefined): boolean;
  log: Logger;
}

export interface Connection {
  credentials: SocketCredentials;
  /** The same for all connections of one token or session: they are checked together. */
  key: string;
  /** With the rights of the last look. */
  viewer: Viewer;
  locale: Locale;
}

/** A connection as graphql-ws hands it to its hooks. */
export type Live = SocketContext<Record<string, unknown>, Extra & { connection?: Connection }>;

/** Time for the closing handshake, in milliseconds. */
const graceMs = 2_000;

/** Who opens the connection. Closes it with 4401 or 4403 when nobody may; infrastructure in trouble is no verdict (1013). */
export async function greet(ctx: Live, doorman: Doorman): Promise<Connection | undefined> {
  const { socket, request } = ctx.extra;
  const { headers } = request;
  const parameter = (name: string): string | undefined => {
    const value = ctx.connectionParams?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const authorization = parameter('authorization') ?? parameter('Authorization') ?? headers.authorization;
  const { cookie, origin, host } = headers;
  if (authorization === undefined && cookie !== undefined && !doorman.trusts(origin, host)) {
    closeSoon(socket, 4403, 'Forbidden: origin');
    return undefined;
  }
  const credentials = { authorization, cookie, origin, host };
  const viewer = await verdict(credentials, doorman);
  const key = JSON.stringify(credentials);
  if (viewer)
    return {
      credentials,
      key,
      viewer,
      locale: localeFrom(parameter('locale') ?? headers['accept-language']),
    };
  if (viewer === null) closeSoon(socket, 4401, 'Unauthorized');
  else closeSoon(socket, 1013, 'Try again later');
  return undefined;
}

/** The connection with the rights of this moment; undefined, and closed, when they are gone. */
export async function recheck(ctx: Live, doorman: Doorman): Promise<Connection | undefined> {
  const { connection } = ctx.extra;
  return connection && apply(ctx, await verdict(connection.credentials, doorman));
}

/** Takes over new rights; closes the connection when its token was revoked (4403) or its session ended (4401). */
function apply(
  { extra: { connection, socket } }: Live,
  viewer: Viewer | null | undefined,
): Connection | undefined {
  if (connection && viewer) connection.viewer = viewer;
  if (!connection || viewer !== null) return connection; // no verdict: without the database nothing is delivered either
  const token = connection.credentials.authorization !== undefined;
  closeSoon(
    socket,
    token ? 4403 : 4401,
    token ? 'Forbidden: token revoked or expired' : 'Unauthorized: session ended',
  );
  return undefined;
}

/** Rechecks connections with open operations; the others are looked at when they begin one. */
export async function recheckAll(connected: Iterable<Live>, doorman: Doorman): Promise<void> {
  const busy = [...connected].filter((ctx) => Object.keys(ctx.subscriptions).length > 0);
  const together = Map.groupBy(busy, (ctx) => ctx.extra.connection?.key);
  const checks = [...together.values()].map(async (group) => {
    const credentials = group[0]?.extra.connection?.credentials;
    const viewer = credentials && (await verdict(credentials, doorman));
    for (const ctx of group) apply(ctx, viewer);
  });
  await Promise.all(checks);
}

/** The viewer, null for nobody, undefined when it cannot be told now. */
async function verdict(
  credentials: SocketCredentials,
  { resolveViewer, log }: Doorman,
): Promise<Viewer | null | undefined> {
  try {
    return await resolveViewer(credentials);
  } catch (error) {
    if (error instanceof Refusal) return null;
    log.warn(
      { code: error instanceof Error && 'code' in error ? error.code : undefined },
      'cannot tell who is connected',
    );
    return undefined;
  }
}

/** Closes a connection, and cuts it when the other side does not answer. */
export function closeSoon(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), graceMs);
  socket.once('close', () => clearTimeout(timer));
}
