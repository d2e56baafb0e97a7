/** A process of its own, to be killed: `killed.ts <database url> <key of the sessions>`; prints its address. */
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';

const [, , databaseUrl = '', key = ''] = process.argv;
const env = { PORT: '0', LOG_LEVEL: 'error', AUTH_SECRET: key, DATABASE_POOL: '4', JOBS: 'off' };
const app = await buildApp({ config: readConfig(env), databaseUrl });
process.stdout.write(`${await app.listen()}\n`);
