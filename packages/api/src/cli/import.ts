import { access, type FileHandle, open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Locale, say } from '@desk/schema';
import {
  type ImportMapping,
  type ImportResourceName,
  importMapping,
  importResourceNames,
} from '@desk/schema/imports/mapping';
import { Argument, Command } from 'commander';
import {
  columnsOf,
  findMapping,
  firstRows,
  headerSignature,
  openTable,
  type Problem,
  rememberMapping,
  runImport,
  targetOf,
} from '../domains/imports/index.ts';
import { systemViewer } from '../platform/auth/system.ts';
import type { MakeCommand } from './command.ts';
import type { Desk, Organisation } from './desk.ts';
import { Failure, Usage } from './failure.ts';
import { organisationOption } from './options.ts';
import { progressBar } from './progress.ts';

interface Options {
  community: string;
  map?: string;
  dryRun?: boolean;
  skipBad?: boolean;
  report?: string;
  organisation?: string;
}

/** More are in the report. */
const shownProblems = 50;
/** Rows that repeat others do no harm: a few show what is meant. */
const shownRepeats = 5;

export const importCommand: MakeCommand = (openDesk) =>
  new Command('import')
    .description(
      'Imports a CSV or XLSX file: all of it or, when rows are bad, nothing. Running it twice changes nothing.',
    )
    .addArgument(new Argument('<what>', 'what the file fills').choices([...importResourceNames]))
    .argument('<file>', 'CSV (UTF-8, UTF-16 or GBK) or XLSX; the first row with headers names the columns')
    .requiredOption('--community <code>', 'the community that it fills')
    .option(
      '--map <json>',
      'how columns fill fields: JSON, or a file with it; found from the headers when absent',
    )
    .option('--dry-run', 'checks everything and keeps nothing')
    .option('--skip-bad', 'imports the good rows when others are bad')
    .option('--report <file.csv>', 'writes everything that was found about rows into this file')
    .addOption(organisationOption())
    .action(async (what: ImportResourceName, file: string, options: Options) => {
      await access(file).catch(() => {
        throw new Usage(`The file "${file}" cannot be read.`);
      });
      const given = options.map === undefined ? undefined : await mappingFrom(options.map);
      const desk = await openDesk();
      const organisation = await desk.organisation(options.organisation);
      await importFile(desk, organisation, what, file, options, given);
    });

async function importFile(
  desk: Desk,
  organisation: Organisation,
  resource: ImportResourceName,
  path: string,
  options: Options,
  given: ImportMapping | undefined,
): Promise<void> {
  const { db, clock, locale } = desk;
  const viewer = systemViewer(organisation.id, 'cli');
  const community = await desk.place(organisation, options.community);
  const table = await openTable(path);
  const found = given
    ? { mapping: given, source: 'GIVEN' as const }
    : await findMapping(db, organisation.id, {
        table,
        resource,
        zone: community.timeZone,
        rows: await firstRows(table),
      });
  const { dryRun = false, skipBad = false } = options;
  process.stderr.write(
    `${table.encoding}, mapping ${origins[found.source]}: ${summary(found.mapping) || 'nothing'}\n`,
  );
  const used = new Set(Object.values(found.mapping.columns).flatMap(columnsOf));
  const unused = table.headers.filter((name) => !used.has(name));
  if (unused.length > 0) process.stderr.write(`columns not used: ${unused.join(', ')}\n`);
  const report = options.report === undefined ? undefined : await Report.open(options.report, locale);
  const shown: Problem[] = [];
  const repeated: Problem[] = [];
  let problems = 0;
  const bar = progressBar(process.stderr);
  const start = performance.now();
  const outcome = await runImport(
    db,
    clock,
    {
      target: targetOf(resource),
      path,
      fileName: basename(path),
      mapping: found.mapping,
      community,
      viewer,
      dryRun,
      skipBad,
    },
    {
      onProgress: bar.show,
      onProblem: async (problem) => {
        problems += 1;
        const repeats = problem.severity === 'SKIPPED';
        if (repeats ? repeated.length < shownRepeats : shown.length < shownProblems)
          (repeats ? repeated : shown).push(problem);
        await report?.add(problem);
      },
    },
  ).finally(() => bar.end());
  await report?.close();
  const listed = [...shown, ...repeated].sort((a, b) => a.row - b.row);
  process.stderr.write(problemTable(listed, locale));
  if (problems > listed.length)
    process.stderr.write(
      `… and ${problems - listed.length} more${report ? '' : ' (--report <file.csv> writes all)'}\n`,
    );
  const { status, total, created, updated, unchanged, skipped, failed } = outcome;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `created ${created}, updated ${updated}, unchanged ${unchanged}, skipped ${skipped}, failed ${failed} (${total} rows, ${seconds} s)\n`,
  );
  if (status === 'REJECTED' || (status === 'CHECKED' && failed > 0 && !skipBad))
    throw new Failure(`${failed} rows are bad: nothing was imported. Correct them, or use --skip-bad.`);
  const key = { resource, signature: headerSignature(table.headers) };
  await rememberMapping(db, viewer, key, found.mapping, clock.now());
  if (status === 'CHECKED') process.stderr.write('Dry run: nothing was kept.\n');
}

const origins = {
  GIVEN: 'as given',
  REMEMBERED: 'as last time',
  PRESET: 'of a known kind of file',
  HEADERS: 'from the headers',
} as const;

/** `number ← 房号, area ← 建筑面积`. */
function summary({ columns }: ImportMapping): string {
  return Object.entries(columns)
    .map(([field, source]) => {
      if (typeof source === 'string') return `${field} ← ${source}`;
      if ('column' in source) return `${field} ← ${source.column}`;
      if ('constant' in source) return `${field} = ${source.constant}`;
      if ('parts' in source) return `${field} ← ${source.parts.map(({ column }) => column).join(' + ')}`;
      return `${field} = 1, 2, … within ${source.sequenceWithin}`;
    })
    .join(', ');
}

/** JSON itself, or the name of a file with it. */
async function mappingFrom(text: string): Promise<ImportMapping> {
  const json = text.trimStart().startsWith('{')
    ? text
    : await readFile(text, 'utf8').catch(() => {
        throw new Usage(`The mapping "${text}" cannot be read.`);
      });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Usage(`--map is not JSON: ${(error as Error).message}`);
  }
  const parsed = importMapping.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Usage(`--map is no mapping:\n${lines.join('\n')}`);
}

function problemTable(problems: readonly Problem[], locale: Locale): string {
  if (problems.length === 0) return '';
  const rows = problems.map(({ row, severity, column, value, reason }) => [
    String(row),
    severity,
    column ?? '',
    value ?? '',
    say(reason, locale),
  ]);
  const all = [['row', '', 'column', 'value', 'reason'], ...rows];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...all.map((line) => width(line[at] ?? ''))));
  const lines = all.map((line) =>
    line
      .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** Columns on a terminal: Chinese characters take two. */
const width = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\u115F\u2E80-\uFFDC]/.test(char) ? 2 : 1), 0);

/** Everything that was found, as a file for a spreadsheet. */
class Report {
  private constructor(
    readonly file: FileHandle,
    readonly locale: Locale,
  ) {}

  static async open(path: string, locale: Locale): Promise<Report> {
    const file = await open(path, 'w').catch((error: Error) => {
      throw new Usage(`The report cannot be written: ${error.message}`);
    });
    // The mark at the beginning tells Excel that it is UTF-8.
    await file.write('\uFEFFrow,severity,column,field,value,reason\r\n');
    return new Report(file, locale);
  }

  async add({ row, severity, column, field, value, reason }: Problem): Promise<void> {
    const cells = [String(row), severity, column ?? '', field ?? '', value ?? '', say(reason, this.locale)];
    await this.file.write(`${cells.map(quoted).join(',')}\r\n`);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** A cell that a spreadsheet would take for a formula is marked as text. */
function quoted(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
