import type pg from 'pg';
import { Refusal } from '../errors.ts';
import type { Rows } from './database.ts';
import { type Answer, RoundTrip, type Statement, setReader } from './round-trip.ts';

interface Asked {
  statement: Statement;
  /** Planned for its values. */
  byValues: boolean;
  answered(rows: Rows): void;
  failed(error: Error): void;
}

interface Arrival {
  error: Error | null;
  answers: Answer[];
}

/**
 * Statements that travel together at most: one connection runs them one after the other, and what a page asks for beyond
 * them goes at the same time on another.
 */
const mostTogether = 32;

const byValues: Statement = {
  text: "select set_config('plan_cache_mode', 'force_custom_plan', true)",
  values: [],
};

/**
 * Reads of organisations under row-level security. What is asked for at the same moment travels in one round trip, with the
 * tenant set once: the lists of a page, the nested lists of a record. A read that fails does not fail its neighbours.
 */
export class Reads {
  readonly #pool: pg.Pool;
  /** What one statement may take. */
  readonly #seconds: number;
  readonly #waiting = new Map<string, Asked[]>();
  /** Statements sent so far. */
  sent = 0;

  constructor(pool: pg.Pool, seconds: number) {
    this.#pool = pool;
    this.#seconds = seconds;
  }

  run(organisationId: string, text: string, values: readonly unknown[], byValues: boolean): Promise<Rows> {
    return new Promise((answered, failed) => {
      const asked = { statement: { text, values }, byValues, answered, failed };
      const others = this.#waiting.get(organisationId);
      if (others) return void others.push(asked);
      this.#waiting.set(organisationId, [asked]);
      // After the code that asks now has come to wait for something.
      process.nextTick(() => this.#depart(organisationId));
    });
  }

  #depart(organisationId: string): void {
    const asked = this.#waiting.get(organisationId) ?? [];
    this.#waiting.delete(organisationId);
    for (let at = 0; at < asked.length; at += mostTogether)
      void this.#travel(organisationId, asked.slice(at, at + mostTogether));
  }

  async #travel(organisationId: string, asked: readonly Asked[]): Promise<void> {
    const usual = asked.filter(({ byValues }) => !byValues);
    const others = asked.filter(({ byValues }) => byValues);
    const opening = setReader(organisationId, this.#seconds, usual.length === 0);
    // Null is the change of plans in between: nobody waits for its answer.
    const legs = usual.length > 0 && others.length > 0 ? [...usual, null, ...others] : asked;
    this.sent += asked.length;
    const { error, answers } = await this.#send([opening, ...legs.map((leg) => leg?.statement ?? byValues)]);
    const [, ...own] = answers;
    for (const [at, answer] of own.entries()) legs[at]?.answered(answer.rows);
    const [failing, ...unheard] = legs.slice(own.length).filter((leg) => leg !== null);
    failing?.failed(this.#reason(error));
    // After the first that fails none is run: the others are not to blame.
    if (unheard.length > 0) await this.#travel(organisationId, unheard);
  }

  #reason(error: Error | null): Error {
    if (stateOf(error) === '57014') return new Refusal('TIMEOUT', { values: { seconds: this.#seconds } });
    return error ?? new Error('a statement without an answer');
  }

  /** Never rejects: what was answered before a failure counts. */
  async #send(statements: readonly Statement[]): Promise<Arrival> {
    try {
      const { promise, resolve } = Promise.withResolvers<Arrival>();
      const trip = new RoundTrip(statements, (error, answers) => resolve({ error, answers }));
      const client = await this.#pool.connect();
      client.query(trip);
      const arrival = await promise;
      client.release(arrival.error !== null && endsConnection(arrival.error));
      return arrival;
    } catch (error) {
      return { error: error instanceof Error ? error : new Error(String(error)), answers: [] };
    }
  }
}

const stateOf = (error: Error | null): string => (error && 'code' in error ? String(error.code) : '');

/** A refused statement leaves its connection healthy; one that the server ended, or that broke, must not return to the pool. */
function endsConnection(failure: Error): boolean {
  const state = stateOf(failure);
  return state.length !== 5 || state.startsWith('57P') || state.startsWith('08');
}
