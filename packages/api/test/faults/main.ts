/** `npm run test:faults -- --cycles 100`: kills everything in turn, and says what was lost. `--keep` writes the figures for docs/operations.md. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fillFaults, reportFile } from './report.ts';
import { runFaults } from './run.ts';

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '100' },
    wake: { type: 'string' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
});
const cycles = Number(values.cycles);
if (values.help || !Number.isInteger(cycles) || cycles < 1) {
  console.log('npm run test:faults -- [--cycles 100] [--wake redis://127.0.0.1:6379] [--keep]');
  process.exit(values.help ? 0 : 2);
}
const report = await runFaults({
  cycles,
  say: (line) => console.log(line),
  ...(values.wake && { env: { WAKE_URL: values.wake } }),
});
console.log(JSON.stringify(report, null, 2));
if (values.keep) {
  const machine = `Node ${process.versions.node}, ${availableParallelism()} cores, ${new Date().toISOString().slice(0, 10)}`;
  writeFileSync(fileURLToPath(reportFile), `${JSON.stringify({ machine, ...report }, null, 2)}\n`);
  fillFaults();
}
const whole = report.faults.length === 0 && report.lost + report.doubled + report.astray === 0;
console.log(whole ? 'Nothing lost, nothing doubled.' : `FAILED:\n${report.faults.join('\n')}`);
process.exit(whole ? 0 : 1);
