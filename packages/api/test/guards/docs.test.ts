import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedDocs } from '../../scripts/generated-docs.ts';

test.each(Object.entries(generatedDocs()))('docs/%s is what the schema says', (name, text) => {
  const committed = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  expect(committed, `docs/${name} is stale: run \`npm run docs\``).toBe(text);
});
