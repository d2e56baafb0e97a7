import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promiseRules } from '@desk/schema/policies/rules';
import { expect, test } from 'vitest';

/** Every rule about promises and tickets is cited by the name of at least one test of behaviour. */
const root = fileURLToPath(new URL('../../../..', import.meta.url));
const files = execFileSync(
  'git',
  [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    'packages/*/**/*.test.ts',
    'packages/*/**/*.test.tsx',
  ],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => file && !file.includes('/test/guards/'));

/** Names of tests and their groups, also where a table makes several of one. */
const names = files
  .flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /\b(?:test|it|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g,
    ),
  ])
  .map(([, , name]) => name ?? '');

/** Rules that a name cites: `T-04`, and all of `T-01 to T-03` or `T-04–T-08`. */
function cited(name: string): string[] {
  const ranges = [...name.matchAll(/([PT])-(\d+)\s*(?:to|–|-)\s*\1-(\d+)/g)].flatMap(([, letter, from, to]) =>
    Array.from(
      { length: Number(to) - Number(from) + 1 },
      (_, index) => [letter, Number(from) + index] as const,
    ),
  );
  const single = [...name.matchAll(/\b([PT])-(\d+)\b/g)].map(
    ([, letter, number]) => [letter, Number(number)] as const,
  );
  return [...ranges, ...single].map(([letter, number]) =>
    letter === 'T' ? `T-${String(number).padStart(2, '0')}` : `P-${number}`,
  );
}

test('every rule of sections P and T has a test of behaviour that names it', () => {
  expect(names.length).toBeGreaterThan(300);
  const known = new Set(names.flatMap(cited));
  expect(promiseRules.filter((rule) => !known.has(rule))).toEqual([]);
});
