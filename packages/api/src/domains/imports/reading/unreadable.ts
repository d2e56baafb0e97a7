import { say, type Text } from '@desk/schema';
import { Refusal } from '../../../platform/errors.ts';

/** A file that cannot be read as a table at all, in the words of whoever chose it. */
export function unreadable(text: Text, values: Record<string, string | number> = {}): Refusal {
  return new Refusal('VALIDATION', {
    field: ['file'],
    values: (locale) => ({ detail: say(text, locale, values) }),
  });
}

export const texts = {
  empty: { zh: '文件是空的。', en: 'The file is empty.' },
  headerOnly: { zh: '文件只有表头，没有数据行。', en: 'The file has a header row but no data.' },
  notATable: {
    zh: '这不是表格文件。请上传 CSV（UTF-8 或 GBK）或 XLSX。',
    en: 'This is not a table. Use CSV (UTF-8 or GBK) or XLSX.',
  },
  oldExcel: {
    zh: '这是旧版 Excel（.xls）文件。请在 Excel 中另存为 .xlsx 或 CSV UTF-8。',
    en: 'This is an old Excel file (.xls). Save it as .xlsx or CSV UTF-8 first.',
  },
  brokenExcel: {
    zh: '无法读取此 XLSX 文件，可能已损坏或有密码。',
    en: 'This XLSX file cannot be read; it may be damaged or have a password.',
  },
  largeExcel: {
    zh: 'XLSX 文件过大（最多 {limit} MB，解压后 {unpacked} MB）。请另存为 CSV。',
    en: 'The XLSX file is too large (at most {limit} MB, {unpacked} MB unpacked). Save it as CSV.',
  },
  encoding: {
    zh: '文字编码既不是 UTF-8 也不是 GBK/GB18030。请另存为 CSV UTF-8。',
    en: 'The text is neither UTF-8 nor GBK/GB18030. Save it as CSV UTF-8.',
  },
  quote: {
    zh: '第 {row} 行起有一个引号没有配对，或一行过长，无法继续读取。',
    en: 'From row {row} on a quote is never closed, or a row is too long.',
  },
  columns: { zh: '列数 {count} 超过上限 {limit}。', en: '{count} columns; at most {limit} are allowed.' },
  duplicate: {
    zh: '表头“{name}”出现了两次（第 {first} 列和第 {second} 列）。请改名后再上传。',
    en: 'The header "{name}" occurs twice (columns {first} and {second}). Rename one of them.',
  },
  longHeader: {
    zh: '第 {column} 列的表头超过 {limit} 个字，这一行不像表头。',
    en: 'The header of column {column} is longer than {limit} characters; this row does not look like a header.',
  },
  ragged: {
    zh: '这一行有 {cells} 个单元格，表头有 {headers} 列。',
    en: 'The row has {cells} cells, the header {headers}.',
  },
  damaged: { zh: '这一行含有损坏的字节（不是 UTF-8）。', en: 'The row has damaged bytes (not UTF-8).' },
} as const satisfies Record<string, Text>;
