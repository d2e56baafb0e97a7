import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
} from 'graphql';
import type { Context } from '../context.ts';
import type { Engine } from '../graphql/engine.ts';
import { presentError } from '../graphql/errors.ts';
import { assertAffordable } from '../graphql/limits.ts';

/** One subscription operation, as a client sent it. */
export interface LiveOperation {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  /** The context of the subscription itself; its `viewer` follows the connection's. */
  context: Context;
  /** A fresh context: one per event, because a reader remembers what it read. */
  fresh(): Context;
}

/**
 * Opens a subscription. Every event is executed once with the rights of that moment. When the source ends with an error
 * (RESYNC), the last result carries it, in the same form as an error at the start.
 */
export async function openLive(
  engine: Engine,
  operation: LiveOperation,
): Promise<FormattedExecutionResult | AsyncIterableIterator<FormattedExecutionResult>> {
  const { document, operationName, variables, context } = operation;
  const { schema } = engine;
  const refusal = (error: unknown): FormattedExecutionResult => ({
    errors: [presentError(error, context.locale, engine.log)],
  });
  try {
    assertAffordable(schema, document, operationName, variables);
    const source = await createSourceEventStream({
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      contextValue: context,
    });
    if (!(Symbol.asyncIterator in source)) return present(engine, source, context);
    return new Results(engine, operation, source[Symbol.asyncIterator]() as AsyncIterator<unknown>, refusal);
  } catch (error) {
    return refusal(error);
  }
}

/** Events in, results out. Its `return` works while an event is awaited, which a generator's would not. */
class Results implements AsyncIterableIterator<FormattedExecutionResult> {
  readonly #engine: Engine;
  readonly #operation: LiveOperation;
  readonly #source: AsyncIterator<unknown>;
  readonly #refusal: (error: unknown) => FormattedExecutionResult;

  constructor(
    engine: Engine,
    operation: LiveOperation,
    source: AsyncIterator<unknown>,
    refusal: (error: unknown) => FormattedExecutionResult,
  ) {
    this.#engine = engine;
    this.#operation = operation;
    this.#source = source;
    this.#refusal = refusal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<FormattedExecutionResult>> {
    try {
      const { value, done } = await this.#source.next();
      return done ? { value: undefined, done } : { value: await this.#execute(value), done: false };
    } catch (error) {
      await this.return();
      return { value: this.#refusal(error), done: false };
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

  async #execute(event: unknown): Promise<FormattedExecutionResult> {
    const { document, operationName, variables, fresh } = this.#operation;
    const context = fresh();
    const result = await this.#engine.execute(document, operationName, variables, context, event);
    return present(this.#engine, result, context);
  }
}

function present(
  engine: Engine,
  { data, errors }: ExecutionResult,
  { locale }: Context,
): FormattedExecutionResult {
  return {
    ...(errors?.length && { errors: errors.map((error) => presentError(error, locale, engine.log)) }),
    ...(data !== undefined && { data: data ?? null }),
  };
}
