/**
 * The practical ceiling: Fastify and one statement by hand per query, which makes the JSON itself. The tenant is set in turn
 * (BEGIN, set_config, the statement, COMMIT) or, with TENANT=pipelined, in the statement's own round trip.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { RoundTrip, setTenant } from '../../packages/api/src/platform/db/round-trip.ts';
import { statements } from './statements.ts';

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL),
  idleTimeoutMillis: 300_000, // as ours: else each round would begin with new connections
  options: '-c role=desk_app -c timezone=UTC',
});

async function inTurn(tenant: string, name: string, text: string, values: unknown[]): Promise<unknown> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({ name: 'tenant', text: "select set_config('app.org', $1, true)", values: [tenant] });
    const { rows } = await client.query({ name, text, values, rowMode: 'array' });
    await client.query('commit');
    return rows[0]?.[0];
  } finally {
    client.release();
  }
}

async function pipelined(tenant: string, _name: string, text: string, values: unknown[]): Promise<unknown> {
  const client = await pool.connect();
  try {
    return await new Promise((done, fail) => {
      client.query(
        new RoundTrip([setTenant(tenant), { text, values }], (error, [, answer]) =>
          error ? fail(error) : done(answer?.rows[0]?.[0]),
        ),
      );
    });
  } finally {
    client.release();
  }
}

const run = process.env.TENANT === 'pipelined' ? pipelined : inTurn;
const fastify = Fastify();
for (const [name, { text, values }] of Object.entries(statements))
  fastify.post<{ Body: Record<string, string> }>(`/${name}`, async ({ headers, body }, reply) =>
    reply
      .type('application/json')
      .send(`{"data":${await run(String(headers['x-organisation']), name, text, values(body))}}`),
  );
await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
