import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter(Boolean);
const text = (file: string): string => readFileSync(join(root, file), 'utf8');

test('no file is longer than 300 lines, unless its first line says why: `// long: …`', () => {
  const long = files.filter(
    (file) => text(file).split('\n').length > 301 && !/^\/\/ long: .{10}/.test(text(file)),
  );
  expect(long).toEqual([]);
});

test('the environment is read in one place', () => {
  const readers = files.filter(
    (file) =>
      /^packages\/(api|schema)\/src\//.test(file) &&
      !file.endsWith('.test.ts') &&
      /\bprocess\.env\b/.test(text(file)),
  );
  expect(
    readers.filter((file) => !['packages/api/src/main.ts', 'packages/api/src/cli.ts'].includes(file)),
  ).toEqual([]);
});

test('silenced lint names its reason, and nothing is left to do later', () => {
  const faults = files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) => {
        const silenced =
          /(biome-ignore|@ts-expect-error|@ts-ignore)(?!.*: .{8})/.test(line) &&
          !file.endsWith('files.test.ts');
        const later = /\b(TODO|FIXME|XXX)\b/.test(line) && !file.endsWith('files.test.ts');
        return silenced || later ? [`${file}:${index + 1}`] : [];
      }),
  );
  expect(faults).toEqual([]);
});
