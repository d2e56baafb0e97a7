/**
 * The practical ceiling: Fastify and one statement by hand per query, which makes the JSON itself. The tenant is set in turn
 * (BEGIN, set_config, the statement, COMMIT) or, with TENANT=pipelined, in the statement's own round trip.
 */
import Fastify from 'fastify';
import pg from 'pg';
import { TenantQuery } from '../../packages/api/src/platform/db/tenant-query.ts';

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.DATABASE_POOL),
  idleTimeoutMillis: 300_000, // as ours: else each round would begin with new connections
  options: '-c role=desk_app -c timezone=UTC',
});

const pair = (alias: string, name = 'name') =>
  `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, '${name === 'full_name' ? 'fullName' : name}', ${alias}.${name}) end`;

const statements: Record<string, { text: string; values: (sample: Record<string, string>) => unknown[] }> = {
  ticket: {
    text: `select json_build_object('ticket', json_build_object('id', t.id, 'number', t.number, 'title', t.title, 'status', t.status, 'kind', t.kind, 'urgent', t.urgent, 'receivedAt', t.received_at,
        'unit', case when u.id is not null then json_build_object('id', u.id, 'fullName', u.full_name, 'floor', u.floor) end, 'building', ${pair('b')}, 'reporter', ${pair('r')}))::text
      from ticket t left join unit u on u.id = t.unit_id left join building b on b.id = t.building_id left join resident r on r.id = t.reporter_id where t.id = $1`,
    values: ({ id }) => [id],
  },
  tickets: {
    text: `select json_build_object('tickets', coalesce(json_agg(x.row), '[]'))::text from (
      select json_build_object('id', t.id, 'number', t.number, 'title', t.title, 'status', t.status, 'urgent', t.urgent, 'receivedAt', t.received_at,
        'unit', ${pair('u', 'full_name')}, 'building', ${pair('b')}, 'reporter', ${pair('r')}, 'assignee', ${pair('s')}) as row
      from ticket t left join unit u on u.id = t.unit_id left join building b on b.id = t.building_id left join resident r on r.id = t.reporter_id left join staff s on s.id = t.assignee_id
      where t.status = 'CLOSED' order by t.received_at desc, t.id desc limit 50) x`,
    values: () => [],
  },
  units: {
    text: `select json_build_object('units', coalesce(json_agg(x.row order by x.full_name, x.id), '[]'))::text from (
      select u.id, u.full_name, json_build_object('id', u.id, 'fullName', u.full_name, 'status', u.status, 'area', u.area::text,
        'residencies', (select coalesce(json_agg(json_build_object('id', y.id, 'relation', y.relation, 'startsOn', y.starts_on, 'resident', ${pair('r')}) order by y.starts_on desc, y.id desc), '[]')
          from (select * from residency where unit_id = u.id order by starts_on desc, id desc limit 10) y left join resident r on r.id = y.resident_id),
        'fees', (select coalesce(json_agg(json_build_object('id', f.id, 'number', f.number, 'kind', f.kind, 'amount', f.amount, 'dueOn', f.due_on, 'status', f.status) order by f.created_at desc, f.id desc), '[]')
          from (select * from fee where unit_id = u.id order by created_at desc, id desc limit 5) f)) as row
      from unit u where u.building_id = $1 order by u.full_name, u.id limit 20) x`,
    values: ({ id }) => [id],
  },
  search: {
    text: `select json_build_object('residents', coalesce(json_agg(x.row), '[]'))::text from (
      select json_build_object('id', r.id, 'name', r.name, 'phone', overlay(r.phone placing '****' from 4 for 4),
        'residencies', (select coalesce(json_agg(json_build_object('relation', y.relation, 'unit', ${pair('u', 'full_name')}) order by y.starts_on desc, y.id desc), '[]')
          from (select * from residency where resident_id = r.id order by starts_on desc, id desc limit 3) y left join unit u on u.id = y.unit_id)) as row
      from resident r where r.id = any(array(select search_rows('resident', array['%' || $1 || '%']))) order by r.pinyin, r.id limit 10) x`,
    values: ({ search }) => [search],
  },
};

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

async function pipelined(tenant: string, name: string, text: string, values: unknown[]): Promise<unknown> {
  const client = await pool.connect();
  try {
    return await new Promise((done, fail) => {
      client.query(
        new TenantQuery(tenant, { name, text, values }, (error, result) =>
          error ? fail(error) : done(result.rows[0]?.[0]),
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
