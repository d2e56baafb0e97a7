import type { ImportMapping, ImportSource } from '@desk/schema/imports/mapping';
import { Bad } from '../coerce/bad.ts';
import { cellText, coerce } from '../coerce/coerce.ts';
import { ambiguousFormat } from '../coerce/dates.ts';
import type { Cell } from '../reading/table.ts';
import type { ImportField } from '../targets/fields.ts';
import { headerForms } from './headers.ts';

interface Candidate {
  field: ImportField;
  header: string;
  score: number;
  format?: string | undefined;
}

/** Of columns whose header only sounds like a field, this part of the samples must be readable. */
const leastFit = 0.5;
/** Fewer samples say nothing against a header that names a field. */
const fewSamples = 5;

/**
 * Which column fills which field, from the headers and the values below them: a column `area` full of district names is
 * no area. Columns that nothing fits stay unmapped.
 */
export function suggestMapping(
  headers: readonly string[],
  samples: readonly (readonly Cell[])[],
  fields: readonly ImportField[],
  zone: string,
): ImportMapping {
  const candidates: Candidate[] = [];
  for (const [index, header] of headers.entries()) {
    const values = samples
      .map((row) => row[index] ?? '')
      .filter((cell) => cell !== '' && !(typeof cell === 'string' && cell.trim() === ''));
    for (const field of fields) {
      const likeness = nameLikeness(header, field);
      if (likeness === 0) continue;
      const { fit, format } = valueFit(values, field, zone);
      // A header that names a field is believed while anything below it can be read: what cannot is then reported.
      const believed = likeness >= 0.95 ? fit > 0 || values.length < fewSamples : fit >= leastFit;
      if (believed) candidates.push({ field, header, score: likeness * fit, format });
    }
  }
  candidates.sort((a, b) => b.score - a.score);
  const columns: Record<string, ImportSource> = {};
  const used = new Set<string>();
  for (const { field, header, format } of candidates) {
    if (columns[field.name] !== undefined || used.has(header)) continue;
    columns[field.name] = format ? { column: header, format } : header;
    used.add(header);
  }
  return { columns };
}

/** 1 for the field's own name or label, less for synonyms, less again for headers that only contain one; 0 for others. */
function nameLikeness(header: string, field: ImportField): number {
  const forms = headerForms(header);
  const own = [field.name, field.label.zh, field.label.en].flatMap(headerForms);
  if (own.some((name) => forms.includes(name))) return 1;
  const synonyms = field.synonyms.flatMap(headerForms);
  if (synonyms.some((name) => forms.includes(name))) return 0.95;
  const share = (name: string) =>
    Math.max(...forms.map((form) => (form.includes(name) ? name.length / form.length : 0)));
  // One Chinese character or a few Latin letters occur in too many words.
  const long = [...own, ...synonyms].filter((name) => name.length >= (/^[\x20-\x7E]*$/.test(name) ? 4 : 2));
  const best = Math.max(0, ...long.map(share));
  return best >= 0.5 ? 0.8 * best : 0;
}

function valueFit(
  values: readonly Cell[],
  field: ImportField,
  zone: string,
): { fit: number; format?: string | undefined } {
  // Any text is a text: what can be read as something more telling goes first.
  if (values.length === 0 || field.kind === 'text') return { fit: 0.99 };
  const dated = field.kind === 'date' || field.kind === 'dateTime';
  const format = dated ? ambiguousFormat(values.map(cellText)) : undefined;
  const readable = values.filter((cell) => !(coerce(cell, { ...field, format, zone }) instanceof Bad));
  return { fit: readable.length / values.length, format };
}
