import { createHash } from 'node:crypto';
import { normalised } from '../coerce/coerce.ts';

/** Names under which a header may be known: as it stands, and without what brackets add to it (`面积（㎡）` → `面积`). */
export function headerForms(header: string): string[] {
  const bare = header.normalize('NFKC').replace(/[([{【][^)\]}】]*[)\]}】]/gu, ' ');
  return [...new Set([normalised(header), normalised(bare)])].filter((form) => form !== '');
}

/** The same for files with the same header row, however they are spaced or capitalised. */
export function headerSignature(headers: readonly string[]): string {
  return createHash('sha256')
    .update(headers.map((header) => normalised(header) || header).join('\n'))
    .digest('base64url');
}
