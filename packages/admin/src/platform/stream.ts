import { request } from './client.ts';
import { holdSocket } from './socket.ts';

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
  /** What was missed cannot be told: everything that is shown may be out of date, and must be read again from now on. */
  onGap(): void;
  onState?(state: LiveState): void;
}

/** What an error of a subscription says besides its message. */
interface Refused {
  extensions?: { code?: string; cause?: string };
}

const slowestRetryMs = 15_000;

/** Not all consoles at once: a server that comes back would have them all in the same second. */
const pauseAfter = (failures: number): number =>
  Math.min(slowestRetryMs, 500 * 2 ** Math.min(failures, 5)) * (0.5 + Math.random() / 2);

/**
 * A subscription that goes on: reconnects with growing pauses and resumes behind the last change that it saw. Where that is
 * impossible (RESYNC) a new cursor is taken first, then what is shown is read again, and then it listens behind that
 * cursor: so nothing falls in between.
 */
export class Stream<C extends Change> {
  private cursor: string | null = null;
  private stopped = false;
  private failures = 0;
  /** Whether what is shown may be older than the next cursor. */
  private gap = false;
  private readonly socket = holdSocket();
  private readonly unlisten: () => void;
  private wake: (() => void) | undefined;

  constructor(private readonly options: StreamOptions<C>) {
    this.unlisten = this.socket.client.on('connected', () => {
      this.failures = 0;
      options.onState?.('live');
    });
  }

  /** Listens until `stop`. */
  async start(): Promise<void> {
    this.options.onState?.('connecting');
    while (!this.stopped) {
      const again = await this.listen().catch(() => 'later' as const);
      if (this.stopped) return;
      this.gap = true;
      if (again === 'now') continue;
      this.failures += 1;
      this.options.onState?.('offline');
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, pauseAfter(this.failures));
      });
    }
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.unlisten();
    this.wake?.();
    this.leave?.();
    this.socket.release();
  }

  private leave: (() => void) | undefined;

  /** Listens until the connection or the subscription ends; answers when to listen again. */
  private async listen(): Promise<'now' | 'later'> {
    const { document, field, onChange } = this.options;
    this.cursor ??= await this.anew();
    const messages = this.socket.client.iterate<Record<string, C>>({
      query: document,
      variables: { after: this.cursor },
    });
    this.leave = () => void messages.return?.();
    for await (const { data, errors } of messages) {
      const change = data?.[field];
      if (change) {
        this.cursor = change.cursor;
        onChange(change);
      }
      const resync = errors
        ?.map((error: Refused) => error.extensions)
        .find((told) => told?.code === 'RESYNC');
      // TOO_SLOW: the cursor is still good. Else it is past retention.
      if (resync?.cause === 'CURSOR_EXPIRED') this.cursor = null;
      if (resync) return 'now';
    }
    return 'later';
  }

  /** A cursor of now; after a gap what is shown is then read again. */
  private async anew(): Promise<string> {
    const { eventCursor } = await request<{ eventCursor: string }>('{ eventCursor }', {}, { renew: false });
    if (this.gap) this.options.onGap();
    return eventCursor;
  }
}
