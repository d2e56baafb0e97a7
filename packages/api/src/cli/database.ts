import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from '../platform/config.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts';

export interface Server {
  url: string;
  stop(): Promise<void>;
}

const patience = 30_000;

/** DATABASE_URL; or the embedded server of DATA_DIR: the one that `npm start` runs, else one for as long as the command takes. */
export async function databaseServer(
  { DATABASE_URL, DATA_DIR }: Config,
  log: (line: string) => void,
): Promise<Server> {
  if (DATABASE_URL) return { url: DATABASE_URL, stop: async () => undefined };
  for (const deadline = Date.now() + patience; ; await sleep(250)) {
    const url = await runningServer(DATA_DIR);
    if (url) return { url, stop: async () => undefined };
    try {
      return await startEmbeddedPostgres({ dataDir: DATA_DIR, log });
    } catch (error) {
      // Another process holds the data: its server is about to answer, or about to end.
      if (!/uses the data/.test(String(error)) || Date.now() > deadline) throw error;
    }
  }
}

/** The address of the server that runs on the data, if one does: only the right one knows its password. */
async function runningServer(dataDir: string): Promise<string | undefined> {
  const access = await readFile(join(dataDir, 'postgres.json'), 'utf8').catch(() => undefined);
  if (access === undefined) return undefined;
  const { port, password } = JSON.parse(access) as { port: number; password: string };
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return url;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
