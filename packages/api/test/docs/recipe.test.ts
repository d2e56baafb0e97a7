import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';

/** Replays "Recipe: a field" of CONTRIBUTING.md in a copy of the repository: exactly its edits, nothing else by hand. */
const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const node = process.execPath;
let copy = '';

interface Edit {
  file: string;
  text: string;
  line?: string;
  before: boolean;
  every: boolean;
}

async function recipe(): Promise<Edit[]> {
  const page = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const section = page.slice(page.indexOf('## Recipe: a field'), page.indexOf('## Recipe: a mutation'));
  return [...section.matchAll(/^```ts (.*)\n([\s\S]*?)^```/gm)].map(([, attributes = '', text = '']) => {
    const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const line = value('line');
    return {
      file: value('file') ?? value('after') ?? '',
      text,
      ...(line && { line }),
      before: value('before') === 'true',
      every: value('every') === 'true',
    };
  });
}

async function apply({ file, text, line, before, every }: Edit): Promise<void> {
  const path = join(copy, file);
  if (!line) return writeFile(path, text);
  const source = await readFile(path, 'utf8');
  const found = source.split(`${line}\n`).length - 1;
  expect(every ? found > 1 : found === 1, `"${line.trim()}" stands ${found} times in ${file}`).toBe(true);
  await writeFile(path, source.replaceAll(`${line}\n`, before ? `${text}${line}\n` : `${line}\n${text}`));
}

/** Installed packages are shared; the workspace's own must be the copy's. */
async function linkPackages(name: string): Promise<void> {
  const target = join(copy, 'packages', name, 'node_modules');
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(join(root, 'packages', name, 'node_modules')))
    if (entry !== '@desk')
      await symlink(
        await realpath(join(root, 'packages', name, 'node_modules', entry)),
        join(target, entry),
      ).catch(() => undefined);
  await mkdir(join(target, '@desk'), { recursive: true });
  await symlink(join(copy, 'packages/schema'), join(target, '@desk/schema'));
}

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'desk-recipe-'));
  const filter = (source: string) =>
    !/node_modules|[/\\](dist|\.git|\.data)$/.test(source.slice(root.length));
  for (const part of ['packages', 'scripts', 'vitest.config.ts', 'package.json', 'tsconfig.json'])
    await cp(join(root, part), join(copy, part), { recursive: true, filter });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const name of ['schema', 'api', 'admin']) await linkPackages(name);
}, 60_000);
afterAll(() => rm(copy, { recursive: true, force: true }));

test('the recipe for a field takes six edits, and its field is stored, filtered, recorded and in the contract', async () => {
  const edits = await recipe();
  expect(new Set(edits.map((edit) => edit.file)).size).toBe(6);
  for (const edit of edits) await apply(edit);
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VITEST') && name !== 'NODE_OPTIONS',
  );
  const env = { ...Object.fromEntries(inherited), TEST_DATABASE_URL: inject('postgresUrl') };
  await run(node, ['--import', 'tsx', 'scripts/sdl.ts'], { cwd: join(copy, 'packages/api'), env });
  const sdl = await readFile(join(copy, 'packages/schema/schema.graphql'), 'utf8');
  for (const type of [
    'type Ticket implements',
    'input TicketFilter',
    'input TicketCreateInput',
    'input TicketUpdateInput',
  ]) {
    const block = sdl.slice(sdl.indexOf(type), sdl.indexOf('\n}', sdl.indexOf(type)));
    expect(block, type).toContain('entryNote');
  }
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { stdout } = await run(node, [vitest, 'run', '--project', 'api', 'entry-note'], {
    cwd: copy,
    env,
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(error.stdout + error.stderr);
  });
  expect(stdout).toMatch(/1 passed/);
}, 120_000);
