import type { ImportSource } from '@desk/schema/imports/mapping';

/** One column as it is, without conversion. */
export const isPlain = (source: ImportSource): source is string => typeof source === 'string';

/** The columns of the file that a source reads. */
export function columnsIn(source: ImportSource): string[] {
  if (isPlain(source)) return [source];
  if ('column' in source) return [source.column];
  return 'parts' in source ? source.parts.map(({ column }) => column) : [];
}
