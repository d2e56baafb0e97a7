/** `npm test`: everything, from a bare clone. `npm test -- <words>` runs only the tests of the files that contain them. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureConsole, ensureInstalled, main, pinnedEnv, root } from './setup.mjs';

const say = (line) => console.log(line);
const cache = join(root, '.cache');
const report = join(cache, 'vitest.json');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

await main(async () => {
  const filters = process.argv.slice(2);
  const results = [await stage('installation', () => ensureInstalled(say))];
  if (!results[0].failed) {
    const checks = filters.length ? [] : ['lint', 'types', 'arrows', 'unused'];
    for (const name of checks) results.push(await stage(name, () => run('sh', ['-c', scripts[name]])));
    results.push(await stage('console', () => ensureConsole(say)));
    results.push(await stage('tests', () => tests(filters)));
  }
  return summary(results);
});

/** Runs a stage and tells how it went; a failure never keeps the next stage from running. */
async function stage(name, work) {
  const begun = performance.now();
  say(`\n▶ ${name}`);
  const counts = await work()
    .then((counted) => counted ?? { passed: 1, failed: 0 })
    .catch((error) => {
      say(error.message);
      return { passed: 0, failed: 1 };
    });
  return { name, ...counts, seconds: (performance.now() - begun) / 1000 };
}

/** Counts single tests; whatever else makes vitest fail counts as one. */
async function tests(filters) {
  mkdirSync(cache, { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const failure = await run('vitest', ['run', ...reporters, ...filters]).catch((error) => error);
  if (!existsSync(report)) throw failure ?? new Error('vitest left no report');
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot even be loaded holds no test that could fail.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.length,
  ).length;
  const failed = numFailedTests + broken || (failure ? 1 : 0);
  if (passed + failed === 0) throw new Error('not one test ran');
  return { passed, failed };
}

function summary(results) {
  say('');
  for (const { name, seconds, passed, failed } of results) {
    say(
      `${failed ? '✗' : '✓'} ${name.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`,
    );
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  say(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') ? 1 : 0;
}

/** Runs a command of the packages; rejects unless it succeeds. */
function run(command, args) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: pinnedEnv(),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const stop = () => child.kill();
    process.once('SIGTERM', stop);
    child.on('error', fail);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', stop);
      if (code === 0) done();
      else fail(new Error(`${command} ended with ${code ?? signal}`));
    });
  });
}
