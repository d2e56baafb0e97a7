import { resources } from '@desk/schema';
import type { QueryClient } from '@tanstack/react-query';
import { type Client, createClient } from 'graphql-ws';
import { socketUrl } from './config.ts';
import { currentLocale } from './i18n/index.ts';

export type LiveState = 'connecting' | 'live' | 'offline';

interface EventMessage {
  cursor: string;
  type: string;
  subject?: { id?: string } | null;
}

const document = 'subscription live($after: String) { events(after: $after) { cursor type subject { id } } }';
/** Events of one moment refresh together, so that a busy desk does not refetch per event. */
const gatherMs = 250;
const slowestRetryMs = 15_000;

const singularToName = new Map(resources.map(({ resource, name }) => [resource, name]));

/**
 * Keeps what is on screen fresh: each event makes the lists of its resource and the record concerned refetch. Resumes
 * after its last cursor; when that is past retention (RESYNC), or nothing is known of the gap, everything refetches.
 */
export class Live {
  private client: Client | undefined;
  private cursor: string | null = null;
  private stopped = false;
  private failures = 0;
  private waiting = new Map<string, Set<string>>();

  constructor(
    private readonly queries: QueryClient,
    private readonly onState: (state: LiveState) => void,
  ) {}

  /** Listens until `stop`; reconnects by itself with growing pauses. */
  async start(): Promise<void> {
    this.client = createClient({
      url: socketUrl(),
      lazy: true,
      retryAttempts: 0,
      connectionParams: () => ({ locale: currentLocale() }),
      on: {
        connected: () => {
          // A gap without a cursor: nobody can say what was missed.
          if (this.failures > 0 && this.cursor === null) this.refreshAll();
          this.failures = 0;
          this.onState('live');
        },
      },
      onNonLazyError: () => undefined,
    });
    this.onState('connecting');
    while (!this.stopped) {
      await this.listen().catch(() => undefined);
      if (this.stopped) return;
      this.failures += 1;
      this.onState('offline');
      await new Promise((resolve) =>
        setTimeout(resolve, Math.min(slowestRetryMs, 500 * 2 ** Math.min(this.failures, 5))),
      );
    }
  }

  stop(): void {
    this.stopped = true;
    void this.client?.dispose();
  }

  private async listen(): Promise<void> {
    const messages = this.client?.iterate<{ events: EventMessage }>({
      query: document,
      variables: { after: this.cursor },
    });
    if (!messages) return;
    for await (const { data, errors } of messages) {
      if (errors?.length || data?.events.type === 'RESYNC') {
        this.cursor = null;
        this.refreshAll();
      }
      if (errors?.length) return;
      if (data && data.events.type !== 'RESYNC') this.take(data.events);
    }
  }

  private take({ cursor, type, subject }: EventMessage): void {
    this.cursor = cursor;
    const name = singularToName.get(type.split('.')[0] ?? '');
    if (!name) return;
    if (this.waiting.size === 0) setTimeout(() => this.refresh(), gatherMs);
    const ids = this.waiting.get(name) ?? new Set();
    this.waiting.set(name, subject?.id ? ids.add(subject.id) : ids);
  }

  private refresh(): void {
    const changed = this.waiting;
    this.waiting = new Map();
    void this.queries.invalidateQueries({
      predicate: ({ queryKey: [resource, method, params] }) => {
        // Figures of the home page depend on everything.
        if (resource === 'totals') return true;
        const ids = changed.get(String(resource));
        if (!ids) return false;
        if (method === 'getOne' || method === 'history')
          return ids.has((params as { id?: string } | undefined)?.id ?? '');
        return true;
      },
    });
  }

  private refreshAll(): void {
    void this.queries.invalidateQueries();
  }
}
