import type { Locale } from '@desk/schema';
import type { GraphQLError } from 'graphql';
import { encodeCursor, resync } from './cursor.ts';
import { type EventRow, isAfter, type Position } from './event.ts';
import type { Wish } from './match.ts';
import type { Outbox } from './outbox.ts';
import type { Admission, Relay } from './relay.ts';

export interface SubscriberOptions {
  outbox: Outbox;
  relay: Relay;
  organisationId: string;
  wish: Wish;
  /** Rights and filter; asked when an event arrives and again when it is handed out. */
  wants(event: EventRow): boolean;
  locale: Locale;
  /** Events that may wait for a slow subscriber, besides one page. */
  queue: number;
  /** Events read at once while catching up. */
  page: number;
  closed(): void;
}

/** Where a subscriber stands that has caught up: everything behind it comes from the relay. */
export interface Standing {
  place: Position;
  /** For a start from now: what was committed before and comes late all the same. */
  past: Pick<Admission, 'committedBefore' | 'given'> | undefined;
}

/**
 * One subscriber's sequence of events: first from the table (in pages, as fast as it is read), then from the relay. The
 * hand-over listens first and then reads up to the relay's place, so nothing is missed; everything not beyond the last
 * event is dropped, so nothing comes twice.
 */
export class Subscriber implements AsyncIterableIterator<EventRow> {
  readonly #options: SubscriberOptions;
  readonly #listener = (events: readonly EventRow[]) => this.#arrive(events);
  #place: Position | undefined;
  #delivered: EventRow | undefined;
  #ready: EventRow[] = [];
  /** Arrived from the relay before the table was read to the end. */
  #early: EventRow[] = [];
  /** For a start from now: what was committed before, and only waits for an older transaction to end. */
  #past: Standing['past'];
  #live = false;
  #closed = false;
  #failure: GraphQLError | undefined;
  #stir: (() => void) | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SubscriberOptions) {
    this.#options = options;
  }

  /** Starts from now: resolves when every later commit is sure to arrive. */
  async startNow(): Promise<void> {
    const admission = await this.#attach();
    this.#past = admission;
    if (admission) this.#goLive(admission.position);
  }

  /** Starts behind a place; the table is read when the events are asked for. */
  startAfter({ place, past }: Standing): void {
    this.#place = place;
    this.#past = past;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<EventRow>> {
    const result = this.#turn.then(() => this.#next());
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** Ends the sequence and frees everything; a pending `next` answers that it is done. */
  return(): Promise<IteratorResult<EventRow>> {
    if (!this.#closed) {
      this.#closed = true;
      this.#options.relay.detach(this.#options.organisationId, this.#listener);
      this.#ready = [];
      this.#early = [];
      this.#stir?.();
      this.#options.closed();
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  async throw(error: unknown): Promise<IteratorResult<EventRow>> {
    await this.return();
    throw error;
  }

  /** What it asked for; a group asks the same for all its members. */
  get options(): Readonly<SubscriberOptions> {
    return this.#options;
  }

  /** Where it stands when nothing waits and everything else comes from the relay; undefined until then. */
  get standing(): Standing | undefined {
    const done = this.#live && !this.#closed && !this.#failure && this.#ready.length === 0;
    return done && this.#place ? { place: this.#place, past: this.#past } : undefined;
  }

  get ended(): boolean {
    return this.#closed;
  }

  /** The next event; undefined when it has caught up (see `standing`) or was ended. Not to be mixed with `next`. */
  async advance(): Promise<EventRow | undefined> {
    for (;;) {
      if (this.#closed) return undefined;
      if (this.#failure) {
        await this.return();
        throw this.#failure;
      }
      const event = this.#ready.shift();
      if (event) {
        if (!this.#options.wants(event)) continue; // the right was withdrawn while the event waited
        this.#delivered = event;
        return event;
      }
      if (this.#live) return undefined;
      await this.#catchUp();
    }
  }

  async #next(): Promise<IteratorResult<EventRow>> {
    for (;;) {
      const event = await this.advance();
      if (event) return { value: event, done: false };
      if (this.#closed) return { value: undefined, done: true };
      await new Promise<void>((resolve) => (this.#stir = resolve));
    }
  }

  /** Reads one page of the table; a short page means that it is time to listen. */
  async #catchUp(): Promise<void> {
    const { page } = this.#options;
    if ((await this.#read()) === page) return;
    const reached = (await this.#attach())?.position;
    if (!reached) return;
    let read: number;
    do read = await this.#read();
    while (read === page && this.#place && isAfter(reached, this.#place));
    this.#goLive(this.#place);
  }

  #goLive(place: Position | undefined): void {
    this.#place = place;
    this.#live = true;
    this.#arrive(this.#early.splice(0));
  }

  async #read(): Promise<number> {
    const { outbox, organisationId, page } = this.#options;
    const place = this.#place;
    const events =
      place &&
      (await outbox.patiently(
        () => outbox.replay(organisationId, place, page),
        () => this.#closed,
      ));
    if (!events || this.#closed) return 0;
    this.#place = events.at(-1) ?? place;
    this.#ready.push(...events.filter((event) => this.#isDue(event)));
    return events.length;
  }

  /** Undefined, and closed, when the process is stopping. */
  async #attach(): Promise<Admission | undefined> {
    if (this.#closed) return undefined;
    const admission = await this.#options.relay.attach(this.#options.organisationId, this.#listener);
    if (!admission) await this.return();
    return admission;
  }

  #arrive(events: readonly EventRow[]): void {
    if (this.#closed || this.#failure) return;
    const waiting = this.#live ? this.#ready : this.#early;
    for (const event of events) {
      if (this.#place && !isAfter(event, this.#place)) continue;
      if (this.#live) this.#place = event;
      if (this.#isDue(event)) waiting.push(event);
    }
    if (waiting.length > this.#options.queue + this.#options.page) this.#overflow();
    if (waiting.length > 0 || this.#failure) this.#stir?.();
  }

  #isDue(event: EventRow): boolean {
    return !this.#past?.committedBefore(event) && this.#options.wants(event);
  }

  /** Nobody waits for a slow subscriber: what waits is dropped, and it is told to start anew. */
  #overflow(): void {
    const { relay, organisationId, locale } = this.#options;
    relay.detach(organisationId, this.#listener);
    this.#ready = [];
    this.#early = [];
    this.#failure = resync(locale, 'TOO_SLOW', this.#delivered && encodeCursor(this.#delivered));
  }
}
