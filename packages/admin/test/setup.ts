/** Once per run: the console's build, one API with the demo, one Chromium, and a session per role. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Role } from '@desk/schema';
import type { TestProject } from 'vitest/node';
import { type AppOptions, buildApp } from '../../api/src/app.ts';
import { demoAccounts } from '../../api/src/demo/accounts.ts';
import { loadDemo } from '../../api/src/demo/index.ts';
import { readConfig } from '../../api/src/platform/config.ts';
import { asApp, databaseUrl, withClient } from '../../api/test/harness/postgres.ts';
// Declares what the first set-up provides.
import type {} from '../../api/test/harness/postgres-setup.ts';
import { startChromium } from './browser.ts';
import { demoSession } from './session.ts';

declare module 'vitest' {
  interface ProvidedContext {
    deskUrl: string;
    chromiumEndpoint: string;
    /** The `cookie` header of a demo sign-in, by role. */
    sessions: Partial<Record<Role, string>>;
  }
}

/** The API's own logger; the console does not depend on it. */
const { pino }: { pino(options: object): AppOptions['log'] } = createRequire(
  new URL('../../api/package.json', import.meta.url),
)('pino');

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const scripts: { ensureConsole(say: (line: string) => void): Promise<void> } = await import(
      here('../../../scripts/setup.mjs')
    );
    await scripts.ensureConsole(() => undefined);
    const { postgresUrl, templateDatabase } = project.getProvidedContext();
    const database = `test_browser_${process.pid}`;
    await withClient(postgresUrl, (client) =>
      client.query(`create database ${database} template ${templateDatabase} strategy file_copy`),
    );
    undo.push(() =>
      withClient(postgresUrl, (client) => client.query(`drop database ${database} with (force)`)),
    );
    const app = await buildApp({
      config: readConfig({
        PORT: '0',
        LOG_LEVEL: 'error',
        RATE_LIMIT: '1000000',
        CONSOLE_DIR: here('../dist'),
      }),
      databaseUrl: databaseUrl(postgresUrl, database),
      appDatabaseUrl: asApp(databaseUrl(postgresUrl, database)),
      log: pino({ level: 'error' }),
    });
    undo.push(() => app.close());
    await loadDemo(app, () => undefined);
    const url = await app.listen();
    project.provide('deskUrl', url);
    project.provide('sessions', Object.fromEntries(await sessions(url)));
    const chromium = await startChromium();
    undo.push(() => chromium.close());
    project.provide('chromiumEndpoint', chromium.wsEndpoint());
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** Signed in once per role: the throttle counts sign-ins. */
async function sessions(url: string): Promise<[Role, string][]> {
  const wanted = demoAccounts.filter(({ role }) => roles.has(role));
  return Promise.all(
    wanted.map(async ({ role, email }): Promise<[Role, string]> => [role, await demoSession(url, email)]),
  );
}

const roles: ReadonlySet<Role> = new Set([
  'FRONT_DESK',
  'CASHIER',
  'ENGINEERING',
  'MANAGER',
  'ADMINISTRATOR',
]);
