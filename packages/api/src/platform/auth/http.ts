import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Auth, addressHeader } from './better-auth.ts';

/** What the API offers of better-auth; everything else (sign-up, profile, providers) does not exist here. */
const routes = {
  GET: ['/get-session', '/list-sessions'],
  POST: [
    '/sign-in/email',
    '/sign-out',
    '/change-password',
    '/revoke-session',
    '/revoke-sessions',
    '/revoke-other-sessions',
  ],
} as const;

/** Mounts sign-in and sessions at /api/auth. Bodies are read raw: better-auth checks them itself. */
export async function mountAuth(fastify: FastifyInstance, auth: Auth): Promise<void> {
  await fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) =>
      done(null, body),
    );
    for (const [method, paths] of Object.entries(routes))
      for (const path of paths)
        scope.route({
          method,
          url: `/api/auth${path}`,
          handler: async (request, reply) => {
            const response = await auth.handle(toWeb(request));
            reply.status(response.status);
            for (const [name, value] of response.headers)
              if (name !== 'set-cookie') reply.header(name, value);
            const cookies = response.headers.getSetCookie();
            if (cookies.length > 0) reply.header('set-cookie', cookies);
            const wait = response.headers.get('x-retry-after');
            if (wait) reply.header('retry-after', wait);
            return reply.send(await response.text());
          },
        });
  });
}

function toWeb(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, String(value));
  headers.delete('content-length');
  headers.set(addressHeader, request.ip);
  // Browsers name the origin of every POST. Who names none is no browser, has no cookies but its own, and needs no guarding.
  const browser = headers.has('origin') || headers.has('referer') || headers.has('sec-fetch-site');
  if (!browser) headers.set('origin', `${request.protocol}://${request.host}`);
  const body = typeof request.body === 'string' && request.body !== '' ? request.body : null;
  return new Request(`${request.protocol}://${request.host}${request.url}`, {
    method: request.method,
    headers,
    body,
  });
}
