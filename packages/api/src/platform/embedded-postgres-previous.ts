/** What an earlier run left behind: a server that is still leaving, one without a master, or only its pid file. */
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const PATIENCE_MS = 30_000;
const run = promisify(execFile);

/** A setting without meaning to PostgreSQL: the last argument of a server, by which its cluster is known. */
export function clusterMarker(dir: string): string {
  return `desk.cluster=${dir}`;
}

/** The process id of the server on this cluster, if one runs. */
export async function serverOf(dir: string): Promise<number | undefined> {
  const pid = await recordedPid(dir);
  return pid && (await commandLine(pid)).endsWith(clusterMarker(dir)) ? pid : undefined;
}

/** Names the supervisor of a server after the process that started it. */
export function supervisorName(): string {
  return `postgres-of-${process.pid}`;
}

/** Returns when no server is on the cluster; fails when another instance is using it. */
export async function waitForPreviousServer(dir: string, log: (line: string) => void): Promise<void> {
  const pid = await recordedPid(dir);
  if (!pid) return;
  if (!(await serverOf(dir))) {
    // After a crash the number may belong to a stranger by now, and PostgreSQL would take it for a server.
    if (isProcess(pid)) await rm(join(dir, 'postmaster.pid'), { force: true });
    return;
  }
  const supervisor = await parentOf(pid);
  const owner = /postgres-of-(\d+)/.exec(await commandLine(supervisor))?.[1];
  if (owner && Number(owner) === (await parentOf(supervisor))) {
    throw new Error(`Process ${owner} uses the data in ${dir}: stop it, or choose another DATA_DIR.`);
  }
  log(`the PostgreSQL server of a killed run is still there (process ${pid}), waiting for it to end`);
  if (!owner) process.kill(pid, 'SIGINT');
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(50)) {
    if (!(await serverOf(dir))) return;
  }
  throw new Error(
    `The PostgreSQL process ${pid} on ${dir} does not end: stop it, or choose another DATA_DIR.`,
  );
}

async function recordedPid(dir: string): Promise<number | undefined> {
  const content = await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(content, 10) || undefined;
}

function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Empty when there is no such process. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.replace(/\0$/, '');
  }
  return ask('args=', pid);
}

async function parentOf(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  }
  return Number(await ask('ppid=', pid));
}

async function ask(column: string, pid: number): Promise<string> {
  return run('ps', ['-ww', '-o', column, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
