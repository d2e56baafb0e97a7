/** Files for import tests, in the encodings and with the line ends that people's programs write. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll } from 'vitest';

let folder: string | undefined;
let count = 0;

/** Writes a file that is gone when the tests end; answers its path. Call it inside tests of a file that called `cleanFiles`. */
export function fileOf(content: string | Uint8Array, name = 'table.csv'): string {
  count += 1;
  folder ??= mkdtempSync(join(tmpdir(), 'desk-import-'));
  const path = join(folder, `${count}-${name}`);
  writeFileSync(path, content);
  return path;
}

export function cleanFiles(): void {
  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
    folder = undefined; // the next test file shares this module
  });
}

/** A workbook whose first sheet holds the rows. */
export async function workbookOf(
  rows: readonly (readonly (string | number | Date | boolean | null)[])[],
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('房屋');
  for (const row of rows) sheet.addRow([...row]);
  book.addWorksheet('说明').addRow(['不读第二张表']);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

export const encodings = {
  'UTF-8': (text: string) => Buffer.from(text),
  'UTF-8 BOM': (text: string) => Buffer.from(`\uFEFF${text}`),
  'UTF-16': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  GB18030: gbk,
} as const;
export type EncodingName = keyof typeof encodings;

let pairs: Map<string, number> | undefined;

/** Node decodes GBK but does not encode it: the table comes from decoding every pair of bytes. */
function gbk(text: string): Buffer {
  if (!pairs) {
    pairs = new Map();
    const decoder = new TextDecoder('gbk');
    for (let lead = 0x81; lead <= 0xfe; lead += 1)
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        const char = trail === 0x7f ? '' : decoder.decode(new Uint8Array([lead, trail]));
        if ([...char].length === 1 && char !== '\uFFFD' && !pairs.has(char))
          pairs.set(char, lead * 256 + trail);
      }
  }
  const bytes: number[] = [];
  for (const char of text) {
    const pair = pairs.get(char);
    if (char <= '\x7F') bytes.push(char.charCodeAt(0));
    else if (pair) bytes.push(pair >> 8, pair & 0xff);
    else throw new Error(`${char} is not in GBK`);
  }
  return Buffer.from(bytes);
}
