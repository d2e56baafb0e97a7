import { type Locale, localeFrom } from '@desk/schema';
import type { Context as SocketContext } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import { Refusal } from './errors.ts';
import { Member } from './events/member.ts';
import { rightsOf } from './events/rights.ts';
import type { Viewer } from './viewer.ts';

/** What a connection brings along to say who it is. */
export interface SocketCredentials {
  authorization?: string | undefined;
  cookie?: string | undefined;
  origin?: string | undefined;
  host?: string | undefined;
}

export interface DoormanOptions {
  /** Null, or a thrown UNAUTHENTICATED, when nobody is behind the credentials (any more). Called often: it keeps its own cache. */
  resolveViewer(credentials: SocketCredentials): Promise<Viewer | null>;
  /** Whether pages of an origin may use the session cookie. Browsers do not guard sockets: without this, any site could. */
  trusts(origin: string | undefined, host: string | undefined): boolean;
  /** Connections that one token or session may hold open. */
  mostPerAccount?: number;
  log: Logger;
}

/** The connections of one token or session: they are checked together. */
interface Account {
  readonly key: string;
  readonly credentials: SocketCredentials;
  /** With the rights of the last look. */
  viewer: Viewer;
  readonly connections: Set<Live>;
}

/** One greeted connection. */
export class Connection {
  constructor(
    readonly account: Account,
    readonly locale: Locale,
  ) {}

  get viewer(): Viewer {
    return this.account.viewer;
  }
}

/** A connection as graphql-ws hands it to its hooks. */
export type Live = SocketContext<Record<string, unknown>, Extra & { connection?: Connection }>;

/** Time for the closing handshake, in milliseconds. */
const graceMs = 2_000;

/** Decides who may connect and stay. */
export class Doorman {
  readonly #options: DoormanOptions;
  readonly #accounts = new Map<string, Account>();

  constructor(options: DoormanOptions) {
    this.#options = options;
  }

  /** Who opens the connection. Closes it with 4401 or 4403 when nobody may; infrastructure in trouble is no verdict (1013). */
  async greet(ctx: Live): Promise<Connection | undefined> {
    const { socket, request } = ctx.extra;
    const { headers } = request;
    const parameter = (name: string): string | undefined => {
      const value = ctx.connectionParams?.[name];
      return typeof value === 'string' ? value : undefined;
    };
    const authorization = parameter('authorization') ?? parameter('Authorization') ?? headers.authorization;
    const { cookie, origin, host } = headers;
    const { trusts, mostPerAccount = Number.POSITIVE_INFINITY } = this.#options;
    if (authorization === undefined && cookie !== undefined && !trusts(origin, host)) {
      closeSoon(socket, 4403, 'Forbidden: origin');
      return undefined;
    }
    const credentials = { authorization, cookie, origin, host };
    const viewer = await this.#verdict(credentials);
    if (!viewer) {
      if (viewer === null) closeSoon(socket, 4401, 'Unauthorized');
      else closeSoon(socket, 1013, 'Try again later');
      return undefined;
    }
    if (socket.readyState !== socket.OPEN) return undefined; // gone meanwhile
    const account = this.#account(credentials, viewer);
    if (account.connections.size >= mostPerAccount) {
      closeSoon(socket, 1013, 'Too many connections of this token or session');
      return undefined;
    }
    account.connections.add(ctx);
    return new Connection(account, localeFrom(parameter('locale') ?? headers['accept-language']));
  }

  leave(ctx: Live): void {
    const account = ctx.extra.connection?.account;
    if (account?.connections.delete(ctx) && account.connections.size === 0)
      this.#accounts.delete(account.key);
  }

  /** The connection with the rights of this moment; undefined, and closed, when they are gone. */
  async recheck(ctx: Live): Promise<Connection | undefined> {
    const { connection } = ctx.extra;
    return connection && (await this.#check(connection.account)) ? connection : undefined;
  }

  /** Rechecks whoever has open operations; the others are looked at when they begin one. */
  async recheckAll(): Promise<void> {
    const busy = [...this.#accounts.values()].filter(({ connections }) => someBusy(connections));
    await Promise.all(busy.map((account) => this.#check(account)));
  }

  #account(credentials: SocketCredentials, viewer: Viewer): Account {
    const key = JSON.stringify(credentials);
    const known = this.#accounts.get(key);
    if (known) return known;
    const account = { key, credentials, viewer, connections: new Set<Live>() };
    this.#accounts.set(key, account);
    return account;
  }

  /** Takes over new rights; closes the connections of a token that was revoked (4403) or a session that ended (4401). */
  async #check(account: Account): Promise<boolean> {
    const { credentials, connections } = account;
    const viewer = await this.#verdict(credentials);
    const before = account.viewer;
    if (viewer === undefined) return true; // no verdict: without the database nothing is delivered either
    if (viewer === null) {
      const token = credentials.authorization !== undefined;
      const [code, reason] = token
        ? ([4403, 'Forbidden: token revoked or expired'] as const)
        : ([4401, 'Unauthorized: session ended'] as const);
      for (const ctx of connections) closeSoon(ctx.extra.socket, code, reason);
      return false;
    }
    account.viewer = viewer;
    if (rightsOf(viewer) !== rightsOf(before))
      for (const ctx of connections)
        for (const operation of Object.values(ctx.subscriptions))
          if (operation instanceof Member) operation.regroup();
    return true;
  }

  /** The viewer, null for nobody, undefined when it cannot be told now. */
  async #verdict(credentials: SocketCredentials): Promise<Viewer | null | undefined> {
    const { resolveViewer, log } = this.#options;
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
}

/** Called often: no list is made of thousands of connections. */
function someBusy(connections: Iterable<Live>): boolean {
  for (const { subscriptions } of connections) for (const _ in subscriptions) return true;
  return false;
}

/** Closes a connection, and cuts it when the other side does not answer. */
export function closeSoon(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason);
  const timer = setTimeout(() => socket.terminate(), graceMs);
  socket.once('close', () => clearTimeout(timer));
}
