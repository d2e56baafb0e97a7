/** The peers live in `bench/node_modules`, installed by the benchmark itself: the product never needs them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const stamp = `${folder}node_modules/.bench-install`;
/** The version that scripts/setup.mjs installs the product with. */
const pnpm = 'pnpm@12.21.0';

export function installPeers(): void {
  const wanted = createHash('sha256')
    .update(readFileSync(`${folder}pnpm-lock.yaml`))
    .digest('hex');
  if (read(stamp) === wanted) return;
  console.error('Installing the peers…');
  const { status } = spawnSync(
    'npx',
    ['--loglevel=error', '-y', '-p', pnpm, 'pnpm', 'install', '--frozen-lockfile'],
    {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) throw new Error('The peers could not be installed: the reasons stand above.');
  writeFileSync(stamp, wanted);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
