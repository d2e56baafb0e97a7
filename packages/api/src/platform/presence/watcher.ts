import type { PresenceMode } from '@desk/schema/presence';

/** Somebody at a record. */
export interface Person {
  staffId: string;
  name: string;
  mode: PresenceMode;
  /** ISO 8601. */
  since: string;
}

/** The sequence of who is there: only the newest state waits for a slow reader. */
export class Watcher implements AsyncIterableIterator<Person[]> {
  readonly #onClose: () => Promise<void>;
  /** Undefined when the reader has the newest. */
  #waiting: Person[] | undefined;
  #failure: Error | undefined;
  #closed = false;
  #stir: (() => void) | undefined;

  constructor(onClose: () => Promise<void>) {
    this.#onClose = onClose;
  }

  push(people: Person[]): void {
    this.#waiting = people;
    this.#stir?.();
  }

  /** Ends the sequence with an error. */
  fail(error: Error): void {
    this.#failure = error;
    this.#stir?.();
  }

  async next(): Promise<IteratorResult<Person[]>> {
    while (!this.#closed && !this.#failure && !this.#waiting)
      await new Promise<void>((resolve) => (this.#stir = resolve));
    if (this.#closed) return { value: undefined, done: true };
    if (this.#failure) {
      await this.return();
      throw this.#failure;
    }
    const value = this.#waiting ?? [];
    this.#waiting = undefined;
    return { value, done: false };
  }

  async return(): Promise<IteratorResult<Person[]>> {
    if (!this.#closed) {
      this.#closed = true;
      this.#stir?.();
      await this.#onClose();
    }
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<Person[]>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
