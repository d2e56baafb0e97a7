import { hostname } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/**
 * Prometheus metrics of one process, each with the label `process`, so that those of several can be told apart and added up,
 * and one log line for each request: never bodies, queries, cookies or names.
 */
export function observe(fastify: FastifyInstance, port: number): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ process: `${hostname()}:${port || process.pid}` });
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const aborted = new Counter({
    name: 'http_requests_aborted_total',
    help: 'Requests that their client gave up.',
    registers: [registry],
  });

  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    const ms = reply.elapsedTime;
    seconds.observe({ method: request.method, route, status: reply.statusCode }, ms / 1000);
    if (route !== '/health' && route !== '/ready' && route !== '/metrics')
      request.log.info(
        {
          requestId: request.id,
          method: request.method,
          route,
          status: reply.statusCode,
          ms: Math.round(ms * 10) / 10,
        },
        'request',
      );
    done();
  });
  fastify.addHook('onRequestAbort', (_request, done) => {
    aborted.inc();
    done();
  });
  fastify.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return registry;
}
