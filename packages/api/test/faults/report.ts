import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FaultReport } from './run.ts';

/** The figures of the last run that was kept. */
export const reportFile = new URL('./report.json', import.meta.url);
const page = new URL('../../../../docs/operations.md', import.meta.url);

/** The report as the table of docs/operations.md. */
export function faultTable({
  machine,
  kills,
  writes,
  timers,
  subscribers,
  ...report
}: FaultReport & { machine: string }): string {
  const rows: [string, string | number][] = [
    ['cycles', `${report.cycles} in ${report.seconds} s (${machine})`],
    [
      'kill -9',
      `${kills.api} API process, ${kills.relay} the relay with most subscribers, ${kills.worker} timers, ${kills.postgres} PostgreSQL (${kills['postgres session']} of them one session)`,
    ],
    [
      'acknowledged writes',
      `${writes.acknowledged}; ${writes.retried} requests sent again unanswered, ${writes.repeated} on purpose`,
    ],
    ['timers', `${timers.due} due, ${timers.done} done`],
    [
      'subscribers',
      `${subscribers.count}, ${subscribers.reconnects} reconnects, ${subscribers.deliveries} deliveries of ${subscribers.events} events`,
    ],
    ['acknowledged writes lost', report.lost],
    ['effects doubled', report.doubled],
    ["subscribers with another sequence than the table's", report.astray],
  ];
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}

/** Fills the figures of docs/operations.md from the kept report. */
export function fillFaults(): void {
  const text = readFileSync(page, 'utf8');
  const table = faultTable(JSON.parse(readFileSync(reportFile, 'utf8')) as FaultReport & { machine: string });
  writeFileSync(
    fileURLToPath(page),
    text.replace(
      /(<!-- faults -->\n)[\s\S]*?(<!-- end -->)/,
      (_, head: string, tail: string) => `${head}\n${table}\n\n${tail}`,
    ),
  );
}
