import { type Client, createClient } from 'graphql-ws';
import { socketUrl } from '../platform/config.ts';
import { NoAccess, socketParams } from './access.ts';
import { readWall, type WallData } from './figures.ts';

export type FeedState = 'connecting' | 'live' | 'offline' | 'refused';

export interface FeedOptions {
  community: string | undefined;
  token: string | undefined;
  onData(data: WallData): void;
  onState(state: FeedState): void;
}

/** What happens together is asked for once. */
const calmMs = 1_500;
const slowestRetryMs = 10_000;
/** A day ends and a debt becomes overdue without an event. */
const minuteMs = 60_000;
const document = 'subscription wallEvents($after: String) { events(after: $after) { cursor type } }';

/**
 * Keeps a wall up to date for as long as it hangs there: asks for the figures when an event says that something changed,
 * and after every reconnection. Nothing makes it give up but a refused token.
 */
export class Feed {
  readonly #options: FeedOptions;
  readonly #client: Client;
  #cursor: string | null = null;
  #stopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #minutely: ReturnType<typeof setInterval> | undefined;
  #askedAt = 0;
  #failures = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#client = createClient({
      url: socketUrl(),
      lazy: true,
      retryAttempts: 0,
      connectionParams: () => socketParams(options.token),
      // A network that swallows everything is noticed like a closed one.
      keepAlive: 10_000,
      on: { ping: (received) => void (received || this.#expectPong()), pong: () => this.#calm() },
      onNonLazyError: () => undefined,
    });
  }

  #silence: ReturnType<typeof setTimeout> | undefined;
  #expectPong(): void {
    this.#calm();
    this.#silence = setTimeout(() => this.#client.terminate(), 8_000);
  }
  #calm(): void {
    clearTimeout(this.#silence);
  }

  async start(): Promise<void> {
    this.#options.onState('connecting');
    this.#minutely = setInterval(() => this.#soon(), minuteMs);
    for (; !this.#stopped; this.#failures += 1) {
      const refused = await this.#listen();
      if (this.#stopped) return;
      if (refused) {
        this.#options.onState('refused');
        return this.stop();
      }
      this.#options.onState('offline');
      const pause = Math.min(slowestRetryMs, 500 * 2 ** Math.min(this.#failures, 6));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#minutely);
    this.#calm();
    void this.#client.dispose();
  }

  /** One connection's life; answers whether access was refused. */
  async #listen(): Promise<boolean> {
    try {
      // The figures first: they say at once whether the server is there and lets this screen in.
      await this.#read();
      const messages = this.#client.iterate<{ events: { cursor: string; type: string } }>({
        query: document,
        variables: { after: this.#cursor },
      });
      const unlisten = this.#client.on('connected', () => {
        this.#failures = 0;
        this.#options.onState('live');
        this.#soon(); // what happened between the figures and now
      });
      try {
        for await (const { data, errors } of messages) {
          if (errors?.length || data?.events.type === 'RESYNC') this.#cursor = null;
          else if (data) this.#cursor = data.events.cursor;
          this.#soon();
          if (errors?.length) return false;
        }
      } finally {
        unlisten();
      }
      return false;
    } catch (error) {
      return error instanceof NoAccess;
    }
  }

  #soon(): void {
    if (this.#timer || this.#stopped) return;
    const pause = Math.max(200, this.#askedAt + calmMs - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#read().catch((error: unknown) => {
        if (error instanceof NoAccess) this.#options.onState('refused');
        else if (!this.#stopped) setTimeout(() => this.#soon(), slowestRetryMs);
      });
    }, pause);
  }

  async #read(): Promise<void> {
    this.#askedAt = Date.now();
    const data = await readWall(this.#options.community, this.#options.token);
    if (!this.#stopped) this.#options.onData(data);
  }
}
