import { createSourceEventStream, type FormattedExecutionResult } from 'graphql';
import { assertAffordable } from '../graphql/limits.ts';
import {
  type Answering,
  answer,
  type Caller,
  type LiveOperation,
  present,
  refusal,
  type Seat,
} from './answer.ts';
import { Member } from './member.ts';
import { Subscriber } from './subscriber.ts';

/**
 * Opens a subscription. Those to events join a group, others are executed for themselves. When the source ends with an error
 * (RESYNC), the last result carries it, in the same form as an error at the start.
 */
export async function openLive(
  options: Answering,
  operation: LiveOperation,
  seat: Seat,
  grouped: boolean,
): Promise<FormattedExecutionResult | AsyncIterableIterator<FormattedExecutionResult>> {
  const { engine, contextFor } = options;
  const { document, operationName, variables } = operation;
  const { caller } = seat;
  try {
    assertAffordable(engine.schema, document, operationName, variables);
    const context = {
      ...contextFor(caller),
      get viewer() {
        return caller.viewer;
      },
    };
    const source = await createSourceEventStream({
      schema: engine.schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      contextValue: context,
    });
    if (!(Symbol.asyncIterator in source)) return present(engine, source, caller);
    if (grouped && source instanceof Subscriber) return new Member(options, operation, seat, source);
    return new Results(options, operation, caller, source[Symbol.asyncIterator]() as AsyncIterator<unknown>);
  } catch (error) {
    return refusal(options, caller, error);
  }
}

/** Events in, results out. Its `return` works while an event is awaited, which a generator's would not. */
class Results implements AsyncIterableIterator<FormattedExecutionResult> {
  readonly #answering: Answering;
  readonly #operation: LiveOperation;
  readonly #caller: Caller;
  readonly #source: AsyncIterator<unknown>;

  constructor(
    answering: Answering,
    operation: LiveOperation,
    caller: Caller,
    source: AsyncIterator<unknown>,
  ) {
    this.#answering = answering;
    this.#operation = operation;
    this.#caller = caller;
    this.#source = source;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<FormattedExecutionResult>> {
    try {
      const { value, done } = await this.#source.next();
      if (done) return { value: undefined, done };
      return { value: await answer(this.#answering, this.#operation, this.#caller, value), done: false };
    } catch (error) {
      await this.return();
      return { value: refusal(this.#answering, this.#caller, error), done: false };
    }
  }

  async return(): Promise<IteratorResult<FormattedExecutionResult>> {
    await this.#source.return?.();
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<IteratorResult<FormattedExecutionResult>> {
    await this.return();
    throw error;
  }
}
