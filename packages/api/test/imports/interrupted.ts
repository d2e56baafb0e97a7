/** Imports a file in a process of its own, for a test that kills it: `interrupted.ts <database url> <organisation> <community> <file>`. */

import { runImport, targetOf } from '../../src/domains/imports/index.ts';
import { domains } from '../../src/domains.ts';
import { systemViewer } from '../../src/platform/auth/system.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openDatabase } from '../../src/platform/db/database.ts';

const [url = '', organisation = '', community = '', path = ''] = process.argv.slice(2);
const entities = domains.flatMap((domain) => domain.entities) as (new () => object)[];
const db = await openDatabase({ url, pool: 2, readSeconds: 60, entities });
const job = {
  target: targetOf('units'),
  path,
  fileName: 'file.csv',
  mapping: { columns: { building: '楼栋', number: '房号' } },
  community: { id: community, timeZone: 'Asia/Shanghai' },
  viewer: systemViewer(organisation, 'test'),
  dryRun: false,
  skipBad: false,
};
await runImport(db, systemClock, job, {
  onProgress: ({ percent }) => process.stdout.write(`${Math.floor(percent)}\n`),
});
await db.close();
