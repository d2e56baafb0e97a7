import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from './generated-docs.ts';

/** `npm run docs`: writes the pages that are made from the schema package; a guard fails when they are stale. */
const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));
mkdirSync(docs, { recursive: true });
for (const [name, text] of Object.entries(generatedDocs())) {
  const file = `${docs}${name}`;
  let before = '';
  try {
    before = readFileSync(file, 'utf8');
  } catch {
    // not there yet
  }
  if (before !== text) writeFileSync(file, text);
}
