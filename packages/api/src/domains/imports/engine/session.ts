import type pg from 'pg';
import type { Database } from '../../../platform/db/database.ts';

type Row = Record<string, unknown>;

/**
 * One connection of its own, as the application's role and for one organisation: a file's rows are staged in a table that
 * only this connection sees and that ends with it, however it ends.
 */
export class Session {
  private constructor(readonly client: pg.PoolClient) {}

  static async open(db: Database, organisationId: string, now: Date): Promise<Session> {
    const pool = (await db.orm.em.getConnection().getNativeClient()) as pg.Pool;
    const session = new Session(await pool.connect());
    // For the whole connection, which is closed in the end and never goes back to the pool.
    await session.run(`select set_config('app.org', $1, false), set_config('app.now', $2, false)`, [
      organisationId,
      now.toISOString(),
    ]);
    return session;
  }

  async run<T extends Row = Row>(text: string, values: unknown[] = []): Promise<T[]> {
    const { rows } = await this.client.query<T>(text, values);
    return rows;
  }

  close(): void {
    this.client.release(true);
  }
}
