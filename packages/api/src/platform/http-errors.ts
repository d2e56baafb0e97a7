import { randomBytes } from 'node:crypto';
import { type ErrorCode, errors, localeFrom, say } from '@desk/schema';
import type { FastifyInstance } from 'fastify';

/** Errors before GraphQL begins (bodies that are no JSON, too large or too many) look like GraphQL's own. */
export function answerErrors(fastify: FastifyInstance): void {
  fastify.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    const locale = localeFrom(request.headers['accept-language']);
    const answer = (code: string, message: string) =>
      reply
        .code(status)
        .type('application/json')
        .send({ errors: [{ message, extensions: { code } }] });
    const spoken = (code: ErrorCode, values = {}) => answer(code, say(errors[code].text, locale, values));
    if (status === 429) return spoken('TOO_MANY_REQUESTS');
    if (status < 500) return answer('BAD_REQUEST', error.message);
    const id = randomBytes(6).toString('hex');
    request.log.error(
      { id, requestId: request.id, name: error.name, stack: error.stack?.split('\n').slice(1, 12) },
      'unexpected error',
    );
    return spoken('INTERNAL', { id });
  });
}
