/** Clerks who take tickets in, confirm and dispatch them through HTTP, on a real server with clocks, events and escalations on. */
import type pg from 'pg';
import { ask } from '../../../bench/load.ts';
import { cpuBetween, cpuOf, cpuOfDatabase, type Peer, pinToLoad, startPeer } from '../../../bench/servers.ts';
import { at, round } from './figures.ts';
import { makeDue, makePlace } from './promises-seed.ts';

/** Clerks spread over so many communities: numbers have no gaps, so the intakes of one community wait for each other. */
export interface Form {
  communities: number;
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU milliseconds of one write. */
  server: number;
  database: number;
}

export interface Writes {
  rounds: number;
  seconds: number;
  connections: number;
  forms: Form[];
  escalated: number;
  latestMs: number;
}

const [rounds, seconds, connections] = [2, 15, 16];

const mutation = (name: string): string =>
  `mutation ${name}($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ticket { id version } userErrors { code message } } }`;

interface Desk {
  url: string;
  token: string;
  units: string[];
}

/** One clerk: takes a ticket in, confirms and dispatches it, and begins anew. Adds the milliseconds of each write to `times`. */
async function clerk(
  { url, token, units }: Desk,
  until: number,
  index: number,
  times: number[],
): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const write = async (name: string, input: object): Promise<{ id: string; version: number }> => {
    const began = performance.now();
    const body = JSON.stringify({ query: mutation(name), variables: { input } });
    const data = (await ask(url, { path: '/graphql', headers, body })) as Record<
      string,
      { ticket: { id: string; version: number } | null; userErrors: unknown[] }
    >;
    times.push(performance.now() - began);
    const { ticket, userErrors } = data[name] ?? { ticket: null, userErrors: [] };
    if (!ticket) throw new Error(JSON.stringify(userErrors));
    return ticket;
  };
  for (let turn = 0; performance.now() < until; turn += 1) {
    const unit = units[(index * 31 + turn * 7) % units.length];
    const made = await write('ticketCreate', { unit, kind: 'REPAIR_UNIT', title: `漏水 ${index}-${turn}` });
    const confirmed = await write('ticketConfirm', made);
    await write('ticketDispatch', { ...confirmed, department: 'ENGINEERING' });
  }
}

/** All clerks for so long; answers how long it took, in milliseconds. */
async function work(desk: Desk, length: number, times: number[]): Promise<number> {
  const began = performance.now();
  const clerks = Array.from({ length: connections }, (_, at) =>
    clerk(desk, began + length * 1_000, at, times),
  );
  await Promise.all(clerks);
  return performance.now() - began;
}

/** What one form adds up to over its rounds. */
class Sum {
  readonly times: number[] = [];
  #taken = 0;
  #server = 0;
  #database = 0;

  async round(peer: Peer, postmaster: number | undefined, desk: Desk): Promise<void> {
    const ofDatabase = () => (postmaster ? cpuOfDatabase(postmaster) : new Map<number, number>());
    const [server, database] = [cpuOf(peer.pid), ofDatabase()];
    this.#taken += await work(desk, seconds, this.times);
    this.#server += cpuOf(peer.pid) - server;
    this.#database += cpuBetween(database, ofDatabase());
  }

  form(communities: number): Form {
    const { times } = this;
    return {
      communities,
      perSecond: Math.round((times.length / this.#taken) * 1_000),
      p50: round(at(times, 0.5)),
      p99: round(at(times, 0.99)),
      server: round(this.#server / times.length, 2),
      database: round(this.#database / times.length, 2),
    };
  }
}

/** Many communities and one in turn, so that the machine's moods meet both alike. */
export async function measureWrites(
  database: { url: string; appUrl: string },
  postmaster: number | undefined,
  owner: pg.Pool,
  tell: (line: string) => void,
): Promise<Writes> {
  const { token, units } = await makePlace(owner);
  tell('Starting the server…');
  const peer = await startPeer('ours', 'packages/api/src/main.ts', {
    ...{ DATABASE_URL: database.url, APP_DATABASE_URL: database.appUrl },
    ...{ RATE_LIMIT: '100000000', LOG_LEVEL: 'warn' },
    AUTH_SECRET: 'a secret for the benchmark of at least 32 characters',
  });
  if (postmaster) pinToLoad(postmaster);
  pinToLoad(process.pid);
  try {
    const forms = [units, units.slice(0, 1)].map((places) => ({
      communities: places.length,
      desk: { url: peer.url, token, units: places.flat() },
      sum: new Sum(),
    }));
    for (const { desk } of forms) await work(desk, 3, []);
    await makeDue(owner, rounds * forms.length * seconds);
    const { rows: begin } = await owner.query<{ at: Date }>('select clock_timestamp() as at');
    for (let turn = 0; turn < rounds; turn += 1)
      for (const { desk, sum } of forms) await sum.round(peer, postmaster, desk);
    const { rows } = await owner.query<{ escalated: string; late: number }>(
      `select count(*) as escalated, coalesce(max(extract(epoch from n.created_at - c.warn_at)), 0)::float8 as late
       from notification n join ticket_clock c on c.ticket_id = n.subject_key
       where n.kind = 'PROMISE_AT_RISK' and c.kind = n.about and c.kind = 'SETTLE' and n.created_at >= $1`,
      [begin[0]?.at],
    );
    return {
      ...{ rounds, seconds, connections },
      forms: forms.map(({ communities, sum }) => sum.form(communities)),
      ...{ escalated: Number(rows[0]?.escalated), latestMs: Math.round((rows[0]?.late ?? 0) * 1_000) },
    };
  } finally {
    await peer.stop();
  }
}
