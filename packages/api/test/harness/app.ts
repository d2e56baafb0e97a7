import { pino } from 'pino';
import { type App, buildApp } from '../../src/app.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import { encodeId, splitId } from '../../src/platform/ids.ts';
import { createTestDatabase } from './postgres.ts';

export interface TestApp extends App {
  url: string;
  databaseUrl: string;
  uuidOf(id: string): string;
  encode(prefix: string, uuid: string): string;
}

/** An application on a database of its own; call `close` in `afterAll`. */
export async function startTestApp(env: Record<string, string> = {}, clock?: Clock): Promise<TestApp> {
  const database = await createTestDatabase();
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_POOL: '8',
    RATE_LIMIT: '1000000',
    JOBS: 'off', // tests run them by hand: `world.runJob`
    ...env,
  });
  const app = await buildApp({
    config,
    databaseUrl: database.url,
    appDatabaseUrl: database.appUrl,
    log: pino({ level: config.LOG_LEVEL }),
    ...(clock && { clock }),
  });
  const url = await app.listen();
  return {
    ...app,
    url,
    databaseUrl: database.url,
    uuidOf: (id) => splitId(id)?.uuid ?? '',
    encode: encodeId,
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
