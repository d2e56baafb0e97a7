import { type Client, createClient } from 'graphql-ws';
import { socketUrl } from './config.ts';
import { currentLocale } from './i18n/index.ts';

export type LiveState = 'connecting' | 'live' | 'offline';

/** What every change that is told over the socket carries. */
export interface Change {
  cursor: string;
  type: string;
}

interface StreamOptions<C extends Change> {
  /** A subscription with the variable `$after`; its field is `field`. */
  document: string;
  field: string;
  onChange(change: C): void;
  /** What was missed cannot be told: everything that is shown may be out of date. */
  onGap(): void;
  onState?(state: LiveState): void;
}

const slowestRetryMs = 15_000;

let shared: Client | undefined;
let users = 0;

/** One socket for all streams of this page. */
function client(): Client {
  shared ??= createClient({
    url: socketUrl(),
    lazy: true,
    retryAttempts: 0,
    connectionParams: () => ({ locale: currentLocale() }),
    onNonLazyError: () => undefined,
  });
  return shared;
}

/** A subscription that goes on: reconnects with growing pauses and resumes behind the last change that it saw. */
export class Stream<C extends Change> {
  private cursor: string | null = null;
  private stopped = false;
  private failures = 0;
  private readonly unlisten: () => void;
  private wake: (() => void) | undefined;

  constructor(private readonly options: StreamOptions<C>) {
    users += 1;
    this.unlisten = client().on('connected', () => {
      // A gap without a cursor: nobody can say what was missed.
      if (this.failures > 0 && this.cursor === null) options.onGap();
      this.failures = 0;
      options.onState?.('live');
    });
  }

  /** Listens until `stop`. */
  async start(): Promise<void> {
    this.options.onState?.('connecting');
    while (!this.stopped) {
      await this.listen().catch(() => undefined);
      if (this.stopped) return;
      this.failures += 1;
      this.options.onState?.('offline');
      const pause = Math.min(slowestRetryMs, 500 * 2 ** Math.min(this.failures, 5));
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, pause);
      });
    }
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.unlisten();
    this.wake?.();
    this.leave?.();
    forget();
  }

  private leave: (() => void) | undefined;

  private async listen(): Promise<void> {
    const { document, field, onChange, onGap } = this.options;
    const messages = client().iterate<Record<string, C>>({
      query: document,
      variables: { after: this.cursor },
    });
    this.leave = () => void messages.return?.();
    for await (const { data, errors } of messages) {
      const change = data?.[field];
      if (errors?.length || change?.type === 'RESYNC') {
        this.cursor = null;
        onGap();
      }
      if (errors?.length) return;
      if (change && change.type !== 'RESYNC') {
        this.cursor = change.cursor;
        onChange(change);
      }
    }
  }
}

/** A subscription that tells a state: told anew after each lost connection, with no cursor to resume behind. */
export function follow<T>(
  document: string,
  variables: Record<string, unknown>,
  onState: (state: T) => void,
): () => void {
  users += 1;
  let stopped = false;
  let leave: (() => void) | undefined;
  const run = async () => {
    for (let failures = 0; !stopped; failures += 1) {
      const messages = client().iterate<T & Record<string, unknown>>({ query: document, variables });
      leave = () => void messages.return?.();
      try {
        for await (const { data } of messages) if (data && !stopped) onState(data);
      } catch {
        // The socket is gone; the next turn opens another.
      }
      if (!stopped)
        await new Promise((resolve) => setTimeout(resolve, Math.min(slowestRetryMs, 1_000 * 2 ** failures)));
    }
  };
  void run();
  return () => {
    if (stopped) return;
    stopped = true;
    leave?.();
    forget();
  };
}

/** Closes the socket behind the last who used it. */
function forget(): void {
  users -= 1;
  if (users > 0) return;
  void shared?.dispose();
  shared = undefined;
}
