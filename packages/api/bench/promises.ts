/**
 * What promises cost: `npm run bench:promises`. Counts a deadline, looks for what is due among a million open clocks, and
 * writes tickets through HTTP on a real server with clocks, events and escalations on. Fills docs/promises.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { workingCalendar } from '@desk/schema/policies/calendar';
import { deadline } from '@desk/schema/policies/working-time';
import pg from 'pg';
import { postmasterOf } from '../../../bench/servers.ts';
import { statutory } from '../src/domains/policies/statutory.ts';
import { dueSql } from '../src/domains/tickets/escalation.job.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { at, round } from './figures.ts';
import { clocks, wanted } from './promises-seed.ts';
import { measureWrites, type Writes } from './promises-writes.ts';

interface Figures {
  at: string;
  loadBefore: number;
  deadline: { calendarKnownUs: number; calendarNewUs: number };
  scan: { open: number; due: number; p50: number; p99: number; none: number; plan: string };
  writes: Writes;
}

const resultFile = fileURLToPath(new URL('../../../bench/results/promises.json', import.meta.url));
const page = fileURLToPath(new URL('../../../docs/promises.md', import.meta.url));
const tell = (line: string): void => console.error(line);

function measureDeadline(): Figures['deadline'] {
  const office = '08:30-12:00 13:20-17:50';
  const make = () =>
    workingCalendar(
      {
        ...{ timeZone: 'Asia/Shanghai', base: 'CHINA', dayMinutes: 480, coveredYears: [], days: [] },
        ...{ monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
        ...{ saturday: '', sunday: '' },
      },
      statutory,
    );
  const start = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 1_234_567);
  const known = make();
  const run = (count: number): number => {
    const began = performance.now();
    for (let index = 0; index < count; index += 1)
      deadline(known, start(index % 20_000), { unit: 'WORKING_DAYS', amount: 7 });
    return ((performance.now() - began) * 1_000) / count;
  };
  run(20_000);
  const fresh = Array.from({ length: 50 }, make);
  const began = performance.now();
  for (const calendar of fresh) deadline(calendar, start(7), { unit: 'WORKING_DAYS', amount: 7 });
  const calendarNewUs = ((performance.now() - began) * 1_000) / fresh.length;
  return { calendarKnownUs: round(run(200_000), 2), calendarNewUs: round(calendarNewUs, 1) };
}

async function measureScan(owner: pg.Pool): Promise<Figures['scan']> {
  const { rows: counted } = await owner.query<{ open: string }>(
    'select count(*) as open from ticket_clock where next_check_at is not null',
  );
  // Of the million some five hundred are due: a full batch.
  const { rows: moment } = await owner.query<{ at: Date }>(
    'select next_check_at as at from ticket_clock where next_check_at is not null order by 1 offset 499 limit 1',
  );
  const now = moment[0]?.at ?? new Date();
  const times: number[] = [];
  let due = 0;
  for (let turn = 0; turn < 60; turn += 1) {
    const began = performance.now();
    const { rows } = await owner.query(dueSql, [now, 500]);
    times.push(performance.now() - began);
    due = rows.length;
  }
  const began = performance.now();
  for (let turn = 0; turn < 20; turn += 1) await owner.query(dueSql, [new Date(0), 500]);
  const none = (performance.now() - began) / 20;
  const explained = await owner.query(`explain (format text) ${dueSql}`, [now, 500]);
  const plan =
    explained.rows.map((row) => String(Object.values(row)[0])).find((line) => /Scan/.test(line)) ?? '';
  const open = Number(counted[0]?.open);
  return {
    open,
    due,
    p50: round(at(times, 0.5)),
    p99: round(at(times, 0.99)),
    none: round(none, 2),
    plan: plan.trim(),
  };
}

function markdown({ at: day, loadBefore, deadline: counted, scan, writes }: Figures): string {
  const rows = [
    ['a deadline of 7 working days', `${counted.calendarKnownUs} µs`, '≤ 50 µs'],
    ['the same with a calendar never used before', `${counted.calendarNewUs} µs`, ''],
    [
      `${scan.due} due among ${scan.open.toLocaleString('en')} open clocks`,
      `${scan.p50} ms (p99 ${scan.p99} ms)`,
      '≤ 100 ms',
    ],
    ['nothing due', `${scan.none} ms`, ''],
    ...writes.forms.flatMap(({ communities, perSecond, p50, p99, server, database }) => {
      const where = communities === 1 ? 'one community' : `${communities} communities`;
      return [
        [
          `ticket writes through HTTP, all on, in ${where}`,
          `${perSecond} a second (p50 ${p50} ms, p99 ${p99} ms)`,
          '≥ 200 a second',
        ],
        ['CPU of one of them', `${server} ms server, ${database} ms database`, ''],
      ];
    }),
    [
      'escalations meanwhile',
      `${writes.escalated}, the latest ${writes.latestMs} ms late`,
      '≤ 2,000 ms late',
    ],
  ];
  return [
    `Measured ${day.slice(0, 10)}, load average of the machine before: ${loadBefore}; server on one core, database and load on the other, ${writes.connections} clerks, ${writes.rounds} interleaved rounds of ${writes.seconds} s.`,
    '',
    '| what | measured | wanted |',
    '| --- | --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n');
}

function document(): void {
  const figures = JSON.parse(readFileSync(resultFile, 'utf8')) as Figures;
  const text = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    text.replace(
      /(<!-- figures -->\n)[\s\S]*?(<!-- end -->)/,
      (_, head: string, tail: string) => `${head}${markdown(figures)}\n${tail}`,
    ),
  );
}

if (!process.argv.includes('--document')) {
  const loadBefore = round(loadavg()[0] ?? 0, 2);
  const counted = measureDeadline();
  tell(JSON.stringify(counted));
  const dataDir = fileURLToPath(new URL('../../../.cache/bench/promises', import.meta.url));
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const owner = new pg.Pool({ connectionString: server.url, max: 4, options: '-c timezone=UTC' });
  try {
    await migrate(server.url);
    await clocks(owner, tell);
    const scan = await measureScan(owner);
    tell(JSON.stringify(scan));
    const writes = await measureWrites(server, postmasterOf(dataDir), owner, tell);
    tell(JSON.stringify(writes));
    const figures: Figures = { at: new Date().toISOString(), loadBefore, deadline: counted, scan, writes };
    if (wanted >= 1_000_000) writeFileSync(resultFile, `${JSON.stringify(figures, null, 2)}\n`);
  } finally {
    await owner.end();
    await server.stop();
  }
}
if (existsSync(resultFile)) document();
