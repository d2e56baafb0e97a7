import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';

/** A PostgreSQL of its own with its data on disk, to be killed and started again on the same data. */
export class FaultyPostgres {
  #server: EmbeddedPostgres | undefined;

  constructor(readonly dataDir: string) {}

  get url(): string {
    if (!this.#server) throw new Error('PostgreSQL was not started');
    return this.#server.url;
  }

  get appUrl(): string {
    if (!this.#server) throw new Error('PostgreSQL was not started');
    return this.#server.appUrl;
  }

  /** On the port of before. It keeps what it promised: with `fsync: false` a crash would lose acknowledged writes. */
  async start(): Promise<void> {
    this.#server = await startEmbeddedPostgres({ dataDir: this.dataDir, log: () => undefined });
  }

  /** The whole server, as by `kill -9` of its first process. */
  async kill(): Promise<void> {
    const pid = Number.parseInt(await readFile(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 'SIGKILL');
    await this.#server?.stop(); // resolves when it is gone
  }

  /** One session in the middle of something; PostgreSQL then ends all others and recovers by itself. Answers false when none was busy. */
  async killSession(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'desk' and state <> 'idle' limit 1`,
    );
    const [busy] = rows;
    if (busy) process.kill(busy.pid, 'SIGKILL');
    await client.end().catch(() => undefined);
    return busy !== undefined;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
