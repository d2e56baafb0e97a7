import type { Text } from '@desk/schema';
import type { ImportMapping, ImportSource } from '@desk/schema/imports/mapping';
import { IANAZone } from 'luxon';
import { Bad, reasons } from '../coerce/bad.ts';
import { cellText, coerce, normalised, type Value } from '../coerce/coerce.ts';
import type { Cell } from '../reading/table.ts';
import { type ImportField, isMissing } from '../targets/fields.ts';

/** What is wrong with a mapping, and at which of its fields. */
export interface MappingFault {
  field: string;
  text: Text;
}

/** One field of one row: its value, or why it has none. */
export interface Reading {
  field: ImportField;
  /** Header that the value comes from, for reports. */
  header: string | null;
  value: Value;
  bad?: Bad;
  /** The text as it stood in the file, for reports. */
  shown: string;
}

/** A mapping made ready for the rows of one file. */
export interface RowReader {
  /** Fields that the mapping fills. */
  fields: readonly ImportField[];
  /** Header that fills a field, for reports. */
  headerOf(field: string | null): string | null;
  read(cells: readonly Cell[]): Reading[];
}

const faults = {
  unknownField: { zh: '没有可导入的字段“{name}”', en: 'there is no importable field "{name}"' },
  unknownColumn: { zh: '文件中没有“{name}”这一列', en: 'the file has no column "{name}"' },
  zone: { zh: '未知时区“{name}”', en: 'unknown time zone "{name}"' },
  sequence: {
    zh: '编号的依据“{name}”必须是另一个来自列的字段',
    en: 'rows can be numbered within another field that comes from a column; "{name}" is none',
  },
  required: { zh: '缺少必填字段“{name}”：请指定对应的列', en: 'the required field "{name}" has no column' },
} as const satisfies Record<string, Text>;

const fill = (text: Text, name: Text): Text => ({
  zh: text.zh.replace('{name}', name.zh),
  en: text.en.replace('{name}', name.en),
});

/** What keeps a mapping from being used on a file with these headers. */
export function mappingFaults(
  mapping: ImportMapping,
  headers: readonly string[],
  fields: readonly ImportField[],
): MappingFault[] {
  const known = new Map(fields.map((field) => [field.name, field]));
  const found: MappingFault[] = [];
  const report = (field: string, text: Text, name: string) =>
    found.push({ field, text: fill(text, { zh: name, en: name }) });
  for (const [name, source] of Object.entries(mapping.columns)) {
    if (!known.has(name)) report(name, faults.unknownField, name);
    for (const column of columnsOf(source))
      if (columnIndex(headers, column) < 0) report(name, faults.unknownColumn, column);
    if (typeof source === 'string') continue;
    if ('zone' in source && source.zone && !IANAZone.isValidZone(source.zone))
      report(name, faults.zone, source.zone);
    if ('sequenceWithin' in source) {
      const within = mapping.columns[source.sequenceWithin];
      if (!within || source.sequenceWithin === name || columnsOf(within).length === 0)
        report(name, faults.sequence, source.sequenceWithin);
    }
  }
  for (const field of fields)
    if (isMissing(field, mapping.columns))
      found.push({ field: field.name, text: fill(faults.required, field.label) });
  return found;
}

/** Headers that a source reads. */
export function columnsOf(source: ImportSource): string[] {
  if (typeof source === 'string') return [source];
  if ('column' in source) return [source.column];
  return 'parts' in source ? source.parts.map((part) => part.column) : [];
}

/** Headers are found as they stand, or else as they sound: `Unique Key` is `unique_key`. */
function columnIndex(headers: readonly string[], column: string): number {
  const exact = headers.indexOf(column);
  return exact >= 0
    ? exact
    : headers.findIndex((header) => normalised(header) === normalised(column) && normalised(column) !== '');
}

type CellReader = (cells: readonly Cell[]) => Cell;

interface Compiled {
  field: ImportField;
  header: string | null;
  cell: CellReader;
  format?: string | undefined;
  zone: string;
}

/** Readies a mapping without faults. `zone` is that of times that name none: the community's. */
export function compileMapping(
  mapping: ImportMapping,
  headers: readonly string[],
  fields: readonly ImportField[],
  zone: string,
): RowReader {
  const nulls = new Set((mapping.nulls ?? []).map((text) => text.trim().toLowerCase()));
  const at = (column: string): CellReader => {
    const index = columnIndex(headers, column);
    return (cells) => {
      const cell = cells[index] ?? '';
      if (cell instanceof Date) return cell;
      const text = cellText(cell);
      return nulls.has(text.toLowerCase()) ? '' : text;
    };
  };
  const compiled: Compiled[] = [];
  for (const field of fields) {
    const source = mapping.columns[field.name];
    if (source === undefined) continue;
    compiled.push({
      field,
      header: columnsOf(source)[0] ?? null,
      ...compileSource(source, at),
      zone: zoneOf(source) ?? zone,
    });
  }
  // Numbers are counted per text of the other field, which is therefore read first.
  const sequences = compiled.flatMap((one) => {
    const source = mapping.columns[one.field.name];
    const within =
      typeof source === 'object' && 'sequenceWithin' in source
        ? compiled.find((other) => other.field.name === source.sequenceWithin)
        : undefined;
    return within ? [{ one, within, counts: new Map<string, number>() }] : [];
  });
  for (const { one, within, counts } of sequences) {
    one.cell = (cells) => {
      const group = cellText(within.cell(cells));
      if (group === '') return '';
      const number = (counts.get(group) ?? 0) + 1;
      counts.set(group, number);
      return String(number);
    };
  }
  return {
    fields: compiled.map((one) => one.field),
    headerOf: (field) => compiled.find((one) => one.field.name === field)?.header ?? null,
    read: (cells) => compiled.map((one) => reading(one, cells)),
  };
}

const zoneOf = (source: ImportSource): string | undefined =>
  typeof source === 'object' && 'zone' in source ? source.zone : undefined;

function compileSource(
  source: ImportSource,
  at: (column: string) => CellReader,
): { cell: CellReader; format?: string | undefined } {
  if (typeof source === 'string') return { cell: at(source) };
  if ('constant' in source) return { cell: () => source.constant };
  if ('sequenceWithin' in source) return { cell: () => '' };
  if ('parts' in source) {
    const parts = source.parts.map(({ column, label }) => ({ read: at(column), label }));
    return {
      cell: (cells) =>
        parts
          .map(({ read, label }) => ({ text: cellText(read(cells)), label }))
          // Sources like to say the same twice: `BROOKLYN, BROOKLYN`.
          .filter(
            ({ text, label }, at, all) =>
              text !== '' && (label || all.findIndex((one) => one.text === text) === at),
          )
          .map(({ text, label }) => (label ? `${label}${/[:：]\s*$/.test(label) ? '' : ': '}${text}` : text))
          .join(source.separator ?? ', ') ||
        (source.otherwise ?? ''),
    };
  }
  const read = at(source.column);
  const { values, format } = source;
  if (!values) return { cell: read, format };
  const replaced = new Map(Object.entries(values).map(([from, to]) => [from.trim().toLowerCase(), to]));
  return {
    format,
    cell: (cells) => {
      const cell = read(cells);
      const text = cellText(cell).toLowerCase();
      return replaced.get(text) ?? (text === '' ? '' : (replaced.get('*') ?? cell));
    },
  };
}

function reading({ field, header, cell, format, zone }: Compiled, cells: readonly Cell[]): Reading {
  const found = cell(cells);
  const shown = cellText(found);
  if (shown === '') {
    return field.required
      ? { field, header, value: null, bad: new Bad(reasons.required), shown }
      : { field, header, value: null, shown };
  }
  const value = coerce(found, { ...field, format, zone });
  return value instanceof Bad
    ? { field, header, value: null, bad: value, shown }
    : { field, header, value, shown };
}
