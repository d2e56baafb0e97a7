import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../packages/api/src/platform/embedded-postgres.ts';
import { migrate } from '../packages/api/src/platform/migrate.ts';
import { isSeeded, type Scale, seed } from './seed.ts';
import { postmasterOf } from './servers.ts';

export interface Server {
  url: string;
  /** A login of the app's own, as an installation has it. */
  appUrl: string | undefined;
  /** Its first process; undefined when the server is somebody else's. */
  postmaster: number | undefined;
  stop(): Promise<void>;
}

/** The database with its data: somebody else's, or our own in `.cache/bench/`, which is filled without waiting for the disk. */
export async function databaseOf(scale: Scale, tell: (line: string) => void): Promise<Server> {
  const dataDir = fileURLToPath(new URL(`../.cache/bench/${scale}`, import.meta.url));
  const given = process.env.DATABASE_URL;
  const start = async (fsync: boolean): Promise<Server> => {
    if (given)
      return {
        url: given,
        appUrl: process.env.APP_DATABASE_URL,
        postmaster: undefined,
        stop: async () => undefined,
      };
    const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, fsync });
    return { ...server, postmaster: postmasterOf(dataDir) };
  };
  let server = await start(true);
  try {
    tell('Migrating…');
    // New migrations reach data that is kept; what they index is large.
    await migrate(`${server.url}?options=-c%20maintenance_work_mem%3D1GB`);
    if (await isSeeded(server.url)) return server;
    await server.stop();
    server = await start(false);
    await seed(server.url, scale, tell);
    await server.stop();
    return await start(true);
  } catch (error) {
    await server.stop();
    throw error;
  }
}
