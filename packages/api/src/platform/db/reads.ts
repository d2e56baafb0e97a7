import type pg from 'pg';
import { Refusal } from '../errors.ts';
import type { Rows } from './database.ts';
import { type Answer, RoundTrip, type Statement, setReader, statementOf } from './round-trip.ts';

/**
 * How a read is planned, and with whom it travels. `lists` are planned once for all values, `ranges` for their own; both travel
 * with what the same organisation asks at that moment. `keys` name their records: these are found in less time than a trip takes,
 * so that all that have arrived, of all organisations, share one.
 */
export type Kind = 'lists' | 'ranges' | 'keys';

interface Asked {
  organisationId: string;
  kind: Kind;
  statement: Statement;
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

/**
 * Reads of organisations under row-level security. What is asked for at the same moment travels in one round trip, the tenant set
 * before the statements of each: the lists of a page, the nested lists of a record, the records that many callers name. A read
 * that fails does not fail its neighbours.
 */
export class Reads {
  readonly #pool: pg.Pool;
  /** What one statement may take. */
  readonly #seconds: number;
  /** By the party that they travel in. */
  readonly #waiting = new Map<string, Asked[]>();
  /** Statements sent so far. */
  sent = 0;

  constructor(pool: pg.Pool, seconds: number) {
    this.#pool = pool;
    this.#seconds = seconds;
  }

  run(organisationId: string, text: string, values: readonly unknown[], kind: Kind): Promise<Rows> {
    return new Promise((answered, failed) => {
      // Values that cannot be sent throw here, and fail nobody else.
      const asked = { organisationId, kind, statement: statementOf(text, values), answered, failed };
      const party = kind === 'keys' ? kind : organisationId;
      const others = this.#waiting.get(party);
      if (others) return void others.push(asked);
      this.#waiting.set(party, [asked]);
      // After the requests that have arrived by now; or after the code that asks now has come to wait for something.
      if (kind === 'keys') setImmediate(() => this.#depart(party));
      else process.nextTick(() => this.#depart(party));
    });
  }

  #depart(party: string): void {
    const asked = this.#waiting.get(party) ?? [];
    this.#waiting.delete(party);
    for (let at = 0; at < asked.length; at += mostTogether)
      void this.#travel(asked.slice(at, at + mostTogether));
  }

  async #travel(asked: readonly Asked[]): Promise<void> {
    // Null is the setting of a tenant: nobody waits for its answer.
    const legs: (Asked | null)[] = [];
    const statements: Statement[] = [];
    for (const alike of Map.groupBy(asked, settings).values()) {
      const [{ organisationId, kind }] = alike as [Asked];
      legs.push(null, ...alike);
      statements.push(
        setReader(organisationId, this.#seconds, kind === 'ranges'),
        ...alike.map(({ statement }) => statement),
      );
    }
    this.sent += asked.length;
    const { error, answers } = await this.#send(statements);
    for (const [at, answer] of answers.entries()) legs[at]?.answered(answer.rows);
    const [failing, ...unheard] = legs.slice(answers.length).filter((leg) => leg !== null);
    failing?.failed(this.#reason(error));
    // After the first that fails none is run: the others are not to blame.
    if (unheard.length > 0) await this.#travel(unheard);
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

/** What is alike for the statements behind one setting of the tenant. */
const settings = ({ organisationId, kind }: Asked): string => `${organisationId} ${kind === 'ranges'}`;

const stateOf = (error: Error | null): string => (error && 'code' in error ? String(error.code) : '');

/** A refused statement leaves its connection healthy; one that the server ended, or that broke, must not return to the pool. */
function endsConnection(failure: Error): boolean {
  const state = stateOf(failure);
  return state.length !== 5 || state.startsWith('57P') || state.startsWith('08');
}
