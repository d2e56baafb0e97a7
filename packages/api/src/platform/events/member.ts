import type { FormattedExecutionResult } from 'graphql';
import type { Viewer } from '../viewer.ts';
import { type Answering, answer, type LiveOperation, refusal, type Seat } from './answer.ts';
import { encodeCursor, resync } from './cursor.ts';
import { type EventRow, isAfter } from './event.ts';
import type { Group, GroupWork, Listening } from './group.ts';
import type { Hub } from './hub.ts';
import type { Wish } from './match.ts';
import { anyoneLike, groupKey } from './rights.ts';
import { mayReadSubject } from './subjects.ts';
import type { Standing, Subscriber } from './subscriber.ts';

type Result = IteratorResult<FormattedExecutionResult>;

/**
 * A subscription to events on a socket. What it missed is replayed for it alone. Once it has caught up it sits in a group,
 * which writes to the socket while `next` stays pending. When its rights change it moves to the group of its new ones; if the
 * old group had work under way, by way of another replay. So its sequence has no gap and no duplicate.
 */
export class Member implements AsyncIterableIterator<FormattedExecutionResult>, Listening {
  got: EventRow | undefined;
  readonly #answering: Answering;
  readonly #operation: LiveOperation;
  readonly #seat: Seat;
  #subscriber: Subscriber | undefined;
  #wish: Wish;
  #hub: Hub;
  #listening: Promise<boolean>;
  #group: Group | undefined;
  #last: FormattedExecutionResult | undefined;
  #ended = false;
  #stir: (() => void) | undefined;

  constructor(answering: Answering, operation: LiveOperation, seat: Seat, subscriber: Subscriber) {
    this.#answering = answering;
    this.#operation = operation;
    this.#seat = seat;
    this.#subscriber = subscriber;
    this.#wish = subscriber.options.wish;
    this.#hub = answering.events.groups.hub(subscriber.options.organisationId);
    this.#listening = this.#hub.hold();
  }

  get id(): string {
    return this.#seat.id;
  }

  get viewer(): Viewer | null {
    return this.#seat.caller.viewer;
  }

  write(frames: string): void {
    this.#seat.write(frames);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<Result> {
    for (;;) {
      if (this.#ended) {
        const value = this.#last;
        this.#last = undefined;
        return value ? { value, done: false } : { value: undefined, done: true };
      }
      if (!this.#subscriber) await new Promise<void>((resolve) => (this.#stir = resolve));
      else {
        const event = await this.#replayed(this.#subscriber);
        if (event) {
          this.got = event;
          const { caller } = this.#seat;
          return { value: await answer(this.#answering, this.#operation, caller, event), done: false };
        }
      }
    }
  }

  return(): Promise<Result> {
    this.#end();
    return Promise.resolve({ value: undefined, done: true });
  }

  async throw(error: unknown): Promise<Result> {
    this.#end();
    throw error;
  }

  overrun(): void {
    const { caller } = this.#seat;
    const place = this.got && encodeCursor(this.got);
    this.#end(refusal(this.#answering, caller, resync(caller.locale, 'TOO_SLOW', place)));
  }

  /** The connection's rights are others now. A replay under way asks for them anyway, at each event. */
  regroup(): void {
    const { viewer } = this;
    if (!this.#group || !viewer) return;
    const hub = this.#hub;
    const standing = hub.leave(this.#group, this);
    this.#group = undefined;
    if (viewer.organisationId === hub.organisationId && !isAfter(hub.place, standing.place)) {
      this.#join(standing, viewer);
      return;
    }
    const { locale } = this.#seat.caller;
    const { organisationId } = viewer;
    const options = { organisationId, viewer: () => this.viewer, locale, wish: this.#wish };
    this.#subscriber = this.#answering.events.resume(options, standing);
    if (viewer.organisationId !== hub.organisationId) {
      this.#hub = this.#answering.events.groups.hub(viewer.organisationId);
      this.#listening = this.#hub.hold();
      this.#answering.events.groups.release(hub);
    }
    this.#stir?.();
  }

  /** The next event of the replay; undefined when it led into a group, or to the end. */
  async #replayed(subscriber: Subscriber): Promise<EventRow | undefined> {
    try {
      if (!(await this.#listening)) this.#end();
      const event = await subscriber.advance();
      if (event || this.#ended) return event;
      const { standing } = subscriber;
      const { viewer } = this;
      if (subscriber.ended || !viewer) this.#end();
      else if (standing) {
        this.#subscriber = undefined;
        void subscriber.return();
        this.#join(standing, viewer);
      }
    } catch (error) {
      this.#end(refusal(this.#answering, this.#seat.caller, error));
    }
    return undefined;
  }

  #join(standing: Standing, viewer: Viewer): void {
    const { document, operationName, variables } = this.#operation;
    const key = groupKey(document, operationName, variables, viewer, this.#seat.caller.locale);
    this.#group = this.#hub.join(key, this.#wish, () => this.#work(viewer), this, standing);
  }

  /** What the group of this subscription does. It holds nothing of this connection. */
  #work(viewer: Viewer): GroupWork {
    const answering = this.#answering;
    const operation = this.#operation;
    const { locale } = this.#seat.caller;
    const { matches } = this.#wish;
    let personal = false;
    const anyone = anyoneLike(viewer, () => (personal = true));
    return {
      queue: this.#answering.events.queue,
      wants: (event) => mayReadSubject(anyone, event) && matches(event),
      execute: async (event, one = anyone) => {
        const caller = { viewer: one, locale };
        return JSON.stringify(
          await answer(answering, operation, caller, event).catch((error) =>
            refusal(answering, caller, error),
          ),
        );
      },
      personal: () => personal,
    };
  }

  #end(last?: FormattedExecutionResult): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#last = last;
    if (this.#group) this.#hub.leave(this.#group, this);
    this.#group = undefined;
    void this.#subscriber?.return();
    this.#subscriber = undefined;
    this.#answering.events.groups.release(this.#hub);
    this.#stir?.();
  }
}
