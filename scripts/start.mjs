/** `npm start`: installs and builds what is missing, then runs the API with the console until Ctrl-C. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import {
  consoleDir,
  ensureConsole,
  ensureInstalled,
  main,
  pinnedEnv,
  pinnedNode,
  root,
  runtimeFlags,
} from './setup.mjs';

const IMPATIENCE_MS = 2000;
const say = (line) => console.log(line);

await main(async () => {
  await ensureInstalled(say);
  await ensureConsole(say);
  // Under npm, npm's end is ours too, also by kill -9; a bare `node scripts/start.mjs &` outlives its shell.
  if (process.env.npm_lifecycle_event) await import('./lifeline.mjs');
  return serve();
});

function serve() {
  const lifeline = ['--import', new URL('./lifeline.mjs', import.meta.url).href];
  const child = spawn(pinnedNode(), [...runtimeFlags(), ...lifeline, 'packages/api/src/main.ts'], {
    cwd: root,
    env: { CONSOLE_DIR: consoleDir, ...pinnedEnv() },
    // A group of its own: Ctrl-C reaches it once, through us, although the terminal and npm both pass it on.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (!asked) {
        asked = Date.now();
        child.kill(signal);
      } else if (Date.now() - asked > IMPATIENCE_MS) {
        child.kill('SIGKILL');
      }
    });
  }
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}
