/**
 * PostgreSQL 18 as a child of this process. The binaries come from npm, everything it keeps lies in `dataDir`:
 * the cluster in `postgres/`, port and passwords in `postgres.json`, which only its owner can read.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  access,
  chown,
  constants,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { appRole } from './db/app-login.ts';
import { letAppIn, readAccess, urlOf, writeAccess } from './embedded-postgres-access.ts';
import { type Account, accountFor, binariesFor } from './embedded-postgres-binaries.ts';
import {
  clusterMarker,
  serverOf,
  supervisorName,
  waitForPreviousServer,
} from './embedded-postgres-previous.ts';

export interface EmbeddedPostgresOptions {
  /** Made when missing; the same folder gives the same data again. */
  dataDir: string;
  log: (line: string) => void;
  /** `false` is for tests only: faster, and a power cut may lose everything. */
  fsync?: boolean;
}

export interface EmbeddedPostgres {
  /** Superuser connection to the database `postgres` over 127.0.0.1. */
  url: string;
  /** The same database for what serves requests: a role that owns nothing and can become nobody else. */
  appUrl: string;
  /** Ends sessions, writes a checkpoint, and resolves when the server is gone. */
  stop(): Promise<void>;
}

interface Cluster {
  dir: string;
  bin: string;
  /** Whom the server runs as, when not as us. */
  account: Account | undefined;
}

interface Server {
  child: ChildProcess;
  ended: Promise<ExitError>;
}

const START_LIMIT_MS = 120_000;
const FAST_SHUTDOWN_LIMIT_MS = 20_000;
// Nothing of the host's locale, zone or libpq settings may reach the server.
const ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' };
// Runs the server, and shuts it down as soon as descriptor 3 closes: also when this process dies by kill -9.
const SUPERVISE = `"$@" 3<&- & server=$!; (read line <&3; kill -INT $server) 2>/dev/null & exec 3<&-; wait $server`;
// The server may own its folder but not be able to walk to it: it starts inside, and this is the name for "here".
const HERE = process.platform === 'linux' ? '/proc/self/cwd' : undefined;

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(options.dataDir);
  await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK).catch(() => {
    throw new Error(`The data folder ${dataDir} belongs to someone else: choose another DATA_DIR.`);
  });
  const dir = join(dataDir, 'postgres');
  const account = await accountFor(dir);
  const cluster: Cluster = { dir, account, bin: await binariesFor(account) };
  const accessFile = join(dataDir, 'postgres.json');

  if (await exists(dir)) await waitForPreviousServer(dir, options.log);
  else await initialise(cluster, accessFile, options);

  const remembered = await readAccess(accessFile);
  const { password } = remembered;
  let { appPassword } = remembered;
  let wanted = remembered.port;
  for (const deadline = Date.now() + START_LIMIT_MS; ; await sleep(200)) {
    const port = await freePort(wanted);
    if (port !== remembered.port) await writeAccess(accessFile, { ...remembered, port }, account);
    const server = launch(cluster, port, options);
    const url = urlOf('postgres', password, port);
    const failure = await Promise.race([server.ended, ready(url, dir, deadline)]);
    if (!failure) {
      appPassword ??= await letAppIn(url, accessFile, { port, password }, account);
      return { url, appUrl: urlOf(appRole, appPassword, port), stop: () => stop(server, dir) };
    }
    await stop(server, dir);
    // Someone took the port a moment ago, or a killed server's last processes are still leaving.
    const passing = /could not create any TCP\/IP sockets|still in use/.test(failure.message);
    if (!passing || Date.now() > deadline) throw failure;
    wanted = 0;
  }
}

async function initialise(
  { dir, bin, account }: Cluster,
  accessFile: string,
  options: EmbeddedPostgresOptions,
) {
  options.log('creating the PostgreSQL cluster');
  const password = randomBytes(24).toString('base64url');
  await writeAccess(accessFile, { port: 0, password }, account);

  // Made aside and renamed when complete: an interrupted start leaves no half cluster.
  const aside = `${dir}.new`;
  const fresh = join(aside, 'data');
  const passwordFile = join(aside, 'password');
  await rm(aside, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) {
    for (const path of [aside, fresh, passwordFile]) await chown(path, account.uid, account.gid);
  }
  const flags = [
    `--pgdata=${HERE ?? fresh}`,
    '--username=postgres',
    '--pwfile=../password',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // PostgreSQL's own C.UTF-8: the same on every host, whatever locales it has.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    ...(options.fsync === false ? ['--no-sync'] : []),
  ];
  const child = spawn(join(bin, 'initdb'), flags, {
    ...account,
    cwd: fresh,
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const failure = await endOf(child, 'initdb');
  if (failure.code !== 0) throw failure;
  await rename(fresh, dir);
  await rm(aside, { recursive: true });
}

function launch({ dir, bin, account }: Cluster, port: number, options: EmbeddedPostgresOptions): Server {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    random_page_cost: 1.1,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Error messages of the server quote rows, which hold personal data; the API logs what failed.
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    ...(options.fsync === false && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = [join(bin, 'postgres'), '-D', HERE ?? dir, ...flags, '-c', clusterMarker(dir)];
  const child = spawn('/bin/sh', ['-c', SUPERVISE, supervisorName(), ...server], {
    ...account,
    cwd: dir,
    env: ENVIRONMENT,
    // A process group of its own: Ctrl-C in the terminal reaches this process only, which stops the server last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  child.once('exit', () => child.stdio[3]?.destroy());
  child.stderr?.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().trim().split('\n')) options.log(line);
  });
  return { child, ended: endOf(child, 'postgres') };
}

class ExitError extends Error {
  constructor(
    message: string,
    readonly code: number | null,
  ) {
    super(message);
  }
}

/** Resolves when the child is gone, with what it last said. */
async function endOf(child: ChildProcess, name: string): Promise<ExitError> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  try {
    const [code] = await once(child, 'close');
    return new ExitError(`${name} ended with code ${code}: ${said.trim()}`, code);
  } catch (error) {
    return new ExitError(`${name} could not be started: ${String(error)}`, null);
  }
}

/** Resolves with nothing as soon as sessions are welcome, with an error after the deadline. */
async function ready(url: string, dir: string, deadline: number): Promise<Error | undefined> {
  let last: unknown;
  for (; Date.now() < deadline; await sleep(20)) {
    const state = await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '');
    if (!/^ready\s*$/m.test(state)) continue;
    // The file may be an earlier server's: only a session proves it.
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return undefined;
    } catch (error) {
      last = error;
    }
  }
  return new Error(
    `PostgreSQL did not answer within ${START_LIMIT_MS / 1000} s: ${String(last ?? 'not ready')}`,
  );
}

async function stop(server: Server, dir: string): Promise<void> {
  server.child.stdio[3]?.destroy();
  const impatience = setTimeout(async () => {
    const pid = await serverOf(dir);
    if (pid) process.kill(pid, 'SIGQUIT');
  }, FAST_SHUTDOWN_LIMIT_MS);
  await server.ended;
  clearTimeout(impatience);
}

/** The preferred port when it is free (0 for none), else one the system picks. */
async function freePort(preferred: number): Promise<number> {
  const probe = createServer();
  try {
    probe.listen(preferred, '127.0.0.1');
    await once(probe, 'listening');
    return (probe.address() as AddressInfo).port;
  } catch {
    return freePort(0);
  } finally {
    probe.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
