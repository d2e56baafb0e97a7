/** Runs one TypeScript file of the repository with the pinned Node: `node scripts/run.mjs packages/api/scripts/sdl.ts`. */
import { spawn } from 'node:child_process';
import { ensureInstalled, main, pinnedEnv, pinnedNode, root, runtimeFlags } from './setup.mjs';

await main(async () => {
  await ensureInstalled((line) => console.error(line));
  const child = spawn(pinnedNode(), [...runtimeFlags(), ...process.argv.slice(2)], {
    cwd: root,
    env: pinnedEnv(),
    stdio: 'inherit',
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => done(code ?? 1));
  });
});
