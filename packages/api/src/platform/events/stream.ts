import type { Locale } from '@desk/schema';
import type pg from 'pg';
import type { Logger } from 'pino';
import { Refusal } from '../errors.ts';
import type { Viewer } from '../viewer.ts';
import { decodeCursor, encodeCursor, resync } from './cursor.ts';
import { LiveGroups } from './hub.ts';
import type { Wish } from './match.ts';
import { Outbox } from './outbox.ts';
import { Relay, type RelayOptions } from './relay.ts';
import { mayReadSubject } from './subjects.ts';
import { type Standing, Subscriber } from './subscriber.ts';
import type { WakeChannel } from './wake-channel.ts';

export interface StreamOptions extends Omit<RelayOptions, 'told'> {
  /** Tells other processes of our commits, and us of theirs. Closed with the streams. */
  channel?: WakeChannel | undefined;
  /** Days for which a cursor can be resumed. */
  retentionDays?: number;
  /** Events that may wait for one slow subscriber before it is told to resync. */
  queue?: number;
}

export interface SubscribeOptions {
  /** Who listens, asked again for every event, because rights change while a subscription lives. */
  viewer(): Viewer | null;
  locale: Locale;
  wish: Wish;
  /** Cursor to resume after; from now when absent. */
  after?: string | null | undefined;
}

/** All subscriptions of one process, on one relay. */
export class EventStreams {
  readonly relay: Relay;
  /** Subscriptions that are answered together. */
  readonly groups: LiveGroups;
  /** Events that may wait for one slow reader before it is told to resync. */
  readonly queue: number;
  readonly channel: WakeChannel | undefined;
  readonly retentionDays: number;
  readonly #outbox: Outbox;
  readonly #page: number;
  readonly #subscribers = new Set<Subscriber>();
  #closed = false;

  constructor(
    owner: pg.Pool,
    log: Logger,
    { queue = 1_000, page = 200, channel, retentionDays = 7, ...relay }: StreamOptions = {},
  ) {
    this.#outbox = new Outbox(owner, log);
    this.relay = new Relay(this.#outbox, { ...relay, page, told: () => channel?.healthy ?? false });
    this.channel = channel;
    channel?.onWake(() => this.relay.wake());
    this.retentionDays = retentionDays;
    this.groups = new LiveGroups(this.relay);
    this.queue = queue;
    this.#page = page;
  }

  /**
   * Events that the viewer may read and wants, in commit order, each exactly once. Rejects with UNAUTHENTICATED, FORBIDDEN,
   * BAD_USER_INPUT (malformed cursor) or RESYNC (cursor past retention). The iterator throws RESYNC when it is read too
   * slowly; `return()` frees all that it holds.
   */
  async subscribe(options: SubscribeOptions): Promise<Subscriber> {
    const { viewer, locale, after } = options;
    const first = viewer();
    if (!first) throw new Refusal('UNAUTHENTICATED').toGraphQL(locale);
    if (!first.may({ resource: 'event', scope: 'organisation' }, 'read'))
      throw new Refusal('FORBIDDEN').toGraphQL(locale);
    const { organisationId } = first;
    if (after == null) {
      const subscriber = this.#subscriber(organisationId, options);
      await subscriber.startNow();
      if (!subscriber.ended) this.#subscribers.add(subscriber);
      return subscriber;
    }
    const cursor = decodeCursor(after);
    // Clients come back while the database restarts: they wait here and are served.
    const reaches = await this.patiently(() =>
      this.#outbox.reaches(organisationId, cursor, this.retentionDays),
    );
    if (reaches === false) throw resync(locale, 'CURSOR_EXPIRED');
    const subscriber = this.#subscriber(organisationId, options);
    subscriber.startAfter({ place: cursor, past: undefined });
    this.#subscribers.add(subscriber);
    return subscriber;
  }

  /** Goes on where a subscription of this process stood. */
  resume(options: SubscribeOptions & { organisationId: string }, standing: Standing): Subscriber {
    const subscriber = this.#subscriber(options.organisationId, options);
    subscriber.startAfter(standing);
    this.#subscribers.add(subscriber);
    return subscriber;
  }

  /** Repeats a reading while the database cannot be reached; undefined when the process is stopping. */
  patiently<T>(read: () => Promise<T>): Promise<T | undefined> {
    return this.#outbox.patiently(read, () => this.#closed);
  }

  #subscriber(organisationId: string, { viewer, locale, wish }: SubscribeOptions): Subscriber {
    const subscriber: Subscriber = new Subscriber({
      outbox: this.#outbox,
      relay: this.relay,
      organisationId,
      locale,
      wish,
      queue: this.queue,
      page: this.#page,
      wants: (event) => {
        const now = viewer();
        return (
          now?.organisationId === event.organisationId && mayReadSubject(now, event) && wish.matches(event)
        );
      },
      closed: () => this.#subscribers.delete(subscriber),
    });
    return subscriber;
  }

  /**
   * A cursor of now: whatever is committed later comes after it. Waits for those who are publishing, so that what was
   * committed before does not come again; beyond a second it rather repeats than waits.
   */
  async cursorOfNow(): Promise<string> {
    await this.#outbox.settled(1_000);
    const [newest, recorded] = await Promise.all([this.#outbox.newest(), this.#outbox.seconds()]);
    return encodeCursor({ xid: 0n, id: newest?.id ?? 0n, recorded });
  }

  /** This process has committed: no relay need wait for its next look. */
  wake(): void {
    this.relay.wake();
    this.channel?.announce();
  }

  /** Subscriptions that get every later event. */
  get size(): number {
    return this.#subscribers.size + this.groups.size;
  }

  /** Ends all subscriptions and leaves the database alone. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber.return()));
    await this.groups.close();
    this.relay.close();
    await this.channel?.close();
  }
}
