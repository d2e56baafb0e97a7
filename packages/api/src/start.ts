import { pino } from 'pino';
import { dropUnfinishedDemo, markedAsUnfinished } from './demo/unfinished.ts';
import { type Config, readConfig } from './platform/config.ts';
import { assertPowerless } from './platform/db/app-login.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts';
import { migrate } from './platform/migrate.ts';

/** Starts everything one process needs, in order and telling what it does; SIGINT and SIGTERM stop it in reverse. */
export async function start(env: Record<string, string | undefined>): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const undo: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = (code: number): Promise<void> => {
    stopping ??= (async () => {
      for (const step of undo.reverse())
        await step().catch((error: unknown) => say(`While stopping: ${String(error)}`));
      process.exit(code);
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      say('Stopping…');
      void stop(0);
    });

  try {
    const config = readConfig(env);
    // Loaded while PostgreSQL starts: together they are most of the time until ready.
    const loading = Promise.all([import('./app.ts'), import('./demo/index.ts')]);
    loading.catch(() => undefined); // awaited below; a failure of the database must not leave it unhandled
    const { url: databaseUrl, appUrl: appDatabaseUrl } = await database(config, say, undo);
    if (await dropUnfinishedDemo(config.DATA_DIR, databaseUrl))
      say('The last start was ended while it loaded the demo: beginning anew.');
    say('Migrating the database…');
    await migrate(databaseUrl);
    // Lines are written a few at a time and each second: a system call per request would be a tenth of a small one.
    const lines = pino.destination({ sync: false, minLength: 4_096, periodicFlush: 1_000 });
    const log = pino({ level: config.LOG_LEVEL, base: null }, lines);
    const [{ buildApp }, { demoSignIns, hasDemo, isEmpty, loadDemo }] = await loading;
    if (config.DATABASE_URL && appDatabaseUrl) await assertPowerless(databaseUrl, appDatabaseUrl);
    const app = await buildApp({ config, databaseUrl, appDatabaseUrl, log });
    undo.push(() => app.close());
    if (config.DEMO && (await isEmpty(app)))
      await markedAsUnfinished(config.DATA_DIR, () => loadDemo(app, say));
    const address = await app.listen();
    say(`\nProperty service desk (物业服务台): ${config.PUBLIC_URL ?? address}`);
    if (await hasDemo(app)) for (const line of demoSignIns()) say(line);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(1);
  }
}

async function database(
  config: Config,
  say: (line: string) => void,
  undo: (() => Promise<unknown>)[],
): Promise<{ url: string; appUrl: string | undefined }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, appUrl: config.APP_DATABASE_URL };
  say(`Starting PostgreSQL in ${config.DATA_DIR}…`);
  const server = await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log: say });
  undo.push(() => server.stop());
  return server;
}
