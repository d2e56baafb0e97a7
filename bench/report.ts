import type { Figures } from './measure.ts';

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
    alone: { p50: number; p99: number } | null;
    peers: Record<string, Figures>;
  }[];
  /** Lists that the database cannot read through an index. */
  faults?: string[];
  /** Memory each minute of a long load, in MB. */
  soak?: number[];
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
  return `${lines.join('\n')}\n\nOurs with one connection, p50/p99 ms: ${waits}\nLoad average before: ${result.loadBefore}; memory of ours: ${result.memory} MB`;
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
    ...(result.soak ? ['', `Memory each minute of a long mixed load, MB: ${result.soak.join(', ')}.`] : []),
  ].join('\n');
}
