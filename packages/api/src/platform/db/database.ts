import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { HistorySubscriber } from '../write/history.ts';
import { appRole } from './app-login.ts';
import { CommandDriver } from './command-driver.ts';
import { reclaimLost } from './lost-connections.ts';
import { type Kind, Reads } from './reads.ts';

export type Rows = unknown[][];

/** Runs one statement for one organisation, on the pool or inside a command's transaction. */
export type Run = (text: string, values: unknown[], kind?: Kind) => Promise<Rows>;

export interface Database {
  /** Commands: entities and their unit of work; fork it for each request. */
  orm: MikroORM;
  /** Reads for one organisation, under row-level security; what is asked for at the same moment travels in one round trip. */
  read(organisationId: string, ...statement: Parameters<Run>): Promise<Rows>;
  /** The owner's connections: sign-in, relay, migrations. Row-level security does not hold here. */
  owner: pg.Pool;
  /** Statements sent by `read` so far; the guards count with it. */
  statements(): number;
  close(): Promise<void>;
}

/**
 * Our lists read a page of what their plan would yield in full, and plans made once for all values expect very many rows: a
 * memory of joined rows is then laid out for all of them (12 ms a join at ten million), and a plan that costs much is compiled.
 */
const plans = '-c enable_memoize=off -c jit=off';

/**
 * Opens the pools of one process. The application's connections run as `desk_app` from their first byte on; with a login
 * of its own (`appUrl`) there is also no other role that a statement could go back to.
 */
export async function openDatabase(options: {
  url: string;
  appUrl?: string | undefined;
  pool: number;
  /** What one read may take; `db.read` answers TIMEOUT then. */
  readSeconds: number;
  entities: (new () => object)[];
}): Promise<Database> {
  const orm = await MikroORM.init({
    driver: CommandDriver,
    clientUrl: options.appUrl ?? options.url,
    entities: options.entities,
    discovery: { checkDuplicateTableNames: true },
    // A new connection has to plan everything anew: keep those of a busy hour through its pauses.
    pool: { min: 0, max: options.pool, idleTimeoutMillis: 300_000 },
    driverOptions: { options: `-c role=${appRole} -c timezone=UTC ${plans}`, application_name: 'desk' },
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
  const reads = new Reads(pool, options.readSeconds);

  return {
    orm,
    read: (organisationId, text, values, kind = 'lists') => reads.run(organisationId, text, values, kind),
    owner,
    statements: () => reads.sent,
    close: async () => {
      await orm.close();
      await owner.end();
    },
  };
}

export type { EntityManager };
