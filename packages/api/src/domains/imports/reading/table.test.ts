import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cleanFiles,
  type EncodingName,
  encodings,
  fileOf,
  workbookOf,
} from '../../../../test/imports/files.ts';
import { Refusal } from '../../../platform/errors.ts';
import { mostColumns, openTable, type SourceRow, type Table } from './table.ts';

cleanFiles();

async function all(table: Table): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of table.rows()) rows.push(row);
  return rows;
}

const read = async (content: string | Uint8Array, name?: string) => {
  const table = await openTable(fileOf(content, name));
  return { ...table, all: await all(table) };
};

async function refusal(content: string | Uint8Array, name?: string): Promise<string> {
  const error = await read(content, name).catch((caught: unknown) => caught);
  if (!(error instanceof Refusal)) throw new Error(`no refusal but ${String(error)}`);
  return error.text('en');
}

/** Quoted when it must be, and sometimes when it need not. */
const quoted = (cell: string, always: boolean) =>
  always || /[,;\t|"\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const character = fc.constantFrom(...'ab1 ,;|\t"\'=\r\n房屋收费维修㎡（）é'.split(''));
const cell = fc.string({ unit: character, maxLength: 12 });

describe('text files', () => {
  test('what was written is read, in every encoding, with every line end and delimiter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(encodings) as EncodingName[])),
        fc.constantFrom('\n', '\r\n', '\r\r\n', '\r'),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.boolean(),
        fc.boolean(),
        fc
          .integer({ min: 2, max: 5 })
          .chain((width) =>
            fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
          ),
        async (encoding, end, delimiter, always, lastEnd, data) => {
          const width = data[0]?.length ?? 0;
          const header = ['房号', ...Array.from({ length: width - 1 }, (_, index) => `列${index}`)];
          // A first cell that is never blank: blank rows are skipped, which another test shows.
          const rows = data.map(([first, ...rest]) => [`x${first}`, ...rest]);
          const text =
            [header, ...rows].map((row) => row.map((one) => quoted(one, always)).join(delimiter)).join(end) +
            (lastEnd ? end : '');
          const found = await read(encodings[encoding](text));
          expect(found.encoding).toBe(encoding);
          expect(found.delimiter).toBe(delimiter);
          expect(found.headers).toEqual(header);
          // Line ends inside cells are read as LF; a lone CR is one only where CR ends the lines.
          const lines = (one: string) => one.replace(end === '\r' ? /\r\n?/g : /\r+\n/g, '\n');
          const expected = rows.map((row) => row.map(lines));
          expect(found.all.map((row) => row.cells)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('rows are counted as a person counts them: blank rows and rows with line ends inside count once', async () => {
    const { all: rows } = await read('房号,备注\n101,"两\n行"\n\n,\n102,\n');
    expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
      [2, '101', '两\n行'],
      [5, '102', ''],
    ]);
  });

  test('GBK is told even when the first character that is not ASCII comes after a megabyte', async () => {
    const { encoding, all: rows } = await read(
      encodings.GB18030(`unit,note\n${'101,plain\n'.repeat(120_000)}102,维修\n`),
    );
    expect(encoding).toBe('GB18030');
    expect(rows.at(-1)).toEqual({ row: 120_002, cells: ['102', '维修'] });
  });

  test('a character that lies across two chunks of the file is read whole', async () => {
    for (const pad of [0, 1, 2]) {
      const { all: rows } = await read(`unit,note\n101,${'a'.repeat(65_536 - 14 - pad)}维修\n`);
      expect(rows[0]?.cells[1]).toMatch(/a维修$/);
    }
  });

  test('UTF-8 with a few broken bytes stays UTF-8, and the broken row says so', async () => {
    const text = Buffer.from(`房号,备注\n${'101,客厅漏水维修\n'.repeat(50)}102,坏`);
    const { encoding, all: rows } = await read(
      Buffer.concat([text.subarray(0, text.length - 1), Buffer.from('\n103,好\n')]),
    );
    expect(encoding).toBe('UTF-8');
    expect(rows.filter((row) => row.fault).map((row) => [row.row, row.fault?.en])).toEqual([
      [52, 'The row has damaged bytes (not UTF-8).'],
    ]);
  });

  test('ragged rows are bad rows, not a bad file; blank cells past the header do not matter', async () => {
    const { all: rows } = await read('a,b\n1,2\n3\n4,5,6\n7,8,,\n');
    expect(rows.map((row) => row.fault?.en)).toEqual([
      undefined,
      'The row has 1 cells, the header 2.',
      'The row has 3 cells, the header 2.',
      undefined,
    ]);
  });

  test('a title above the header is not the header', async () => {
    const { headers, all: rows } = await read('阳光小区房屋台账,,,\n\n楼栋,房号,面积,备注\n1栋,101,89.5,\n');
    expect(headers).toEqual(['楼栋', '房号', '面积', '备注']);
    expect(rows).toEqual([{ row: 4, cells: ['1栋', '101', '89.5', ''] }]);
  });

  test('stray quotes are text; a quote that is never closed is named with its row', async () => {
    const { all: rows } = await read('a,b\n5" pipe,x\n');
    expect(rows[0]?.cells).toEqual(['5" pipe', 'x']);
    expect(await refusal('a,b\n1,2\n3,"never closed\n5,6\n')).toBe(
      'From row 3 on a quote is never closed, or a row is too long.',
    );
  });
});

describe('files that are no tables', () => {
  const tiny = Buffer.alloc(3000, 7);
  test.each([
    ['an empty file', '', 'The file is empty.'],
    ['blank lines only', '\n \n\n', 'The file is empty.'],
    ['a header only', '房号,面积\n\n', 'The file has a header row but no data.'],
    [
      'an image called csv',
      Buffer.concat([Buffer.from('\x89PNG\r\n'), Buffer.alloc(64)]),
      'This is not a table. Use CSV (UTF-8 or GBK) or XLSX.',
    ],
    [
      'an old Excel file',
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]),
      'This is an old Excel file (.xls). Save it as .xlsx or CSV UTF-8 first.',
    ],
    [
      'a cut archive',
      Buffer.concat([Buffer.from('PK\x03\x04'), tiny]),
      'This XLSX file cannot be read; it may be damaged or have a password.',
    ],
    [
      'two equal headers',
      '房号,面积,房号\n1,2,3\n',
      'The header "房号" occurs twice (columns 1 and 3). Rename one of them.',
    ],
    [
      'too many columns',
      `${Array.from({ length: mostColumns + 1 }, (_, n) => `c${n}`).join(',')}\n1\n`,
      '301 columns; at most 300 are allowed.',
    ],
    [
      'prose',
      `${'word '.repeat(60)}\nmore\n`,
      'The header of column 1 is longer than 200 characters; this row does not look like a header.',
    ],
  ])('%s is refused with a reason', async (_, content, reason) => {
    expect(await refusal(content)).toBe(reason);
  });
});

describe('workbooks', () => {
  test('the first sheet is read; numbers, dates and booleans keep their meaning, blank rows their numbers', async () => {
    const content = await workbookOf([
      ['楼栋', '房号', '面积', '交房', '装修'],
      ['1栋', 101, 59.3, new Date(Date.UTC(2020, 4, 1)), true],
      [null, null, null, null, null],
      ['1栋', 1020819850041, 0.1, null, false],
    ]);
    const { encoding, delimiter, headers, all: rows } = await read(content, 'units.csv');
    expect([encoding, delimiter]).toEqual(['XLSX', null]);
    expect(headers).toEqual(['楼栋', '房号', '面积', '交房', '装修']);
    expect(rows).toEqual([
      { row: 2, cells: ['1栋', '101', '59.3', new Date(Date.UTC(2020, 4, 1)), 'TRUE'] },
      { row: 4, cells: ['1栋', '1020819850041', '0.1', '', 'FALSE'] },
    ]);
  });

  test('a sheet with a header only is refused', async () => {
    expect(await refusal(await workbookOf([['楼栋', '房号']]))).toBe(
      'The file has a header row but no data.',
    );
  });
});
