/** Once per run: a server (embedded, or TEST_DATABASE_URL) and in it a migrated database that every test file copies. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { allowAppLogin } from '../../src/platform/db/app-login.ts';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { appPassword, databaseUrl, withClient } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    templateDatabase: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `test_template_${process.pid}`;
  try {
    await withClient(server.url, (client) => client.query(`create database ${template}`));
    await migrate(databaseUrl(server.url, template));
    await allowAppLogin(server.url, appPassword);
  } catch (error) {
    await server.stop();
    throw error;
  }
  provide('postgresUrl', server.url);
  provide('templateDatabase', template);
  return async () => {
    await withClient(server.url, (client) => client.query(`drop database ${template} with (force)`));
    await server.stop();
  };
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'desk-test-'));
  const server = await startEmbeddedPostgres({ dataDir, fsync: false, log: () => undefined });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
