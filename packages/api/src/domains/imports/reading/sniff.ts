import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { texts, unreadable } from './unreadable.ts';

export type Encoding = 'UTF-8' | 'UTF-8 BOM' | 'UTF-16' | 'GB18030' | 'XLSX';

/** What the bytes of a file say it is; names and declared types are not asked. */
export interface Sniffed {
  encoding: Encoding;
  /** Label of the decoder; undefined for XLSX. */
  decoder?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  /** UTF-8 with some broken bytes: the rows that hold them are bad, the file is not. */
  damaged: boolean;
  size: number;
}

const chunkSize = 32 * 1024;
const starts = (bytes: Buffer, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);

/**
 * Looks at the whole file once: the first byte that is not ASCII may stand anywhere, and a guess from the beginning
 * would turn the rest into rubbish. 50 MB take about 0.1 s.
 */
export async function sniff(path: string): Promise<Sniffed> {
  const { size } = await stat(path);
  let first = true;
  let strict: TextDecoder | undefined = new TextDecoder('utf-8', { fatal: true });
  let encoding: Encoding = 'UTF-8';
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    if (first) {
      first = false;
      const known = knownStart(chunk);
      if (known) return { ...known, damaged: false, size };
      if (starts(chunk, 0xef, 0xbb, 0xbf)) encoding = 'UTF-8 BOM';
    }
    if (chunk.includes(0)) throw unreadable(texts.notATable);
    strict = strict && decodes(strict, chunk) ? strict : undefined;
  }
  if (first) throw unreadable(texts.empty);
  const common = { damaged: false, size };
  if (strict && ends(strict)) return { encoding, decoder: 'utf-8', ...common };
  if (encoding === 'UTF-8 BOM' || (await mostlyUtf8(path)))
    return { encoding, decoder: 'utf-8', ...common, damaged: true };
  if (await isGb18030(path)) return { encoding: 'GB18030', decoder: 'gb18030', ...common };
  throw unreadable(texts.encoding);
}

function knownStart(bytes: Buffer): Pick<Sniffed, 'encoding' | 'decoder'> | undefined {
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04)) return { encoding: 'XLSX' };
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw unreadable(texts.oldExcel);
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) throw unreadable(texts.notATable); // %PDF, which may be all text at its start
  // Excel's "Unicode text": UTF-16, the zero bytes of which would look binary.
  if (starts(bytes, 0xff, 0xfe)) return { encoding: 'UTF-16', decoder: 'utf-16le' };
  if (starts(bytes, 0xfe, 0xff)) return { encoding: 'UTF-16', decoder: 'utf-16be' };
  return undefined;
}

function decodes(decoder: TextDecoder, chunk: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const ends = (decoder: TextDecoder): boolean => {
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
};

/**
 * A UTF-8 file with a few broken bytes must not be read as GBK, where almost any bytes are some character. In real GBK
 * text nearly every character breaks the rules of UTF-8.
 */
async function mostlyUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8');
  let broken = 0;
  let sound = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    for (const char of decoder.decode(chunk, { stream: true })) {
      if (char === '\uFFFD') broken += 1;
      else if (char > '\x7F') sound += 1;
    }
  }
  return broken * 20 < sound;
}

async function isGb18030(path: string): Promise<boolean> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Buffer>) {
    if (!decodes(decoder, chunk)) return false;
  }
  return ends(decoder);
}
