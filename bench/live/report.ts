/** The figures of the live benchmark, for the terminal and for docs/live.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Commit, Crowd, Idle } from './measure.ts';

export interface LiveResult {
  at: string;
  seconds: number;
  /** Load average of the machine before: others' work makes absolute figures smaller. */
  loadBefore: number;
  peers: Record<string, { title: string; crowd: Crowd | null; seen?: string }>;
  idle: Idle | null;
  commit: Commit | null;
}

const page = fileURLToPath(new URL('../../docs/live.md', import.meta.url));
export const resultFile = fileURLToPath(new URL('../results/live.json', import.meta.url));

const head = [
  'peer',
  'sockets',
  'KB each',
  'deliveries/s',
  'one by one',
  'p50 ms',
  'p99 ms',
  'at 40,000/s: p50 ms',
  'p99 ms',
];
const whole = (value: number): string => Math.round(value).toLocaleString('en');

function rows({ peers }: LiveResult): string[][] {
  return Object.entries(peers).map(([name, { crowd, seen }]) => {
    if (!crowd) return [name, '–', '–', seen ?? '–', '–', '–', '–', '–', '–'];
    const { sockets, kbEach, perSecond, singly, p50, p99, paced } = crowd;
    return [
      name,
      whole(sockets),
      kbEach.toFixed(1),
      whole(perSecond),
      whole(singly),
      whole(p50),
      whole(p99),
      paced ? whole(paced.p50) : 'too slow',
      paced ? whole(paced.p99) : 'too slow',
    ];
  });
}

function sentences({ idle, commit, peers }: LiveResult): string[] {
  const lines = Object.entries(peers).map(([name, { title }]) => `${name}: ${title}.`);
  if (idle)
    lines.push(
      `Idle: ${whole(idle.sockets)} sockets for ${idle.seconds} s: ${idle.lost} lost, ${idle.kbEach.first} KB each at first and ${idle.kbEach.last} KB at the end, ${idle.cpu}% of a core; then one event reached all within ${whole(idle.reachedMs)} ms.`,
    );
  if (commit)
    lines.push(
      `From commit to client at ${commit.eventsPerSecond} events/s, each with its record, to ${commit.sockets} sockets, while the process serves ${commit.mutationsPerSecond} mutations/s: p50 ${commit.p50} ms, p95 ${commit.p95} ms, p99 ${commit.p99} ms.`,
    );
  return lines;
}

export function table(result: LiveResult): string {
  const all = [head, ...rows(result)];
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  const lines = all.map((row) =>
    row.map((cell, at) => (at ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[0] ?? 0))).join('  '),
  );
  return `${lines.join('\n')}\n\n${sentences(result).join('\n')}\nLoad average before: ${result.loadBefore}`;
}

function markdown(result: LiveResult): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `Measured ${result.at.slice(0, 10)}, each peer one process on one core, the subscribers and PostgreSQL on the other; rounds of ${result.seconds} s; load average of the machine before: ${result.loadBefore}.`,
    '',
    line(head),
    line(head.map((_, at) => (at ? '---:' : '---'))),
    ...rows(result).map(line),
    '',
    ...sentences(result).map((sentence) => `- ${sentence}`),
  ].join('\n');
}

/** Puts the saved figures into docs/live.md: `npm run bench:live -- --document`. */
export function fillPage(): void {
  const result = JSON.parse(readFileSync(resultFile, 'utf8')) as LiveResult;
  const text = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    text.replace(
      /(<!-- figures -->\n)[\s\S]*?(<!-- end -->)/,
      (_, from: string, to: string) => `${from}${markdown(result)}\n${to}`,
    ),
  );
}
