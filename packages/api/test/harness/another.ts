import { pino } from 'pino';
import { type App, buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { asApp } from './postgres.ts';
import { secret, type World } from './world.ts';

/** A second process of the same installation: another application on the world's database, with the same sessions. */
export async function another(
  world: World,
  env: Record<string, string> = {},
): Promise<App & { url: string }> {
  const config = readConfig({
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_POOL: '4',
    RATE_LIMIT: '1000000',
    AUTH_SECRET: secret,
    JOBS: 'off',
    ...env,
  });
  const app = await buildApp({
    config,
    databaseUrl: world.app.databaseUrl,
    appDatabaseUrl: asApp(world.app.databaseUrl),
    log: pino({ level: config.LOG_LEVEL }),
    clock: world.clock,
  });
  return { ...app, url: await app.listen() };
}
