import { beginning, type EventRow, type Position } from './event.ts';
import type { Outbox, Snapshot } from './outbox.ts';

/** Gets the events of one organisation, in commit order. Must return at once and never throw. */
export type Listener = (events: readonly EventRow[]) => void;

/** From where on a listener gets everything. */
export interface Admission {
  position: Position;
  /** Whether an event was committed before the listener came, though it may lie beyond the position. */
  committedBefore(event: Position): boolean;
  /** The last number given out when the listener came: events beyond it were not committed before. */
  given: bigint;
}

interface Joining {
  organisationId: string;
  listener: Listener;
  admitted(admission: Admission | undefined): void;
}

export interface RelayOptions {
  /** Pause between two looks, in milliseconds. */
  pollMs?: number | undefined;
  /** The same while a wake-up channel tells of commits; what it does not tell (a process that died) comes this late. */
  calmMs?: number | undefined;
  /** Whether a wake-up channel tells of other processes' commits now. */
  told?: () => boolean;
  /** Events read at once. */
  page?: number;
}

/**
 * One per process: tails the outbox for all subscribers. It looks every few milliseconds while somebody listens, and at
 * once when this process has committed or a wake-up channel says that another has; a NOTIFY in every business transaction
 * would serialise their commits.
 *
 * It keeps no events: what it reads goes to the listeners, whose queues are bounded. Its place is that of the last event
 * it read, so a restart of the database loses nothing.
 */
export class Relay {
  readonly #outbox: Outbox;
  readonly #pollMs: number;
  readonly #calmMs: number;
  readonly #told: () => boolean;
  readonly #page: number;
  readonly #listeners = new Map<string, Set<Listener>>();
  #joining: Joining[] = [];
  #position: Position | undefined;
  #running = false;
  #closed = false;
  #awake = false;
  #alarm: (() => void) | undefined;
  #held = 0n;
  #lookedAt = 0;
  /** Sees everything that is read, for the metrics. */
  onRead: Listener = () => undefined;

  constructor(
    outbox: Outbox,
    { pollMs = 30, calmMs = 1_000, told = () => false, page = 200 }: RelayOptions = {},
  ) {
    this.#outbox = outbox;
    this.#pollMs = pollMs;
    this.#calmMs = calmMs;
    this.#told = told;
    this.#page = page;
  }

  /**
   * Adds a listener. Resolves, after a look at the outbox that began after the call, with the place from which on the
   * listener gets everything. Undefined when the relay closed.
   */
  attach(organisationId: string, listener: Listener): Promise<Admission | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((admitted) => {
      this.#joining.push({ organisationId, listener, admitted });
      this.wake();
      void this.#run();
    });
  }

  detach(organisationId: string, listener: Listener): void {
    this.#joining = this.#joining.filter((joining) => joining.listener !== listener || !leave(joining));
    const listeners = this.#listeners.get(organisationId);
    if (listeners?.delete(listener) && listeners.size === 0) this.#listeners.delete(organisationId);
  }

  /** Looks at once, without waiting for the next turn. */
  wake(): void {
    this.#awake = true;
    this.#alarm?.();
  }

  /** Listeners now; 0 means that the database is left alone. */
  get listeners(): number {
    let count = this.#joining.length;
    for (const listeners of this.#listeners.values()) count += listeners.size;
    return count;
  }

  /** Numbers that were given out at the last look, and whose publishers had not committed yet. */
  get held(): bigint {
    return this.#held;
  }

  /** When the outbox was last looked at, in milliseconds since 1970; 0 before the first time. */
  get lookedAt(): number {
    return this.#lookedAt;
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    for (const joining of this.#joining.splice(0)) leave(joining);
    this.wake();
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.listeners > 0) {
      this.#awake = false;
      const joining = new Set(this.#joining);
      const admission = await this.#outbox.patiently(
        async () => {
          const { committed: committedBefore, given } =
            joining.size > 0 ? await this.#outbox.snapshot() : nothingYet;
          return { position: await this.#look(), committedBefore, given };
        },
        () => this.listeners === 0,
      );
      if (admission) this.#admit(joining, admission);
      if (!this.#awake) await this.#sleep();
    }
    // Nobody listens: the place grows stale, and the next listener starts from its own now.
    this.#position = undefined;
    this.#held = 0n;
    this.#running = false;
  }

  /** Reads and hands out everything new; answers the place reached. */
  async #look(): Promise<Position> {
    if (!this.#position) return (this.#position = (await this.#outbox.newest()) ?? beginning);
    for (;;) {
      const { events, held } = await this.#outbox.after(this.#position, this.#page);
      this.#held = held;
      this.#lookedAt = Date.now();
      const last = events.at(-1);
      if (last) this.#position = { xid: last.xid, id: last.id };
      this.#handOut(events);
      if (events.length < this.#page) return this.#position;
    }
  }

  #handOut(events: readonly EventRow[]): void {
    if (events.length > 0) this.onRead(events);
    const ours = events.filter((event) => this.#listeners.has(event.organisationId));
    for (const [organisationId, theirs] of Map.groupBy(ours, (event) => event.organisationId)) {
      // A copy: a listener that overflows detaches itself while the others are served.
      for (const listener of [...(this.#listeners.get(organisationId) ?? [])]) listener(theirs);
    }
  }

  #admit(joining: ReadonlySet<Joining>, admission: Admission): void {
    const admitted = this.#joining.filter((one) => joining.has(one));
    this.#joining = this.#joining.filter((one) => !joining.has(one));
    for (const { organisationId, listener, admitted: resolve } of admitted) {
      const listeners = this.#listeners.get(organisationId);
      if (listeners) listeners.add(listener);
      else this.#listeners.set(organisationId, new Set([listener]));
      resolve(admission);
    }
  }

  #sleep(): Promise<void> {
    // Whoever publishes right now may be somebody who tells nobody, such as the command line.
    const ms = this.#told() && this.#held === 0n ? this.#calmMs : this.#pollMs;
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      this.#alarm = done;
      const relay = this;
      function done(): void {
        clearTimeout(timer);
        relay.#alarm = undefined;
        resolve();
      }
    });
  }
}

const nothingYet: Snapshot = { given: 0n, committed: () => false };

/** Tells one that waited in vain. */
function leave(joining: Joining): true {
  joining.admitted(undefined);
  return true;
}
