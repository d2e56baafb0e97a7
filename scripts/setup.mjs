/** What every command needs first: the pinned Node with the packages, and for `npm start` the built console. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';

const NODE = '24.21.0';
const PNPM = '12.21.0';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const consoleDir = join(root, 'packages/admin/dist');
const modules = join(root, 'node_modules');
const installStamp = join(modules, '.desk-install');
const buildStamp = join(consoleDir, '.desk-build');

/** A failure that needs no stack: the message says what to do. */
class SetupError extends Error {}

/** Installs the locked packages, unless they are there. `say` gets plain lines; the tools' own output goes to stderr. */
export async function ensureInstalled(say) {
  const wanted = installHash();
  if (read(installStamp) === wanted) return;
  await withLock(join(root, '.cache/setup.lock'), say, async () => {
    if (read(installStamp) === wanted) return;
    say(`installing the packages (Node ${NODE} and pnpm ${PNPM} included)`);
    rmSync(installStamp, { force: true });
    const pnpm = ['pnpm', 'install', '--frozen-lockfile', '--prod=false', '--config.ignore-scripts=false'];
    const npx = ['--loglevel=error', '-y', '-p', `node@${NODE}`, '-p', `pnpm@${PNPM}`, ...pnpm];
    const code = await run('npx', npx, { ...process.env, ...writableHome(), CI: 'true' });
    if (code !== 0)
      throw new SetupError(`The installation failed (npx ended with ${code}): its reasons stand above.`);
    writeFileSync(installStamp, wanted);
  });
}

/** Builds the console, unless it is built from these very sources. Call `ensureInstalled` first. */
export async function ensureConsole(say) {
  const wanted = buildHash();
  if (read(buildStamp) === wanted) return;
  await withLock(join(root, '.cache/setup.lock'), say, async () => {
    if (read(buildStamp) === wanted) return;
    say('building the console');
    // Built aside and moved in one piece: another instance may be serving the old one.
    const fresh = join(root, '.cache/console');
    const old = join(root, '.cache/console-old');
    const vite = join(root, 'packages/admin/node_modules/vite/bin/vite.js');
    const code = await run(
      pinnedNode(),
      [vite, 'build', 'packages/admin', '--outDir', fresh, '--emptyOutDir'],
      pinnedEnv(),
    );
    if (code !== 0) throw new SetupError(`The console could not be built (vite ended with ${code}).`);
    writeFileSync(join(fresh, '.desk-build'), wanted);
    rmSync(old, { recursive: true, force: true });
    if (existsSync(consoleDir)) renameSync(consoleDir, old);
    renameSync(fresh, consoleDir);
    rmSync(old, { recursive: true, force: true });
  });
}

/** The Node everything runs on; on a platform without a packaged one, the caller's own if it is new enough. */
export function pinnedNode() {
  const packaged = join(modules, '.bin/node');
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  throw new SetupError(
    `Node ${NODE} is not packaged for ${process.platform}-${process.arch}: install Node 24 yourself.`,
  );
}

/** The caller's environment, with the pinned Node and the packages' commands first in the path. */
export function pinnedEnv() {
  return { ...process.env, PATH: [join(modules, '.bin'), process.env.PATH].join(delimiter) };
}

/**
 * Node's arguments: the API's TypeScript runs as it stands, and short-lived objects have room enough to die young (rows of lists
 * live for a millisecond), from the beginning and for good: a space that V8 grows and shrinks stays too small for what 64 requests
 * hold at once, and a fifth to a third of a list's time is garbage collection (docs/performance.md).
 */
export function runtimeFlags() {
  const api = createRequire(join(root, 'packages/api/package.json'));
  return [
    '--min-semi-space-size=64',
    '--max-semi-space-size=64',
    '--import',
    pathToFileURL(api.resolve('tsx')).href,
  ];
}

/** Runs the main function of a command; failures end it with one plain line. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    process.exitCode = 1;
  }
}

/** Resolves with the exit code. Nothing but our own lines may appear on stdout, so the child's goes to stderr. */
function run(command, args, env) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 2, 2] });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
    child.on('error', (error) => fail(new SetupError(`${command} could not be started: ${error.message}`)));
    child.on('exit', (code, signal) => {
      for (const handled of ['SIGINT', 'SIGTERM']) process.off(handled, pass);
      done(code ?? signal);
    });
  });
}

/** Package managers keep caches in the home folder; without a writable one they get a place in the checkout. */
function writableHome() {
  try {
    accessSync(process.env.npm_config_cache ?? homedir(), constants.W_OK);
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    const home = join(root, '.cache/home');
    mkdirSync(home, { recursive: true });
    return {
      npm_config_cache: join(home, 'npm'),
      XDG_DATA_HOME: home,
      XDG_CACHE_HOME: home,
      XDG_STATE_HOME: home,
    };
  }
}

function installHash() {
  const manifests = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
  const files = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests.sort()];
  return hashOf(
    files.filter((file) => existsSync(join(root, file))),
    `${process.platform}-${process.arch}`,
  );
}

function buildHash() {
  return hashOf(
    ['tsconfig.json', ...sources('packages/admin'), ...sources('packages/schema')],
    installHash(),
  );
}

function sources(folder) {
  const skipped = ['node_modules', 'dist', 'test'];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !skipped.includes(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? sources(`${folder}/${entry.name}`) : `${folder}/${entry.name}`,
    )
    .sort();
}

function hashOf(files, seed) {
  const hash = createHash('sha256').update(seed);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
