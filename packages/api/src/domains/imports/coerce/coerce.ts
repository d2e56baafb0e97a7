import type { Text } from '@desk/schema';
import type { Cell } from '../reading/table.ts';
import { Bad, reasons } from './bad.ts';
import { calendarDate, type DateReading, instant } from './dates.ts';
import { decimalText, fen, phone, wholeNumber } from './numbers.ts';

/** What a field of an import holds. `phone` is text that is brought into one form. */
export type FieldKind =
  | 'text'
  | 'int'
  | 'decimal'
  | 'money'
  | 'date'
  | 'dateTime'
  | 'boolean'
  | 'enum'
  | 'phone';

/** Values as they are staged: dates as text, instants as ISO text, money as fen, decimals as exact text. */
export type Value = string | number | boolean | null;

export interface Coercion extends DateReading {
  kind: FieldKind;
  /** For enums: the value that each normalised text stands for. */
  choices?: ReadonlyMap<string, string>;
  /** For enums: the labels to name in a refusal. */
  values?: Record<string, Text>;
}

const truths = new Set(['是', '有', '对', '真', '√', '✓', 'y', 'yes', 't', 'true', '1', 'on']);
const falsehoods = new Set([
  '否',
  '无',
  '没有',
  '不是',
  '错',
  '假',
  '×',
  'x',
  'n',
  'no',
  'f',
  'false',
  '0',
  'off',
]);

/** Texts are compared without case, blanks and punctuation, in the compatible form of their characters. */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, '');

/** The text of a cell: without the blanks around it, Excel's `="007"` and control characters, which PostgreSQL would refuse. */
export function cellText(cell: Cell): string {
  if (cell instanceof Date)
    return cell
      .toISOString()
      .replace(/T00:00:00\.000Z$/, '')
      .replace('T', ' ')
      .replace(/\.000Z$/, '');
  const text = cell.trim();
  if (text === '') return '';
  const bare = /^="(.*)"$/s.exec(text)?.[1] ?? (/^"(.*)"$/s.exec(text)?.[1] || text);
  return bare
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|\uFEFF/gu, '')
    .trim();
}

/** Reads a cell that is not blank as a value of the kind, or says why it cannot be read. */
export function coerce(cell: Cell, { kind, choices, values, ...reading }: Coercion): Value | Bad {
  switch (kind) {
    case 'text':
      return cellText(cell);
    case 'int':
      return wholeNumber(cellText(cell));
    case 'decimal':
      return decimalText(cellText(cell));
    case 'money':
      return fen(cellText(cell));
    case 'phone':
      return phone(cellText(cell));
    case 'date':
      return calendarDate(cell instanceof Date ? cell : cellText(cell), reading);
    case 'dateTime': {
      const found = instant(cell instanceof Date ? cell : cellText(cell), reading);
      return found instanceof Date ? found.toISOString() : found;
    }
    case 'boolean': {
      const word = cellText(cell).normalize('NFKC').toLowerCase();
      if (truths.has(word)) return true;
      return falsehoods.has(word) ? false : new Bad(reasons.truth);
    }
    case 'enum': {
      const found = choices?.get(normalised(cellText(cell)));
      if (found !== undefined) return found;
      const labels = Object.values(values ?? {});
      return new Bad({
        zh: reasons.choice.zh.replace('{values}', labels.map((label) => label.zh).join('、')),
        en: reasons.choice.en.replace('{values}', labels.map((label) => label.en).join(', ')),
      });
    }
  }
}

/** The texts that name an enum's values: the value itself, its labels in both languages, and synonyms. */
export function choicesOf(
  values: Record<string, Text>,
  synonyms: Record<string, readonly string[]> = {},
): Map<string, string> {
  const choices = new Map<string, string>();
  const name = (text: string, value: string) => {
    const key = normalised(text);
    if (key !== '' && !choices.has(key)) choices.set(key, value);
  };
  for (const value of Object.keys(values)) name(value, value);
  for (const [value, label] of Object.entries(values))
    for (const text of [label.zh, label.en]) name(text, value);
  for (const [value, texts] of Object.entries(synonyms)) for (const text of texts) name(text, value);
  return choices;
}
