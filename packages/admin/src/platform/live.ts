import { resources } from '@desk/schema';
import type { QueryClient } from '@tanstack/react-query';
import { tellChange } from './changes.ts';
import { type Change, type LiveState, Stream } from './stream.ts';

interface EventMessage extends Change {
  subject?: { id?: string } | null;
}

const document = 'subscription live($after: String) { events(after: $after) { cursor type subject { id } } }';
/** Events of one moment refresh together, so that a busy desk does not refetch per event. */
const gatherMs = 250;

/** Queries of a single record, whose id stands in their key. */
const ofOne = new Set(['getOne', 'history', 'promises']);
const singularToName = new Map(resources.map(({ resource, name }) => [resource, name]));

/**
 * Keeps what is on screen fresh: each event makes the lists of its resource and the record concerned refetch. Resumes
 * after its last cursor; when that is past retention (RESYNC), or nothing is known of the gap, everything refetches.
 */
export class Live {
  private readonly stream: Stream<EventMessage>;
  private waiting = new Map<string, Set<string>>();

  constructor(
    private readonly queries: QueryClient,
    onState: (state: LiveState) => void,
  ) {
    this.stream = new Stream<EventMessage>({
      document,
      field: 'events',
      onChange: (event) => this.take(event),
      onGap: () => void this.queries.invalidateQueries(),
      onState,
    });
  }

  start(): Promise<void> {
    return this.stream.start();
  }

  stop(): void {
    this.stream.stop();
  }

  private take({ type, subject }: EventMessage): void {
    const name = singularToName.get(type.split('.')[0] ?? '');
    if (!name) return;
    tellChange(name);
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
        if (ofOne.has(String(method))) return ids.has((params as { id?: string } | undefined)?.id ?? '');
        return true;
      },
    });
  }
}
