/** Rounds of load, interleaved so that noise hits all peers alike, and their medians. */
import { isDeepStrictEqual } from 'node:util';
import { ask, fire, type Shot, type Volley } from './load.ts';
import { type PeerKind, plain } from './peers.ts';
import type { Query, Sample } from './queries.ts';
import { cpuBetween, cpuOf, cpuOfDatabase, type Peer, placeFor } from './servers.ts';

export interface Contender {
  kind: PeerKind;
  peer: Peer;
}

export interface Figures {
  perSecond: number;
  /** Milliseconds, with all connections busy. */
  p50: number;
  p99: number;
  /** Milliseconds of CPU a request; null where it cannot be seen. */
  serverCpu: number;
  databaseCpu: number | null;
}

/** Milliseconds. */
export interface Wait {
  p50: number;
  p99: number;
}

export interface Course {
  query: Query;
  samples: Sample[];
  runners: { contender: Contender; shots: Shot[] }[];
}

export function course(query: Query, samples: Sample[], contenders: readonly Contender[]): Course {
  const runners = contenders.flatMap((contender) => {
    const shots = samples.flatMap((sample) => contender.kind.shot(query, sample) ?? []);
    return shots.length > 0 ? [{ contender, shots }] : [];
  });
  return { query, samples, runners };
}

/** Every peer must answer the same rows to the same samples; a comparison of different work would say nothing. */
export async function sameRows({ query, samples, runners }: Course): Promise<void> {
  const count = Math.min(10, samples.length);
  const [first, ...others] = await Promise.all(
    runners.map(async ({ contender, shots }) => ({
      kind: contender.kind,
      answers: await Promise.all(shots.slice(0, count).map((shot) => ask(contender.peer.url, shot))).then(
        plain,
      ),
    })),
  );
  for (const { kind, answers } of others) {
    const left = new Set(query.without?.[kind.answersAs] ?? []);
    const expected = withoutFields(first?.answers, left);
    if (!isDeepStrictEqual(answers, expected))
      throw new Error(
        `${query.name}: ${kind.name} answers other rows\n${JSON.stringify(expected).slice(0, 2500)}\n${JSON.stringify(answers).slice(0, 2500)}`,
      );
  }
}

function withoutFields(value: unknown, left: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutFields(one, left));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      left.has(key) ? [] : [[key, withoutFields(inner, left)]],
    ),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / (middle.length || 1);
}
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export interface Settings {
  rounds: number;
  seconds: number;
  connections: number;
  postmaster: number | undefined;
  tell(line: string): void;
}

/** Medians per query and peer. */
export async function race(
  courses: readonly Course[],
  settings: Settings,
): Promise<Map<Query, Map<string, Figures>>> {
  const runs = new Map<Query, Map<string, Figures[]>>();
  const peers = [
    ...new Set(courses.flatMap(({ runners }) => runners.map(({ contender }) => contender.peer))),
  ];
  for (let turn = 0; turn <= settings.rounds; turn += 1) {
    settings.tell(turn === 0 ? 'Warming up…' : `Round ${turn} of ${settings.rounds}…`);
    placeFor(turn, peers, settings.postmaster);
    for (const { query, runners } of courses) {
      // The order turns, too, so that nobody always runs behind the same neighbour.
      for (const { contender, shots } of turn % 4 < 2 ? runners : runners.toReversed()) {
        const figures = await once(contender, shots, settings);
        if (turn === 0) continue;
        const byPeer = runs.get(query) ?? new Map<string, Figures[]>();
        runs.set(
          query,
          byPeer.set(contender.kind.name, [...(byPeer.get(contender.kind.name) ?? []), figures]),
        );
      }
    }
  }
  return new Map(
    [...runs].map(([query, byPeer]) => [
      query,
      new Map([...byPeer].map(([name, all]) => [name, middle(all)])),
    ]),
  );
}

async function once(
  { peer }: Contender,
  shots: Shot[],
  { seconds, connections, postmaster }: Settings,
): Promise<Figures> {
  const before = cpuOf(peer.pid);
  const databaseBefore = postmaster && cpuOfDatabase(postmaster);
  const volley: Volley = await fire(peer.url, shots, connections, seconds);
  const each = (used: number) => round(used / volley.requests, 3);
  return {
    perSecond: round(volley.requests / volley.seconds, 1),
    p50: round(volley.p50, 2),
    p99: round(volley.p99, 2),
    serverCpu: each(cpuOf(peer.pid) - before),
    databaseCpu:
      postmaster && databaseBefore ? each(cpuBetween(databaseBefore, cpuOfDatabase(postmaster))) : null,
  };
}

function middle(all: readonly Figures[]): Figures {
  const of = (pick: (figures: Figures) => number, digits: number) => round(median(all.map(pick)), digits);
  return {
    perSecond: of((one) => one.perSecond, 1),
    p50: of((one) => one.p50, 2),
    p99: of((one) => one.p99, 2),
    serverCpu: of((one) => one.serverCpu, 3),
    databaseCpu: all.some((one) => one.databaseCpu === null) ? null : of((one) => one.databaseCpu ?? 0, 3),
  };
}

/** What one user waits: one connection, nothing else going on. Rounds of all courses in turn, medians of them. */
export async function alone(
  courses: readonly Course[],
  seconds: number,
  rounds = 3,
): Promise<Map<string, Wait>> {
  const found = new Map<string, Wait[]>();
  for (let turn = 0; turn <= rounds; turn += 1)
    for (const { query, runners } of courses) {
      const [ours] = runners;
      if (!ours) continue;
      const { p50, p99 } = await fire(
        ours.contender.peer.url,
        ours.shots,
        1,
        turn === 0 ? 0.5 : seconds / rounds,
      );
      if (turn > 0) found.set(query.name, [...(found.get(query.name) ?? []), { p50, p99 }]);
    }
  return new Map(
    [...found].map(([name, waits]) => [
      name,
      {
        p50: round(median(waits.map((one) => one.p50)), 2),
        p99: round(median(waits.map((one) => one.p99)), 2),
      },
    ]),
  );
}
