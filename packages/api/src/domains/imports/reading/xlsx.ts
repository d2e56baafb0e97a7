import { type FileHandle, open } from 'node:fs/promises';
import { readSheet } from 'read-excel-file/node';
import type { Cell } from './table.ts';
import { texts, unreadable } from './unreadable.ts';

const megabyte = 1024 * 1024;
/** A workbook is unpacked in memory: these keep one file from taking the process down. */
export const xlsxLimits = { file: 50, unpacked: 400 } as const;

/** The rows of the first sheet, blank ones included, so that the index is the row that Excel shows. */
export async function xlsxRecords(path: string, size: number): Promise<Cell[][]> {
  if (size > xlsxLimits.file * megabyte || (await unpackedSize(path, size)) > xlsxLimits.unpacked * megabyte)
    throw unreadable(texts.largeExcel, { limit: xlsxLimits.file, unpacked: xlsxLimits.unpacked });
  const sheet = await readSheet(path).catch(() => {
    throw unreadable(texts.brokenExcel);
  });
  return sheet.map((row) => row.map(cellOf));
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  // Excel stores doubles: the shortest text that means the same number is what the sheet shows.
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value).toString() : String(value);
  return String(value);
}

/** Sum of the unpacked sizes that the archive's directory declares: refuses zip bombs before anything is unpacked. */
async function unpackedSize(path: string, size: number): Promise<number> {
  const handle = await open(path);
  try {
    const tail = await readAt(handle, Math.max(0, size - 66_000), Math.min(size, 66_000));
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || end + 20 > tail.length) throw unreadable(texts.brokenExcel);
    const directory = await readAt(handle, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    let total = 0;
    for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
      total += directory.readUInt32LE(at + 24);
      at +=
        46 +
        directory.readUInt16LE(at + 28) +
        directory.readUInt16LE(at + 30) +
        directory.readUInt16LE(at + 32);
    }
    return total;
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  if (length > 16 * megabyte) throw unreadable(texts.brokenExcel);
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position });
  return buffer.subarray(0, bytesRead);
}
