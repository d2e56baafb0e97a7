/** `npm run bench:live -- --help` */
import { installPeers } from '../install.ts';

installPeers();
const { main } = await import('./main.ts');
await main(process.argv.slice(2));
