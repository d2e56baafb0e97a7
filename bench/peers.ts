/** The peers: how each is started, asked, and how its answers compare. */
import { splitId } from '../packages/api/src/platform/ids.ts';
import type { Shot } from './load.ts';
import { openStates, type PeerName, type Query, type Sample } from './queries.ts';

export interface PeerKind {
  name: string;
  /** Which of the queries' peers it is. */
  answersAs: PeerName;
  title: string;
  script: string;
  env: Record<string, string>;
  /** The request, or undefined when the peer does not have the query. */
  shot(query: Query, sample: Sample): Shot | undefined;
}

const graphql = (document: string, variables: object, headers: Record<string, string>): Shot => ({
  path: '/graphql',
  headers,
  body: JSON.stringify({ query: document, variables }),
});
/** What is not declared by a document is not sent: some servers refuse it. */
const valuesOf = ({ id, offset, search }: Sample) => ({
  ...(id && { id }),
  ...(offset !== undefined && { offset }),
  ...(search && { search }),
});
const told = ({ tenant }: Sample) => ({ 'x-organisation': tenant.id });

const naiveTicket =
  'id number title status urgent receivedAt unit { id fullName } building { id name } reporter { id name } assignee { id name }';
const naiveListed = 'id number title status receivedAt';
const naiveFee = 'id number kind amount dueOn status';
const naive: Record<string, string> = {
  ticket:
    'query ticket($id: ID!) { ticket(id: $id) { id number title status kind urgent receivedAt unit { id fullName floor } building { id name } reporter { id name } } }',
  tickets: `query tickets { tickets(first: 50, status: "CLOSED") { ${naiveTicket} } }`,
  page1000: `query page($offset: Int!) { tickets(first: 50, offset: $offset, status: "CLOSED") { ${naiveTicket} } }`,
  units:
    'query units($id: ID!) { units(first: 20, building: $id) { id fullName status area residencies(first: 10) { id relation startsOn resident { id name } } fees(first: 5) { id number kind amount dueOn status } } }',
  file: `query file($id: ID!) { unit(id: $id) { id fullName kind status area layout building { id name } community { id name }
    residencies(first: 20) { id relation share startsOn endsOn resident { id name specialCare emergencyName } }
    fees(first: 20) { ${naiveFee} } unpaid: fees(first: 20, status: "ISSUED") { ${naiveFee} } payments(first: 20) { id number method amount receivedAt }
    ${Object.entries({ repairs: 'REPAIR_UNIT', complaints: 'COMPLAINT', defects: 'DEFECT' })
      .map(([name, kind]) => `${name}: tickets(first: 20, kind: "${kind}") { ${naiveListed} }`)
      .join(' ')}
    calls(first: 20) { id direction status ringAt } notices { id title status }
    renovationPermits(first: 10) { id number status papers } keys(first: 20) { id number status } keyLoans(first: 20) { id status dueAt }
    history(first: 20) { type at actor { name } } } }`,
  home: `query home { ${['open', 'urgent', ...openStates, 'loans', 'permits', 'unpaid', 'overdue'].map((figure) => `${figure}: count(what: "${figure}") { totalCount totalCountPrecision }`).join(' ')} }`,
  search:
    'query search($search: String!) { residents(first: 10, search: $search) { id name residencies(first: 3) { relation unit { id fullName } } } }',
};

const sql = (name: string, title: string, env: Record<string, string>): PeerKind => ({
  name,
  answersAs: 'sql',
  title,
  script: 'bench/peers/sql.ts',
  env,
  shot: (query, sample) => {
    if (!query.peers.includes('sql')) return undefined;
    const { tenant: _, ...values } = sample;
    return { path: `/${query.name}`, headers: told(sample), body: JSON.stringify(values) };
  },
});

export const peers: PeerKind[] = [
  {
    name: 'ours',
    answersAs: 'ours',
    title: 'ours, everything on',
    script: 'packages/api/src/main.ts',
    env: { DEMO: 'false', JOBS: 'off', RATE_LIMIT: '1000000000', LOG_LEVEL: 'info' },
    shot: (query, sample) =>
      graphql(query.ours, query.variables?.(sample) ?? {}, {
        authorization: `Bearer ${sample.tenant.token}`,
      }),
  },
  {
    name: 'postgraphile',
    answersAs: 'postgraphile',
    title: 'PostGraphile 5.1, row-level security through pgSettings',
    script: 'bench/peers/postgraphile.ts',
    env: { GRAPHILE_ENV: 'production' },
    shot: (query, sample) =>
      query.postgraphile ? graphql(query.postgraphile, valuesOf(sample), told(sample)) : undefined,
  },
  {
    name: 'naive',
    answersAs: 'naive',
    title: 'Apollo Server, MikroORM find and populate',
    script: 'bench/peers/naive.ts',
    env: {},
    shot: (query, sample) => {
      const document = naive[query.name];
      return document ? graphql(document, valuesOf(sample), told(sample)) : undefined;
    },
  },
  sql('sql in turn', 'Fastify, one statement by hand, tenant set in turn', {}),
  sql('sql', 'Fastify, one statement by hand, tenant in one round trip', { TENANT: 'pipelined' }),
];

/** An answer without what peers spell differently: lists without `nodes`, UUIDs, instants, numbers as numbers. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const nodes = entries.find(([key]) => key === 'nodes');
    return nodes ? plain(nodes[1]) : Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
  }
  if (typeof value !== 'string') return value;
  const id = splitId(value);
  if (id) return id.uuid;
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return new Date(value).toISOString();
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
