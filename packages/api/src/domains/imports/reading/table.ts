import type { Text } from '@desk/schema';
import { say } from '@desk/schema';
import { csvRecords, type Delimiter, type Dialect, findDialect } from './csv.ts';
import { type Encoding, type Sniffed, sniff } from './sniff.ts';
import { texts, unreadable } from './unreadable.ts';
import { xlsxRecords } from './xlsx.ts';

/** A cell: its text, or a date that a spreadsheet stored as one (its wall clock in UTC). Blank is the empty text. */
export type Cell = string | Date;

export interface SourceRow {
  /** As a person counts in the file or sheet: the first row is 1, blank rows count. */
  row: number;
  /** One cell for each header. */
  cells: readonly Cell[];
  /** What is wrong with the row as a whole. */
  fault?: Text;
}

/** A file that reads as a table. `rows` may be iterated again and again; each time the file is read from its start. */
export interface Table {
  encoding: Encoding;
  delimiter: Delimiter | null;
  size: number;
  headers: readonly string[];
  rows(onProgress?: (fraction: number) => void): AsyncGenerator<SourceRow>;
}

export const mostColumns = 300;
const longestHeader = 200;
/** Rows that are looked at to tell the header from titles above it. */
const topRows = 10;

type Records = (onProgress: (fraction: number) => void) => AsyncIterable<Cell[]>;

export async function openTable(path: string): Promise<Table> {
  const sniffed = await sniff(path);
  const dialect = sniffed.encoding === 'XLSX' ? null : await findDialect(path, sniffed);
  const records = dialect ? text(path, sniffed, dialect) : await sheet(path, sniffed);
  const { headers, headerRow } = await findHeader(records);
  return {
    encoding: sniffed.encoding,
    delimiter: dialect?.delimiter ?? null,
    size: sniffed.size,
    headers: headers.filter((name) => name !== ''),
    rows: (onProgress) => dataRows(records(onProgress ?? (() => undefined)), headers, headerRow, sniffed),
  };
}

function text(path: string, sniffed: Sniffed, dialect: Dialect): Records {
  return (onProgress) => csvRecords(path, sniffed, dialect, (read) => onProgress(read / sniffed.size));
}

async function sheet(path: string, sniffed: Sniffed): Promise<Records> {
  const rows = await xlsxRecords(path, sniffed.size);
  return async function* (onProgress) {
    for (const [index, row] of rows.entries()) {
      if (index % 512 === 511) onProgress(index / rows.length);
      yield row;
    }
  };
}

const shown = (cell: Cell): string =>
  typeof cell === 'string' ? cell.replace(/\s+/g, ' ').trim() : cell.toISOString().slice(0, 10);
const isBlank = (cell: Cell): boolean => typeof cell === 'string' && cell.trim() === '';

/**
 * The header is the first row that is about as wide as the table: a title in a cell or two above it, as spreadsheets
 * like to have, is not one.
 */
async function findHeader(records: Records): Promise<{ headers: string[]; headerRow: number }> {
  const tops: { row: number; names: string[]; filled: number }[] = [];
  let row = 0;
  for await (const cells of records(() => undefined)) {
    row += 1;
    const names = cells.map(shown);
    const filled = names.filter((name) => name !== '').length;
    if (filled > 0) tops.push({ row, names, filled });
    if (tops.length === topRows) break;
  }
  const width = Math.max(...tops.map((top) => top.filled));
  const at = tops.findIndex((top) => top.filled * 2 >= width);
  const header = tops[at];
  if (!header) throw unreadable(texts.empty);
  const headers = checked(header.names);
  if (at === tops.length - 1) throw unreadable(texts.headerOnly);
  return { headers, headerRow: header.row };
}

/** Header names as they will be mapped. Columns without a name stay unnamed and are left out. */
function checked(names: string[]): string[] {
  const last = names.findLastIndex((name) => name !== '');
  const headers = names.slice(0, last + 1);
  if (headers.length > mostColumns)
    throw unreadable(texts.columns, { count: headers.length, limit: mostColumns });
  const seen = new Map<string, number>();
  for (const [index, name] of headers.entries()) {
    if (name === '') continue;
    if (name.length > longestHeader)
      throw unreadable(texts.longHeader, { column: index + 1, limit: longestHeader });
    const before = seen.get(name);
    if (before !== undefined)
      throw unreadable(texts.duplicate, { name, first: before + 1, second: index + 1 });
    seen.set(name, index);
  }
  return headers;
}

async function* dataRows(
  records: AsyncIterable<Cell[]>,
  headers: string[],
  headerRow: number,
  sniffed: Sniffed,
): AsyncGenerator<SourceRow> {
  const named = headers.flatMap((name, index) => (name === '' ? [] : [index]));
  let row = 0;
  for await (const cells of records) {
    row += 1;
    if (row <= headerRow || cells.every(isBlank)) continue;
    const fault = faultOf(cells, headers.length, sniffed);
    yield { row, cells: named.map((index) => cells[index] ?? ''), ...(fault && { fault }) };
  }
}

function faultOf(cells: Cell[], headers: number, sniffed: Sniffed): Text | undefined {
  const tooMany = cells.slice(headers).some((cell) => !isBlank(cell));
  // Spreadsheets leave trailing blank cells away; in a text file a short row is a broken one.
  const tooFew = cells.length < headers && sniffed.encoding !== 'XLSX';
  if (tooMany || tooFew) {
    const values = { cells: cells.length, headers };
    return { zh: say(texts.ragged, 'zh-CN', values), en: say(texts.ragged, 'en', values) };
  }
  if (sniffed.damaged && cells.some((cell) => typeof cell === 'string' && cell.includes('\uFFFD')))
    return texts.damaged;
  return undefined;
}
