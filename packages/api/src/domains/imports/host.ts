import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../../platform/context.ts';
import type { Host } from '../../platform/domain.ts';
import { ImportRunner } from './runner.ts';
import { uploadRoute } from './upload.ts';

const runners = new WeakMap<Services, ImportRunner>();
const folders = new WeakMap<Services, string>();
const keptFor = 7 * 24 * 60 * 60 * 1000;

/** The runner of this process. */
export function runnerOf(services: Services): ImportRunner {
  const runner = runners.get(services);
  if (!runner) throw new Error('imports are not mounted');
  return runner;
}

/** The upload route, the runner, and the recovery of what a dead process left. */
export async function mountImports(host: Host): Promise<void> {
  const { fastify, config, services } = host;
  const folder = join(config.DATA_DIR, 'imports');
  const runner = new ImportRunner(services, (id) => join(folder, id));
  runners.set(services, runner);
  folders.set(services, folder);
  await uploadRoute(host, {
    pathOf: runner.pathOf,
    ready: async () => void (await mkdir(folder, { recursive: true, mode: 0o700 })),
  });
  fastify.addHook('onReady', () => runner.recover());
  fastify.addHook('onClose', () => runner.close());
}

/** Files that nobody has imported for a week hold personal data for nothing. Answers how many were removed. */
export async function removeOldFiles(services: Services): Promise<number> {
  const folder = folders.get(services);
  if (folder === undefined) return 0;
  const before = services.clock.now().getTime() - keptFor;
  let removed = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => undefined);
    if (!file || file.mtimeMs >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
