/** `npm run bench -- --help` */
import { installPeers } from './install.ts';

installPeers();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
