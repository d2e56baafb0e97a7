import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { HistorySubscriber } from '../write/history.ts';
import { appRole } from './app-login.ts';
import { CommandDriver } from './command-driver.ts';
import { reclaimLost } from './lost-connections.ts';
import { RoundTrip, setTenant } from './round-trip.ts';

export type Rows = unknown[][];

/** Runs one read statement for one organisation. */
export type RunStatement = (text: string, values: unknown[]) => Promise<Rows>;

export interface Database {
  /** Commands: entities and their unit of work; fork it for each request. */
  orm: MikroORM;
  /** Reads for one organisation, under row-level security, as a named prepared statement in one round trip. */
  read(organisationId: string, text: string, values: unknown[]): Promise<Rows>;
  /** The owner's connections: sign-in, relay, migrations. Row-level security does not hold here. */
  owner: pg.Pool;
  /** Statements sent by `read` so far; the guards count with it. */
  statements(): number;
  close(): Promise<void>;
}

/**
 * Opens the pools of one process. The application's connections run as `desk_app` from their first byte on; with a login
 * of its own (`appUrl`) there is also no other role that a statement could go back to.
 */
export async function openDatabase(options: {
  url: string;
  appUrl?: string | undefined;
  pool: number;
  entities: (new () => object)[];
}): Promise<Database> {
  const orm = await MikroORM.init({
    driver: CommandDriver,
    clientUrl: options.appUrl ?? options.url,
    entities: options.entities,
    discovery: { checkDuplicateTableNames: true },
    // A new connection has to plan everything anew: keep those of a busy hour through its pauses.
    pool: { min: 0, max: options.pool, idleTimeoutMillis: 300_000 },
    driverOptions: { options: `-c role=${appRole} -c timezone=UTC`, application_name: 'desk' },
    subscribers: [new HistorySubscriber()],
    allowGlobalContext: false,
    forceUtcTimezone: true,
  });
  const pool = (await orm.em.getConnection().getNativeClient()) as pg.Pool;
  reclaimLost(pool);
  const owner = new pg.Pool({
    connectionString: options.url,
    max: 6,
    application_name: 'desk-owner',
    options: '-c timezone=UTC',
  });
  reclaimLost(owner);
  let statements = 0;

  async function read(organisationId: string, text: string, values: unknown[]): Promise<Rows> {
    statements += 1;
    const client = await pool.connect();
    let failure: Error | undefined;
    try {
      return await new Promise<Rows>((resolve, reject) => {
        client.query(
          new RoundTrip([setTenant(organisationId), { text, values }], (error, [, answer]) => {
            if (error) reject(error);
            else resolve(answer?.rows ?? []);
          }),
        );
      });
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw failure;
    } finally {
      client.release(failure !== undefined && endsConnection(failure));
    }
  }

  return {
    orm,
    read,
    owner,
    statements: () => statements,
    close: async () => {
      await orm.close();
      await owner.end();
    },
  };
}

/** A refused statement leaves its connection healthy; one that the server ended, or that broke, must not return to the pool. */
function endsConnection(failure: Error): boolean {
  const state = 'code' in failure ? String(failure.code) : '';
  return state.length !== 5 || state.startsWith('57P') || state.startsWith('08');
}

export type { EntityManager };
