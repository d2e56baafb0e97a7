import type pg from 'pg';
import { type Answer, RoundTrip, type Statement, statementOf } from './round-trip.ts';

interface Asked {
  text: string;
  values: readonly unknown[];
  answered(answer: Answer): void;
  failed(error: Error): void;
}

/**
 * The transaction of one command. What is asked for at the same moment travels together, in the order asked: `begin` and the
 * tenant with the first statement, and whatever follows without waiting for answers with the next. What failed once fails
 * every later statement and the commit, with the first reason.
 */
export class CommandTransaction {
  readonly #client: pg.PoolClient;
  readonly #opening: readonly Statement[];
  #waiting: Asked[] = [];
  #begun = false;
  #travelling = false;
  #failure: Error | undefined;

  constructor(client: pg.PoolClient, tenant: Statement) {
    this.#client = client;
    this.#opening = [statementOf('begin', []), tenant];
  }

  /** Runs a statement and answers its rows. */
  run(text: string, values: readonly unknown[] = []): Promise<Answer> {
    return new Promise((answered, failed) => {
      if (this.#waiting.length === 0 && !this.#travelling) this.#soon();
      this.#waiting.push({ text, values, answered, failed });
    });
  }

  /** Runs a statement whose answer nobody needs: a failure fails the commit. */
  send(text: string, values: readonly unknown[] = []): void {
    this.run(text, values).catch(() => undefined);
  }

  async commit(): Promise<void> {
    if (this.#begun || this.#waiting.length > 0) await this.run('commit');
    // The connection is somebody else's from here on.
    this.#failure = new Error('the command is over');
    this.#client.release();
  }

  async rollback(): Promise<void> {
    this.#failure ??= new Error('the command was given up');
    try {
      if (this.#begun) await this.#client.query('rollback');
      this.#client.release();
    } catch (error) {
      this.#client.release(true);
      throw error;
    }
  }

  /** After the code that asks now has come to wait for something. */
  #soon(): void {
    process.nextTick(() => this.#travel());
  }

  #travel(): void {
    const asked = this.#waiting;
    this.#waiting = [];
    if (this.#failure) {
      for (const { failed } of asked) failed(this.#failure);
      return;
    }
    const opening = this.#begun ? [] : this.#opening;
    const arrived = (error: Error | null, answers: Answer[]): void => {
      this.#travelling = false;
      if (error) this.#failure = error;
      for (const [at, { answered, failed }] of asked.entries()) {
        const answer = answers[at + opening.length];
        if (answer) answered(answer);
        else failed(error ?? new Error('a statement without an answer'));
      }
      if (this.#waiting.length > 0) this.#soon();
    };
    try {
      // Values that cannot be sent throw before anything is.
      const statements = asked.map(({ text, values }) => statementOf(text, values));
      const trip = new RoundTrip([...opening, ...statements], arrived);
      this.#begun = true;
      this.#travelling = true;
      this.#client.query(trip);
    } catch (error) {
      arrived(error instanceof Error ? error : new Error(String(error)), []);
    }
  }
}
