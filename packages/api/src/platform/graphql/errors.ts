import { randomBytes } from 'node:crypto';
import { errors, type Locale, say } from '@desk/schema';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { Refusal } from '../errors.ts';

/** Codes that callers may see; everything else is a surprise and is masked. */
const open = new Set<unknown>([
  ...Object.keys(errors),
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
]);

/** An error as the caller sees it. Surprises get an id, are logged with it, and say nothing of the inside. */
export function presentError(error: unknown, locale: Locale, log: Logger): GraphQLFormattedError {
  const { locations, path, originalError } = error as Partial<GraphQLError>;
  // Compiled execution wraps what a resolver threw, and leaves the extensions on the inside.
  const thrown = originalError ?? error;
  const inner = thrown instanceof Refusal ? thrown.toGraphQL(locale) : thrown;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (inner instanceof GraphQLError) {
    const { code = 'BAD_USER_INPUT', http: _, stacktrace: __, ...rest } = inner.extensions ?? {};
    if (open.has(code)) return { message: inner.message, ...place, extensions: { ...rest, code } };
  }
  const id = randomBytes(6).toString('hex');
  log.error({ id, err: describeError(thrown), path }, 'unexpected error');
  return {
    message: say(errors.INTERNAL.text, locale, { id }),
    ...place,
    extensions: { code: 'INTERNAL', id },
  };
}

/** Type, place and SQL state, but never the message's data: database errors quote the values of rows. */
export function describeError(thrown: unknown): object {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { code, constraint, table, routine } = error as Error & Record<string, unknown>;
  const safe = code === undefined ? error.message : undefined;
  return {
    name: error.name,
    message: safe,
    code,
    constraint,
    table,
    routine,
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12),
  };
}
