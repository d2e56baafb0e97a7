import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from '../platform/config.ts';
import { appRole } from '../platform/db/app-login.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { type Access, urlOf } from '../platform/embedded-postgres-access.ts';

export interface Server {
  url: string;
  /** A login of the app's own, where there is one. */
  appUrl: string | undefined;
  stop(): Promise<void>;
}

const patience = 30_000;

/** DATABASE_URL; or the embedded server of DATA_DIR: the one that `npm start` runs, else one for as long as the command takes. */
export async function databaseServer(
  { DATABASE_URL, APP_DATABASE_URL, DATA_DIR }: Config,
  log: (line: string) => void,
): Promise<Server> {
  if (DATABASE_URL) return { url: DATABASE_URL, appUrl: APP_DATABASE_URL, stop: async () => undefined };
  for (const deadline = Date.now() + patience; ; await sleep(250)) {
    const running = await runningServer(DATA_DIR);
    if (running) return { ...running, stop: async () => undefined };
    try {
      return await startEmbeddedPostgres({ dataDir: DATA_DIR, log });
    } catch (error) {
      // Another process holds the data: its server is about to answer, or about to end.
      if (!/uses the data/.test(String(error)) || Date.now() > deadline) throw error;
    }
  }
}

/** The address of the server that runs on the data, if one does: only the right one knows its password. */
async function runningServer(dataDir: string): Promise<Omit<Server, 'stop'> | undefined> {
  const access = await readFile(join(dataDir, 'postgres.json'), 'utf8').catch(() => undefined);
  if (access === undefined) return undefined;
  const { port, password, appPassword } = JSON.parse(access) as Access;
  const url = urlOf('postgres', password, port);
  const appUrl = appPassword && urlOf(appRole, appPassword, port);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return { url, appUrl };
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
