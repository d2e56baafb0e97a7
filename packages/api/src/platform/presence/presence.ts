import type pg from 'pg';
import type { Logger } from 'pino';
import { describeError } from '../graphql/errors.ts';
import { newUuid } from '../ids.ts';
import { keyOf, Rooms, type Stay, type Subject } from './rooms.ts';
import { type Person, Watcher } from './watcher.ts';

export interface PresenceTimes {
  /** Between two looks at the records that are watched in this process. */
  lookMs?: number;
  /** Between two signs of life of this process. */
  beatMs?: number;
  /** A process that shows no sign of life for so long is gone, and everybody in it. */
  silenceMs?: number;
}

interface Room {
  subject: Subject;
  watchers: Map<Watcher, () => Error | undefined>;
  /** The last state that was told, as JSON. */
  told: string;
}

/**
 * Who is at which record now, in all processes. The state lives in two small unlogged tables that every process looks at
 * once a second while somebody watches: no history, no events, and a killed process takes its people along.
 */
export class Presence {
  readonly #rooms: Rooms;
  readonly #log: Logger;
  readonly #times: Required<PresenceTimes>;
  readonly #watched = new Map<string, Room>();
  readonly #stays = new Map<string, Stay>();
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #beatAt = 0;
  #sweptAt = 0;
  #failing = false;
  #closed = false;

  constructor(pool: pg.Pool, log: Logger, times: PresenceTimes = {}) {
    this.#times = { lookMs: 1_000, beatMs: 3_000, silenceMs: 10_000, ...times };
    this.#rooms = new Rooms(pool, this.#times.silenceMs);
    this.#log = log;
  }

  /**
   * Watches a record, and stays at it until the watcher returns. The first state comes at once. `refused` is asked at
   * every look: a right may end while somebody watches.
   */
  join(subject: Subject, person: Person, refused: () => Error | undefined): Watcher {
    const stay: Stay = { ...subject, person, session: newUuid() };
    const watcher: Watcher = new Watcher(() => this.#leave(watcher, stay));
    if (this.#closed) {
      void watcher.return();
      return watcher;
    }
    const room = this.#watched.get(keyOf(subject)) ?? { subject, watchers: new Map(), told: '' };
    room.told = ''; // the newcomer has been told nothing
    room.watchers.set(watcher, refused);
    this.#watched.set(keyOf(subject), room);
    this.#stays.set(stay.session, stay);
    void this.#soon(async () => {
      await this.#beat();
      if (this.#stays.has(stay.session)) await this.#rooms.enter([stay]);
      await this.#look();
    });
    this.#timer ??= setInterval(() => void this.#tick(), this.#times.lookMs).unref();
    return watcher;
  }

  /** Everybody of this process leaves at once. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#stays.clear();
    await this.#turn;
    await this.#rooms.forget().catch(() => undefined); // its silence tells the same a little later
  }

  async #leave(watcher: Watcher, { session, ...subject }: Stay): Promise<void> {
    const room = this.#watched.get(keyOf(subject));
    room?.watchers.delete(watcher);
    if (room?.watchers.size === 0) this.#watched.delete(keyOf(subject));
    this.#stays.delete(session);
    if (this.#stays.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    if (this.#closed) return;
    await this.#soon(async () => {
      await this.#rooms.leave(session);
      await this.#look();
    });
  }

  #ticking = false;
  async #tick(): Promise<void> {
    if (this.#ticking) return; // the last look still waits for the database
    this.#ticking = true;
    await this.#soon(async () => {
      await this.#beat();
      await this.#look();
      await this.#sweep();
    });
    this.#ticking = false;
  }

  /** One after the other, and never failing: presence is a courtesy, and the next look tries again. */
  #soon(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).then(
      () => {
        this.#failing = false;
      },
      (error: unknown) => {
        if (!this.#failing)
          this.#log.warn({ err: describeError(error) }, 'presence cannot be told; trying again');
        this.#failing = true;
        this.#beatAt = 0;
      },
    );
    return this.#turn;
  }

  async #beat(): Promise<void> {
    if (performance.now() - this.#beatAt < this.#times.beatMs && this.#beatAt > 0) return;
    // Unknown: the database has restarted (the tables are not logged), or this process was silent for too long.
    if ((await this.#rooms.beat()) && this.#stays.size > 0)
      await this.#rooms.enter([...this.#stays.values()]);
    this.#beatAt = performance.now();
  }

  async #look(): Promise<void> {
    if (this.#watched.size === 0) return;
    const people = await this.#rooms.people([...this.#watched.values()].map(({ subject }) => subject));
    for (const [key, room] of this.#watched) {
      const there = people.get(key);
      const told = JSON.stringify(there);
      for (const [watcher, refused] of room.watchers) {
        const refusal = refused();
        if (refusal) watcher.fail(refusal);
        else if (there && told !== room.told) watcher.push(there);
      }
      if (there) room.told = told;
    }
  }

  async #sweep(): Promise<void> {
    if (performance.now() - this.#sweptAt < this.#times.silenceMs) return;
    this.#sweptAt = performance.now();
    await this.#rooms.sweep();
  }
}
