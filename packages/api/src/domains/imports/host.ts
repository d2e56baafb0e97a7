import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../../platform/context.ts';
import type { Host } from '../../platform/domain.ts';
import { ImportRunner } from './runner.ts';
import { uploadRoute } from './upload.ts';

const runners = new WeakMap<Services, ImportRunner>();
const keptFor = 7 * 24 * 60 * 60 * 1000;

/** The runner of this process. */
export function runnerOf(services: Services): ImportRunner {
  const runner = runners.get(services);
  if (!runner) throw new Error('imports are not mounted');
  return runner;
}

/** The upload route, the runner, and the tidying up after a process that died. */
export async function mountImports(host: Host): Promise<void> {
  const { fastify, config, services } = host;
  const folder = join(config.DATA_DIR, 'imports');
  const runner = new ImportRunner(services, (id) => join(folder, id));
  runners.set(services, runner);
  await uploadRoute(host, {
    pathOf: runner.pathOf,
    ready: async () => void (await mkdir(folder, { recursive: true, mode: 0o700 })),
  });
  fastify.addHook('onReady', async () => {
    await runner.recover();
    await removeOld(folder, services.clock.now().getTime() - keptFor);
  });
  fastify.addHook('onClose', () => runner.close());
}

/** Files that nobody has imported for a week hold personal data for nothing. */
async function removeOld(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => undefined);
    if (file && file.mtimeMs < before) await rm(path, { force: true });
  }
}
