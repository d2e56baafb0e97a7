import type { Locale } from '@desk/schema';
import type { DocumentNode, ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Engine } from '../graphql/engine.ts';
import { presentError } from '../graphql/errors.ts';
import type { Viewer } from '../viewer.ts';
import type { EventStreams } from './stream.ts';

/** Who asks, with the rights of this moment. */
export interface Caller {
  readonly viewer: Viewer | null;
  readonly locale: Locale;
}

/** The place of one operation on a connection. */
export interface Seat {
  readonly caller: Caller;
  /** Id of the operation: JSON, one character a byte. */
  readonly id: string;
  /** Sends ready frames, one character a byte, unless the connection is closing. */
  write(frames: string): void;
}

/** One subscription operation, as a client sent it. */
export interface LiveOperation {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** What answers operations. */
export interface Answering {
  engine: Engine;
  events: EventStreams;
  /** A fresh context: one per event, because a reader remembers what it read. */
  contextFor(caller: Caller): Context;
}

/** Executes one event. While the database cannot be reached it waits: an event is late then, but never half answered. */
export async function answer(
  { engine, events, contextFor }: Answering,
  { document, operationName, variables }: LiveOperation,
  caller: Caller,
  event: unknown,
): Promise<FormattedExecutionResult> {
  const execute = () => engine.execute(document, operationName, variables, contextFor(caller), event);
  const result = await events.patiently(async () => {
    const found = await execute();
    const outage = found.errors?.find(isOutage);
    if (outage) throw outage.originalError;
    return found;
  });
  return present(engine, result ?? (await execute()), caller);
}

/** What callers may see of a result. */
export function present(
  engine: Engine,
  { data, errors }: ExecutionResult,
  { locale }: Caller,
): FormattedExecutionResult {
  return {
    ...(errors?.length && { errors: errors.map((error) => presentError(error, locale, engine.log)) }),
    ...(data !== undefined && { data: data ?? null }),
  };
}

/** The last result of a subscription that ends with an error, in the same form as an error at its start. */
export const refusal = (
  { engine }: Pick<Answering, 'engine'>,
  { locale }: Caller,
  error: unknown,
): FormattedExecutionResult => ({ errors: [presentError(error, locale, engine.log)] });

/** Errors of a connection to the database, or of a server that is going down or coming up. */
function isOutage({ originalError }: GraphQLError): boolean {
  if (!originalError) return false;
  const code = 'code' in originalError ? String(originalError.code) : '';
  return (
    /^(08|57P0|ECONN|EPIPE|ETIMEDOUT)/.test(code) || /^Connection terminated/.test(originalError.message)
  );
}
