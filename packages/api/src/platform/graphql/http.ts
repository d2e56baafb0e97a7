import type { Locale } from '@desk/schema';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { createHandler, type Response } from 'graphql-http';
import type { Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Engine } from './engine.ts';

/** Who asks, and the context of the operation for it; a wrong token throws UNAUTHENTICATED. */
export type ContextOf = (request: FastifyRequest) => Promise<Context>;

/** What one request needs besides the operation; the library hands it through as its own context. */
interface Operation {
  [key: PropertyKey]: unknown;
  context: Context;
}

/**
 * GraphQL over HTTP as graphql-http's reference implementation understands the specification, executed by our engine. Its audit
 * suite is among the tests (test/http/audit.test.ts).
 */
export function graphqlHandler(
  engine: Engine,
  contextOf: ContextOf,
  localeOf: (request: FastifyRequest) => Locale,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const handle = createHandler<FastifyRequest, undefined, Operation>({
    onSubscribe: async ({ raw, method }, { query, operationName, variables }) => {
      if (method === 'GET' && mayBeForged(raw)) return forged;
      const prepared = engine.prepare(query);
      if ('errors' in prepared) return prepared.errors;
      try {
        return {
          ...{ schema: engine.schema, document: prepared.document, operationName, variableValues: variables },
          contextValue: { context: await contextOf(raw) },
        };
      } catch (error) {
        if (error instanceof Refusal) return unauthenticated(error, localeOf(raw));
        throw error;
      }
    },
    // The engine knows errors as callers may see them already, so the result is not touched again on its way out.
    execute: ({ document, operationName, variableValues, contextValue }) =>
      engine.run(
        document,
        operationName,
        variableValues ?? {},
        (contextValue as Operation).context,
      ) as Promise<ExecutionResult>,
    onOperation: ({ raw }, _args, result) => written(result as ExecutionResult, raw.headers.accept ?? ''),
    formatError,
  });
  return async (request, reply) => {
    const { method, url, headers, body } = request;
    const [text, { status, headers: answered }] = await handle({
      ...{ method, url, headers: headers as Record<string, string>, body: body as Record<string, unknown> },
      ...{ raw: request, context: undefined },
    });
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .headers(answered ?? {})
      .send(text);
  };
}

const jsonType = 'application/json; charset=utf-8';
const graphqlType = 'application/graphql-response+json; charset=utf-8';

/** Without `data` nothing was executed: 400 for who knows the newer media type, 200 for who only knows JSON. */
function written(result: ExecutionResult, accept: string): Response {
  const newer = accept.indexOf('application/graphql-response+json');
  const older = newer < 0 ? 0 : accept.search(/application\/(json|\*)|\*\/\*/);
  const type = newer >= 0 && (older < 0 || newer < older) ? graphqlType : jsonType;
  const undone = result.data === undefined && type === graphqlType;
  const status = undone ? 400 : 200;
  return [
    JSON.stringify(result),
    { status, statusText: undone ? 'Bad Request' : 'OK', headers: { 'content-type': type } },
  ];
}

/** What is wrong with a request, before anything is executed; each error tells its code. */
function formatError(error: Readonly<GraphQLError | Error>): GraphQLError {
  if (error instanceof GraphQLError && error.extensions.code !== undefined) return error;
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: 'BAD_REQUEST' },
  });
}

/** Headers that a page of another site cannot send without asking first (a CORS preflight). */
const askedFor = [
  'authorization',
  'x-requested-with',
  'graphql-require-preflight',
  'apollo-require-preflight',
];

/** A GET with the cookie could be a link or an image on a foreign page; a POST of JSON could not. */
const mayBeForged = ({ headers }: FastifyRequest): boolean =>
  headers.cookie !== undefined && askedFor.every((name) => headers[name] === undefined);

const refused = (status: number, statusText: string, errors: object[]): Response => [
  JSON.stringify({ errors }),
  { status, statusText, headers: { 'content-type': jsonType } },
];

const forged = refused(400, 'Bad Request', [
  {
    message: `A GET with a cookie needs one of these headers, so that no foreign page can send it: ${askedFor.join(', ')}`,
    extensions: { code: 'BAD_REQUEST' },
  },
]);

/** A wrong token spoils the whole request. */
const unauthenticated = (refusal: Refusal, locale: Locale): Response =>
  refused(401, 'Unauthorized', [refusal.toGraphQL(locale).toJSON()]);
