import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Data } from '../harness/process.ts';

const query = 'subscription($after: String) { events(after: $after) { cursor type subject { id } } }';

/** What a subscriber saw of an event. */
export interface Seen {
  cursor: string;
  type: string;
}

/** Follows all events as an integrator does: after every lost connection it goes on behind its last cursor, at any process. */
export class Follower {
  readonly seen: Seen[] = [];
  connections = 0;
  readonly faults: string[] = [];
  /** Where it is connected. */
  url: string | undefined;
  #client: Client | undefined;
  #socket: WebSocket | undefined;
  #stopped = false;
  #cursor: string;

  constructor(
    start: string,
    readonly options: { url(): string; token: string },
  ) {
    this.#cursor = start;
  }

  /** Cuts its own network, without a word to the other side. */
  cut(): void {
    this.#socket?.terminate();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client?.dispose();
    this.#socket?.terminate();
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      this.url = this.options.url();
      this.connections += 1;
      try {
        await this.#follow(this.url);
      } catch {
        // the connection was lost, or the process is just starting
      }
      this.url = undefined;
      await pause(50 + randomInt(150));
    }
  }

  async #follow(url: string): Promise<void> {
    const hold = (socket: WebSocket) => {
      this.#socket = socket;
    };
    class Socket extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { handshakeTimeout: 5_000 });
        hold(this);
      }
    }
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: Socket,
      connectionParams: { authorization: `Bearer ${this.options.token}` },
      connectionAckWaitTimeout: 10_000,
      retryAttempts: 0,
    });
    this.#client = client;
    try {
      for await (const { data, errors } of client.iterate<Data>({
        query,
        variables: { after: this.#cursor },
      })) {
        if (
          errors?.some(
            (error) => error.extensions?.code === 'RESYNC' && error.extensions.cause !== 'TOO_SLOW',
          )
        ) {
          this.faults.push(`told to start anew behind ${this.#cursor}`);
          this.#stopped = true;
        }
        if (!data) continue;
        const { cursor, type } = data.events as Seen;
        this.seen.push({ cursor, type });
        this.#cursor = cursor;
      }
    } finally {
      await client.dispose();
    }
  }
}
