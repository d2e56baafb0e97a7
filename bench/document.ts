/** Fills the figures of docs/performance.md from the saved results: `npm run bench -- --document`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { markdown, type Result } from './report.ts';

const page = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
export const resultFile = (scale: string): string =>
  fileURLToPath(new URL(`results/${scale}.json`, import.meta.url));

export function fillPage(): void {
  const text = readFileSync(page, 'utf8');
  const filled = text.replace(
    /(<!-- figures:(\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (before: string, head: string, scale: string, tail: string) => {
      if (!existsSync(resultFile(scale))) return before;
      const result = JSON.parse(readFileSync(resultFile(scale), 'utf8')) as Result;
      return `${head}${markdown(result)}\n${tail}`;
    },
  );
  writeFileSync(page, filled);
}
