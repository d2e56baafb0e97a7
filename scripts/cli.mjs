/** `npm run cli -- …`: the operator's commands. Only their own output goes to stdout. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ensureInstalled, main, pinnedEnv, pinnedNode, root, runtimeFlags } from './setup.mjs';

await main(async () => {
  await ensureInstalled((line) => console.error(line));
  const args = [...runtimeFlags(), 'packages/api/src/cli.ts', ...process.argv.slice(2)];
  const child = spawn(pinnedNode(), args, { cwd: root, env: pinnedEnv(), stdio: 'inherit' });
  // The terminal sends Ctrl-C to the command as well; we only wait for how it ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
});
