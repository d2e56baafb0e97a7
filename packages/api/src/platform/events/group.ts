import { setImmediate as turn } from 'node:timers/promises';
import { SharedMessages } from '../frames.ts';
import type { Viewer } from '../viewer.ts';
import { type EventRow, isAfter, type Position } from './event.ts';
import type { Standing } from './subscriber.ts';

/** One subscription in a group. */
export interface Listening {
  /** Id of the operation: JSON, one character a byte. */
  readonly id: string;
  readonly viewer: Viewer | null;
  /** The last event that it was sent. */
  got: EventRow | undefined;
  write(frames: string): void;
  /** The group could not keep up: the subscription ends with RESYNC. */
  overrun(): void;
  return(): Promise<unknown>;
}

/** What the members of a group have in common. */
export interface GroupWork {
  /** Rights and filter. */
  wants(event: EventRow): boolean;
  /** The result of one event as JSON: for everybody, or for one viewer. Never rejects. */
  execute(event: EventRow, viewer?: Viewer): Promise<string>;
  /** Whether it turned out that the answers depend on who asks, and not only on rights. */
  personal(): boolean;
  /** Events that may wait while others are executed. */
  queue: number;
}

/** Events that are executed side by side. */
const together = 32;
/** Characters that leave in one write, unless a single result is longer. */
const mostAtOnce = 128 * 1024;
/** Sockets written to before others get a turn. */
const stride = 500;

/** Subscriptions that are answered alike: each event is executed and serialised once, and the same bytes go to all. */
export class Group {
  readonly #work: GroupWork;
  readonly #members = new Set<Listening>();
  /** Those who came lately, and do not get everything that is under way. */
  readonly #fresh = new Map<Listening, Standing>();
  readonly #queue: EventRow[] = [];
  #busy = false;
  /** Up to here all have been served, while something is under way. */
  #served: Position | undefined;

  constructor(work: GroupWork) {
    this.#work = work;
  }

  get size(): number {
    return this.#members.size + this.#fresh.size;
  }

  everybody(): Listening[] {
    return [...this.#members, ...this.#fresh.keys()];
  }

  join(member: Listening, standing: Standing): void {
    this.#fresh.set(member, standing);
  }

  /** Takes a member out, and tells up to where it has been served. `reached` is the last event that came to the organisation. */
  leave(member: Listening, reached: Position): Standing {
    const standing = this.#fresh.get(member);
    this.#members.delete(member);
    this.#fresh.delete(member);
    let place = standing?.place ?? member.got;
    for (const other of [member.got, this.#busy ? this.#served : reached])
      if (other && (!place || isAfter(other, place))) place = other;
    return { place: place ?? reached, past: standing?.past };
  }

  /** An event of the organisation, in commit order; `before` is the place of the one before it. */
  offer(event: EventRow, before: Position): void {
    if (!this.#work.wants(event)) return;
    this.#queue.push(event);
    if (this.#queue.length > this.#work.queue) {
      this.#queue.length = 0;
      for (const member of this.everybody()) member.overrun();
    } else if (!this.#busy) {
      this.#busy = true;
      this.#served = before;
      queueMicrotask(() => void this.#serve()); // by then the other events of this look are here too
    }
  }

  async #serve(): Promise<void> {
    while (this.#queue.length > 0 && this.size > 0) {
      const events = this.#queue.splice(0, together);
      const payloads = this.#work.personal() ? undefined : await this.#execute(events);
      if (payloads && !this.#work.personal()) await this.#send(events, payloads, () => this.everybody());
      else await this.#serveEach(events);
      this.#served = events.at(-1);
    }
    this.#queue.length = 0;
    this.#busy = false;
  }

  async #serveEach(events: readonly EventRow[]): Promise<void> {
    const byActor = Map.groupBy(this.everybody(), ({ viewer }) => viewer?.actor.id);
    for (const [, members] of byActor) {
      const viewer = members[0]?.viewer;
      if (viewer) await this.#send(events, await this.#execute(events, viewer), () => members);
    }
  }

  #execute(events: readonly EventRow[], viewer?: Viewer): Promise<string[]> {
    return Promise.all(events.map((event) => this.#work.execute(event, viewer)));
  }

  /** Sends results in portions that a socket takes at once. */
  async #send(events: readonly EventRow[], payloads: readonly string[], members: () => readonly Listening[]) {
    for (let from = 0; from < events.length; ) {
      let to = from;
      for (let size = 0; to < events.length && (to === from || size < mostAtOnce); to += 1)
        size += payloads[to]?.length ?? 0;
      await this.#sendPortion(events.slice(from, to), payloads.slice(from, to), members());
      from = to;
    }
  }

  async #sendPortion(
    events: readonly EventRow[],
    payloads: readonly string[],
    members: readonly Listening[],
  ): Promise<void> {
    const last = events.at(-1);
    const shared = new SharedMessages(payloads);
    for (const [at, member] of members.entries()) {
      if (at % stride === stride - 1) await turn();
      const standing = this.#fresh.get(member);
      if (standing) this.#sendFresh(member, standing, events, payloads);
      else if (this.#members.has(member)) member.write(shared.for(member.id));
      else continue;
      member.got = last;
    }
  }

  /** One who came lately gets what lies behind the place where it stood; once everything does, it is like the others. */
  #sendFresh(
    member: Listening,
    { place, past }: Standing,
    events: readonly EventRow[],
    payloads: readonly string[],
  ): void {
    const due = payloads.filter((_, at) => {
      const event = events[at];
      return event && isAfter(event, place) && !past?.committedBefore(event);
    });
    if (due.length > 0) member.write(new SharedMessages(due).for(member.id));
    const last = events.at(-1);
    if (last && isAfter(last, place) && (!past || last.id > past.given)) {
      this.#fresh.delete(member);
      this.#members.add(member);
    }
  }
}
