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
    users -= 1;
    if (users === 0) {
      void shared?.dispose();
      shared = undefined;
    }
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
