import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

type Headers = Record<string, string>;

/** Of Helmet's headers those that matter for what is no page; the others tell browsers how to show one. */
const forData = [
  'cross-origin-resource-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
];

/** The console loads nothing from elsewhere; its styles are made while it runs. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", 'ws:', 'wss:'],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
  },
};

/** Helmet's headers on every answer. They never differ, so Helmet is asked once and not for each request. */
export function sendSecurityHeaders(fastify: FastifyInstance): void {
  const page = helmetHeaders();
  const data = {
    ...Object.fromEntries(Object.entries(page).filter(([name]) => forData.includes(name))),
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.routeOptions.url === '/graphql' ? data : page);
    done();
  });
}

function helmetHeaders(): Headers {
  const headers: Headers = {};
  const response = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  helmet({ contentSecurityPolicy })({} as IncomingMessage, response as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return headers;
}
