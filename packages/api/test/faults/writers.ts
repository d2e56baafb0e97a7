import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Places } from '../harness/desk.ts';
import { type Data, mutate, Refused } from '../harness/process.ts';

/** A write that was acknowledged, to be found again in the end. */
export interface Acknowledged {
  /** Its idempotency key, which is also the title of a ticket and the note of a payment. */
  key: string;
  kind: 'ticket' | 'payment' | 'update';
  answer: Data;
}

interface Command {
  kind: Acknowledged['kind'];
  name: string;
  selection: string;
  input: object;
}

/**
 * Writes one after the other, each repeated with its idempotency key, at any process, until it is answered. Some answered
 * ones are sent once more: the answer must be the same.
 */
export class Writer {
  readonly acknowledged: Acknowledged[] = [];
  /** Requests that were not answered and sent again. */
  retries = 0;
  /** Answered requests that were sent again on purpose. */
  repeats = 0;
  /** What must not happen, as sentences. */
  readonly faults: string[] = [];
  #stopped = false;
  #waiting = false;
  /** The writer's last ticket, which it changes now and then. */
  #ticket: { id: string; version: number } | undefined;

  constructor(
    readonly name: string,
    readonly options: { url(): string; token: string; places: Places },
  ) {}

  /** Whether a request is on its way. */
  get waiting(): boolean {
    return this.#waiting;
  }

  stop(): void {
    this.#stopped = true;
  }

  async run(): Promise<void> {
    for (let count = 0; !this.#stopped; count += 1) {
      const key = `${this.name}-${count}`;
      const command = this.#command(count, key);
      const answer = await this.#untilAnswered(command);
      if (answer === undefined) return;
      this.acknowledged.push({ key, kind: command.kind, answer });
      if (answer.ticket) this.#ticket = answer.ticket;
      if (randomInt(8) === 0) await this.#repeat(command, answer);
      await pause(randomInt(20));
    }
  }

  #command(count: number, key: string): Command {
    const { units } = this.options.places;
    const unit = units[count % units.length];
    const kind = count % 3 === 0 ? 'payment' : count % 3 === 1 || !this.#ticket ? 'ticket' : 'update';
    if (kind === 'payment')
      return {
        kind,
        name: 'paymentCreate',
        selection: 'payment { id number receiptNumber amount status }',
        input: { unit, method: 'CASH', amount: 100 + count, note: key, idempotencyKey: key },
      };
    if (kind === 'update')
      return {
        kind,
        name: 'ticketUpdate',
        selection: 'ticket { id version title }',
        input: { ...this.#ticketOnly(), title: key, idempotencyKey: key },
      };
    return {
      kind,
      name: 'ticketCreate',
      selection: 'ticket { id version title }',
      input: {
        unit,
        kind: 'REPAIR_UNIT',
        title: key,
        reporterName: '住户',
        reporterPhone: '13800000000',
        readBack: true,
        idempotencyKey: key,
      },
    };
  }

  #ticketOnly(): { id: string; version: number } {
    const { id = '', version = 0 } = this.#ticket ?? {};
    return { id, version };
  }

  /** Undefined when it was refused, which is a fault: nobody else changes what this writer changes. */
  async #untilAnswered({ name, input, selection }: Command): Promise<Data | undefined> {
    for (;;) {
      try {
        this.#waiting = true;
        return await mutate(this.options.url(), this.options.token, name, input, selection);
      } catch (error) {
        if (error instanceof Refused) {
          this.faults.push(`${name} ${JSON.stringify(input)} was refused: ${error.message}`);
          return undefined;
        }
        this.retries += 1;
        await pause(50 + randomInt(200));
      } finally {
        this.#waiting = false;
      }
    }
  }

  async #repeat(command: Command, answer: Data): Promise<void> {
    const again = await this.#untilAnswered(command);
    this.repeats += 1;
    if (JSON.stringify(again) !== JSON.stringify(answer))
      this.faults.push(
        `${command.name} was answered ${JSON.stringify(answer)} and then ${JSON.stringify(again)}`,
      );
  }
}
