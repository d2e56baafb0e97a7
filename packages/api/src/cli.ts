/** `npm run cli -- …`: what operators do at the server itself. Results go to stdout, everything else to stderr. */
import { run } from './cli/run.ts';

// Whatever a library says must not mix with the results, which other programs read.
console.log = console.info = console.debug = console.error;
process.exitCode = await run(process.argv.slice(2), process.env);
