/** Who is measured: each process serves the same events to the same sockets. */
export interface Contender {
  name: string;
  title: string;
  script: string;
  env: Record<string, string>;
  document: string;
  greeting(token: string): object;
  /** Hears of events by NOTIFY. */
  notified?: boolean;
}

const events =
  'subscription { events { reason cursor type at actor { kind name } changes { field from to } } }';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** The benchmark opens more sockets of one token than anybody should. */
const ours = {
  DEMO: 'false',
  JOBS: 'off',
  LOG_LEVEL: 'warn',
  RATE_LIMIT: '1000000000',
  SOCKETS_PER_TOKEN: '100000',
};

export const contenders: readonly Contender[] = [
  {
    name: 'ours',
    title: 'once per group',
    script: 'packages/api/src/main.ts',
    env: ours,
    document: events,
    greeting: bearer,
  },
  {
    name: 'plain',
    title: 'graphql-ws as its documentation shows it, same schema and outbox, executed per subscriber',
    script: 'packages/api/bench/live-plain.ts',
    env: ours,
    document: events,
    greeting: bearer,
  },
  {
    name: 'postgraphile',
    title: 'PostGraphile 5.1 subscriptions, LISTEN/NOTIFY',
    script: 'bench/live/peers/postgraphile.ts',
    env: { GRAPHILE_ENV: 'production' },
    document: 'subscription { live { reason type id at actor changes } }',
    greeting: () => ({}),
    notified: true,
  },
];

/** With its record: what consoles ask for. Each event costs one statement for the group. */
export const withRecord =
  'subscription { unitChanged { reason cursor type at actor { kind name } changes { field from to } unit { id fullName floor status building { name } } } }';
