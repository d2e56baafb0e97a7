import type { ResourceDescriptor } from '@desk/schema';
import { say } from '@desk/schema';
import { largestPage } from './cursors.ts';
import { formatDateTime, minorToText } from './format.ts';
import { currentLocale, sayNow } from './i18n/index.ts';
import { type Field, fieldsOf } from './model.ts';
import type { DeskRecord } from './mutations.ts';
import { communityOf, hiddenFrom } from './viewer.ts';

/** Rows that one export takes at most; larger ones are a job of the server. */
export const largestExport = 10_000;

/** A cell that a spreadsheet would run as a formula becomes text; plain numbers stay numbers. */
export function guardCell(value: string): string {
  const harmless = /^-?\d+(\.\d+)?$/.test(value);
  return /^[=+\-@\t\r]/.test(value) && !harmless ? `'${value}` : value;
}

/** Rows as CSV that Excel on a Chinese Windows opens rightly: BOM, CRLF, quoted where needed. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `\uFEFF${rows.map((row) => row.map((value) => cell(guardCell(value))).join(',')).join('\r\n')}\r\n`;
}

/** What a person reads in the field, as text: enum labels, yuan, the community's time. */
export function textOf(
  field: Field,
  record: DeskRecord,
  represent: (resource: string, value: unknown) => string,
): string {
  const value = record[field.name];
  if (value === null || value === undefined) return '';
  if (field.kind === 'enum')
    return [value]
      .flat()
      .map((one) => labelOf(field, String(one)))
      .join('、');
  if (field.kind === 'money') return minorToText(value as number);
  if (field.kind === 'datetime') return formatDateTime(String(value), communityOf(record).timeZone);
  if (field.kind === 'boolean') return value ? '✓' : '';
  if (field.kind === 'reference')
    return [value]
      .flat()
      .map((one) => represent(field.reference ?? '', one))
      .join('、');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function labelOf(field: Field, value: string): string {
  const label = field.values?.[value];
  return label ? say(label, currentLocale()) : value;
}

export interface ExportSource {
  owner: ResourceDescriptor;
  page(page: number, perPage: number): Promise<{ data: DeskRecord[]; more: boolean }>;
  represent(resource: string, value: unknown): string;
}

/** All pages of a list as CSV text, and whether the limit cut it. */
export async function exportCsv({
  owner,
  page,
  represent,
}: ExportSource): Promise<{ csv: string; count: number; cut: boolean }> {
  const fields = fieldsOf(owner, hiddenFrom(owner));
  const rows = [[...fields.map(({ label }) => say(label, currentLocale())), sayNow('createdAt')]];
  let more = true;
  for (let at = 1; more && rows.length <= largestExport; at += 1) {
    const found = await page(at, largestPage);
    for (const record of found.data) {
      const created = record.createdAt
        ? formatDateTime(String(record.createdAt), communityOf(record).timeZone)
        : '';
      rows.push([...fields.map((field) => textOf(field, record, represent)), created]);
    }
    more = found.more;
  }
  return { csv: toCsv(rows), count: rows.length - 1, cut: more };
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
