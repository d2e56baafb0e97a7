/** The processes of the benchmark: each peer on one core, the database and the load on the other. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { runtimeFlags } from '../scripts/setup.mjs';

const cores = [0, 1] as const;
const pins = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;

export interface Peer {
  name: string;
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Ties a running process, its threads and its future children to a core. */
function pin(pid: number, core: number): void {
  if (pins) spawnSync('taskset', ['-a', '-c', '-p', String(core), String(pid)]);
}

/** The same to the core of the load. */
export const pinToLoad = (pid: number): void => pin(pid, cores[1]);

/**
 * Places everybody for a round: peers on one core, the database and the load on the other; in the next round the other way round.
 * Neighbours of a shared machine slow down one core and not the other, which would decide between peers that work in
 * the server and peers that leave the work to the database.
 */
export function placeFor(turn: number, peers: readonly Peer[], postmaster: number | undefined): void {
  const [own, others] = turn % 2 === 0 ? cores : cores.toReversed();
  for (const { pid } of peers) pin(pid, own as number);
  for (const pid of [process.pid, ...(postmaster ? familyOf(postmaster) : [])]) pin(pid, others as number);
}

/** Starts one peer; resolves when it answers HTTP. What it logs goes to /dev/null, its errors to stderr. */
export async function startPeer(
  name: string,
  script: string,
  env: Record<string, string>,
  nodeFlags: readonly string[] = [],
): Promise<Peer> {
  const port = await freePort();
  const command = [process.execPath, ...nodeFlags, ...runtimeFlags(), script];
  const [program = '', ...args] = pins ? ['taskset', '-c', String(cores[0]), ...command] : command;
  const silence = openSync('/dev/null', 'w');
  const child = spawn(program, args, {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', silence, 'inherit'],
  });
  closeSync(silence);
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 120_000; !(await answers(url)); await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error(`${name} did not start`);
  }
  return { name, url, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(impatience);
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    () => true,
    () => false,
  );

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

/** Milliseconds of CPU that a process has used so far. */
export function cpuOf(pid: number): number {
  const fields = statOf(pid);
  return fields ? (Number(fields[11]) + Number(fields[12])) * 10 : 0;
}

/** The same of each process of a database server. */
export const cpuOfDatabase = (postmaster: number): Map<number, number> =>
  new Map(familyOf(postmaster).map((pid) => [pid, cpuOf(pid)]));

/** What they used in between; of those that ended meanwhile nothing is known. */
export const cpuBetween = (before: Map<number, number>, after: Map<number, number>): number =>
  [...after].reduce((sum, [pid, used]) => sum + used - (before.get(pid) ?? 0), 0);

/** Memory that a process holds, in MB. */
export function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/** The server of a data folder of ours, or undefined when the database is somebody else's. */
export function postmasterOf(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(`${dataDir}/postgres/postmaster.pid`, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

function familyOf(parent: number): number[] {
  const children = readdirSync('/proc').flatMap((name) =>
    /^\d+$/.test(name) && Number(statOf(Number(name))?.[1]) === parent ? [Number(name)] : [],
  );
  return [parent, ...children];
}

/** Fields of /proc/<pid>/stat behind the command's name, which may hold blanks. */
function statOf(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined;
  }
}
