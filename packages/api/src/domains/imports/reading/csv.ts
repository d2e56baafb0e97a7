import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, type Options, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import type { Sniffed } from './sniff.ts';
import { texts, unreadable } from './unreadable.ts';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** How a text file is cut into cells. */
export interface Dialect {
  delimiter: Delimiter;
  /** Lines end with a lone CR, as old programs on the Mac write them. */
  carriageReturns: boolean;
}

/** Beyond this one record cannot be a row of a table: an unpaired quote has swallowed the rest of the file. */
const longestRecord = 1_000_000;
const sampleBytes = 64 * 1024;
/** Small pieces: large ones are garbage that only a full collection takes away. */
const pieceBytes = 16 * 1024;

const optionsFor = (delimiter: Delimiter): Options => ({
  delimiter,
  relax_column_count: true, // ragged rows are reported row by row, not by giving up
  relax_quotes: true, // 5" pipe
  ltrim: delimiter !== '\t', // a quote may stand behind a blank
  record_delimiter: '\n',
  max_record_size: longestRecord,
});

/** All line ends become LF: real files end lines with CR CR LF, and some are mixed. */
export class LineEnds {
  #held = '';
  constructor(readonly carriageReturns: boolean) {}

  /** A CR at the end of a chunk is held back: what follows decides about it. */
  next(text: string): string {
    const joined = this.#held + text;
    const end = /\r*$/.exec(joined)?.index ?? joined.length;
    this.#held = joined.slice(end);
    return this.#normal(joined.slice(0, end));
  }

  rest(): string {
    return this.#normal(this.#held);
  }

  #normal(text: string): string {
    if (!text.includes('\r')) return text;
    return this.carriageReturns ? text.replace(/\r\n?/g, '\n') : text.replace(/\r+\n/g, '\n');
  }
}

async function* textOf(file: ReadStream, sniffed: Sniffed, dialect: Dialect): AsyncGenerator<string> {
  const decoder = new TextDecoder(sniffed.decoder);
  const ends = new LineEnds(dialect.carriageReturns);
  let first = true;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    const text = ends.next(decoder.decode(chunk, { stream: true }));
    yield first ? text.replace(/^\uFEFF/, '') : text; // the gb18030 decoder keeps the byte order mark
    first = false;
  }
  yield ends.next(decoder.decode()) + ends.rest();
}

/** The line end of the first record, and the delimiter under which the first records agree best. */
export async function findDialect(path: string, sniffed: Sniffed): Promise<Dialect> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(sampleBytes), position: 0 });
    const text = new TextDecoder(sniffed.decoder).decode(buffer.subarray(0, bytesRead), { stream: true });
    const carriageReturns = endsWithReturn(text);
    const lines = new LineEnds(carriageReturns).next(text);
    // The last line of a cut sample is not whole.
    const sample = bytesRead < sniffed.size ? lines.slice(0, lines.lastIndexOf('\n') + 1) || lines : lines;
    const scores = delimiters.map((delimiter) => ({ delimiter, score: widthScore(sample, delimiter) }));
    return {
      delimiter: scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter,
      carriageReturns,
    };
  } finally {
    await handle.close();
  }
}

/** Whether the first line end outside quotes is a CR that no LF follows. */
function endsWithReturn(text: string): boolean {
  let inQuotes = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && char === '\n') return false;
    else if (!inQuotes && char === '\r') return !/^\r+\n/.test(text.slice(at, at + 8));
  }
  return false;
}

/** Most columns, then fewest records of another width. */
function widthScore(sample: string, delimiter: Delimiter): number {
  let widths: number[];
  try {
    widths = (parseSync(sample, { ...optionsFor(delimiter), to: 30 }) as string[][]).map(
      (record) => record.length,
    );
  } catch {
    return 0;
  }
  const usual = Math.max(...widths, 0);
  return usual < 2 ? 0 : widths.filter((width) => width === usual).length / widths.length + usual / 1000;
}

/** The records of a text file from its first one on, each as its cells; flat memory whatever the size. */
export async function* csvRecords(
  path: string,
  sniffed: Sniffed,
  dialect: Dialect,
  onBytes: (read: number) => void,
): AsyncGenerator<string[]> {
  const file = createReadStream(path, { highWaterMark: pieceBytes });
  const parser = parse(optionsFor(dialect.delimiter));
  pipeline(Readable.from(textOf(file, sniffed, dialect), { objectMode: false }), parser, () => undefined); // errors come out of the iteration
  let row = 1;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      yield record;
      row += 1;
      if (row % 512 === 0) onBytes(file.bytesRead);
    }
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(texts.quote, { row });
    throw error;
  } finally {
    file.destroy();
  }
}
