import type { Checks } from './checks.ts';
import type { Figures, Wait } from './measure.ts';
import type { Soak } from './soak.ts';
import { reached, type Target, targetsOf } from './targets.ts';

export interface Result {
  at: string;
  scale: string;
  seconds: number;
  rounds: number;
  connections: number;
  /** Load average of the machine before the measurement: others' work makes absolute figures smaller. */
  loadBefore: number;
  /** Of our process after the rounds, in MB. */
  memory: number;
  queries: {
    name: string;
    title: string;
    alone: Wait | null;
    peers: Record<string, Figures>;
  }[];
  /** Ours with one connection: the words of the telephone desk. */
  lookups?: { title: string; wait: Wait }[];
  /** Ours with one connection, the largest organisation beside the smallest. */
  sizes?: { name: string; large: Wait; small: Wait }[];
  checks?: Checks;
  /** Lists for which the database reads or sorts a whole large table. */
  faults?: string[];
  /** Of the newest `--soak`. */
  soak?: Soak;
}

const head = [
  'query',
  'peer',
  'requests/s',
  'ours ×',
  'p50 ms',
  'p99 ms',
  'server CPU ms',
  'database CPU ms',
];

export function rowsOf({ queries }: Result): string[][] {
  return queries.flatMap(({ name, peers }) =>
    Object.entries(peers).map(([peer, { perSecond, p50, p99, serverCpu, databaseCpu }]) => [
      name,
      peer,
      Math.round(perSecond).toLocaleString('en'),
      ((peers.ours?.perSecond ?? 0) / perSecond).toFixed(2),
      p50.toFixed(1),
      p99.toFixed(1),
      serverCpu.toFixed(2),
      databaseCpu?.toFixed(2) ?? '–',
    ]),
  );
}

/** For the terminal. */
export function table(result: Result): string {
  const rows = [head, ...rowsOf(result)];
  const widths = head.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
  const waits = result.queries
    .map(({ name, alone }) => `${name} ${alone?.p50.toFixed(1)}/${alone?.p99.toFixed(1)}`)
    .join(', ');
  const words = (result.lookups ?? [])
    .map(({ title, wait }) => `${title} ${wait.p50.toFixed(1)}/${wait.p99.toFixed(1)}`)
    .join(', ');
  const sizes = (result.sizes ?? [])
    .map(({ name, large, small }) => `${name} ${large.p50.toFixed(1)} beside ${small.p50.toFixed(1)}`)
    .join(', ');
  return [
    ...lines,
    '',
    `Ours with one connection, p50/p99 ms: ${waits}`,
    ...(words ? [`Search by: ${words}`] : []),
    ...(sizes ? [`The largest organisation beside the smallest, p50 ms: ${sizes}`] : []),
    `Statements a request: ${Object.entries(result.checks?.statements ?? {})
      .map((entry) => entry.join(' '))
      .join(', ')}`,
    `Load average before: ${result.loadBefore}; memory of ours: ${result.memory} MB`,
  ].join('\n');
}

/** For docs/performance.md. */
export function markdown(result: Result): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const waits = result.queries.map(({ title, alone }) =>
    line([title, alone?.p50.toFixed(1) ?? '', alone?.p99.toFixed(1) ?? '']),
  );
  return [
    `Measured ${result.at.slice(0, 10)}, scale ${result.scale}, ${result.connections} connections, medians of ${result.rounds} interleaved rounds of ${result.seconds} s; load average of the machine before: ${result.loadBefore}.`,
    '',
    line(head),
    line(head.map((_, at) => (at < 2 ? '---' : '---:'))),
    ...rowsOf(result).map(line),
    '',
    line(['ours with one connection', 'p50 ms', 'p99 ms']),
    line(['---', '---:', '---:']),
    ...waits,
    ...(result.lookups
      ? [
          '',
          line(['search with one connection, by', 'p50 ms', 'p99 ms']),
          line(['---', '---:', '---:']),
          ...result.lookups.map(({ title, wait }) => line([title, wait.p50.toFixed(1), wait.p99.toFixed(1)])),
        ]
      : []),
    ...(result.sizes
      ? [
          '',
          line(['ours with one connection, p50 ms', 'largest organisation', 'smallest']),
          line(['---', '---:', '---:']),
          ...result.sizes.map(({ name, large, small }) =>
            line([name, large.p50.toFixed(1), small.p50.toFixed(1)]),
          ),
        ]
      : []),
    '',
    line(['target', 'wanted', 'reached']),
    line(['---', '---:', '---:']),
    ...targetsOf(result).map((target) => line([target.what, wanted(target), marked(target)])),
    ...(result.faults
      ? [
          '',
          `Lists that read or sort a whole large table: ${result.faults.length === 0 ? 'none' : result.faults.join('; ')}.`,
        ]
      : []),
    ...(result.soak ? ['', soakLine(result.soak)] : []),
  ].join('\n');
}

const wanted = ({ least, most }: Target): string => (least === undefined ? `≤ ${most}` : `≥ ${least}`);
const marked = (target: Target): string => `${target.value}${reached(target) ? '' : ' (missed)'}`;

export const soakLine = ({ minutes, resident, heap, growth, flat }: Soak): string =>
  `Memory over ${minutes} minutes of mixed load: ${flat ? 'flat' : 'growing'}, ${growth} MB a minute over the second half. Each minute, MB held: ${resident.join(', ')}; heap: ${heap.join(', ')}.`;
