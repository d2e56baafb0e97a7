/** Message brokers of Debian packages, each on a port of its own on the loopback. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type BrokerKind = 'redis' | 'nats';

const programs = {
  redis: {
    name: 'redis-server',
    args: (port: number) => ['--port', String(port), '--bind', '127.0.0.1', '--save', ''],
  },
  nats: { name: 'nats-server', args: (port: number) => ['-a', '127.0.0.1', '-p', String(port)] },
};

/** Where the program is; a machine that runs all tests as root (CI) installs its package first. Undefined where that is no way. */
export function brokerProgram(kind: BrokerKind): string | undefined {
  const { name } = programs[kind];
  const find = () =>
    [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/usr/local/bin']
      .map((folder) => join(folder, name))
      .find(isExecutable);
  const found = find();
  if (found ?? (!process.env.CI || process.getuid?.() !== 0)) return found;
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 120_000,
  });
  return find();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Broker {
  url: string;
  start(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** A broker that can be killed and started again on its port. */
export async function makeBroker(kind: BrokerKind, program: string): Promise<Broker> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  return {
    url: `${kind}://127.0.0.1:${port}`,
    start: async () => {
      child = spawn(program, programs[kind].args(port), { stdio: 'ignore', cwd: '/' });
      for (const end = Date.now() + 15_000; !(await answers(port)); await pause(20))
        if (Date.now() > end) throw new Error(`${program} did not start`);
    },
    kill: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (up: boolean) => {
      socket.destroy();
      resolve(up);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
