import { randomUUID } from 'node:crypto';
import type { Locale } from '@desk/schema';
import { pino } from 'pino';
import type { DemoTarget } from '../demo/player.ts';
import { domains } from '../domains.ts';
import { runAs, systemViewer } from '../platform/auth/system.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/db/database.ts';
import { EventStreams } from '../platform/events/stream.ts';
import { Engine } from '../platform/graphql/engine.ts';
import { schemaOf } from '../platform/graphql/schema.ts';
import { decodeId, encodeId } from '../platform/ids.ts';
import { migrate } from '../platform/migrate.ts';
import { Presence } from '../platform/presence/presence.ts';
import { constraintRefusal, declareConstraints } from '../platform/write/constraints.ts';
import type { Tx } from '../platform/write/tx.ts';
import { databaseServer } from './database.ts';
import { Failure, localeOf, Usage, wordsOf } from './failure.ts';

export interface Organisation {
  id: string;
  name: string;
}

/** What commands work with: the migrated database, and writing as the system in one organisation. */
export class Desk {
  constructor(
    readonly config: Config,
    readonly databaseUrl: string,
    readonly db: Database,
    readonly locale: Locale,
    readonly clock: Clock,
    readonly close: () => Promise<void>,
  ) {}

  /** The organisation of this name or id; without one, the only one there is. */
  async organisation(wanted: string | undefined): Promise<Organisation> {
    const { rows } = await this.db.owner.query<Organisation>(
      'select id, name from organisation order by name',
    );
    const list = () => rows.map(({ name }) => `  ${name}`).join('\n');
    if (rows.length === 0)
      throw new Failure('There is no organisation yet: make one with "organisation create --name <name>".');
    if (wanted === undefined) {
      const [only] = rows;
      if (only && rows.length === 1) return only;
      throw new Usage(`There are several organisations, choose one with --organisation <name>:\n${list()}`);
    }
    const found = rows.filter(({ id, name }) => name === wanted || id === decodeId('org', wanted));
    const [organisation] = found;
    if (!organisation) throw new Failure(`There is no organisation "${wanted}". There are:\n${list()}`);
    if (found.length > 1)
      throw new Usage(
        `Several organisations are called "${wanted}", choose by id: ${found.map(({ id }) => encodeId('org', id)).join(', ')}`,
      );
    return organisation;
  }

  /** The public id of the community with this code. */
  async community(organisation: Organisation, code: string): Promise<string> {
    const { rows } = await this.db.owner.query<{ id: string; code: string }>(
      'select id, code from community where organisation_id = $1 order by code',
      [organisation.id],
    );
    const found = rows.find((row) => row.code === code);
    if (!found)
      throw new Failure(
        `"${organisation.name}" has no community with the code "${code}". It has: ${rows.map((row) => row.code).join(', ') || 'none'}`,
      );
    return encodeId('community', found.id);
  }

  /** The API without its server, for what goes through GraphQL. */
  target(): DemoTarget {
    const log = pino({ level: 'silent' });
    const events = new EventStreams(this.db.owner, log, { retentionDays: this.config.EVENT_DAYS });
    const services = {
      db: this.db,
      clock: this.clock,
      log,
      events,
      presence: new Presence(this.db.owner, log),
      secret: randomUUID(),
      committed: () => undefined,
    };
    return { engine: new Engine(schemaOf(domains), log), services };
  }

  /** The community with this code, as what works on its rows wants it. */
  async place(organisation: Organisation, code: string): Promise<{ id: string; timeZone: string }> {
    const id = decodeId('community', await this.community(organisation, code));
    const { rows } = await this.db.owner.query<{ id: string; timeZone: string }>(
      'select id, time_zone as "timeZone" from community where id = $1',
      [id],
    );
    const [found] = rows;
    if (!found) throw new Failure(`The community "${code}" is gone.`);
    return found;
  }

  /** Writes in one transaction as the system; the history says so (handbook P-6). */
  async write<T>(organisation: Organisation, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await runAs(this.db, systemViewer(organisation.id, 'cli'), this.clock, work, {
        locale: this.locale,
      });
    } catch (error) {
      throw constraintRefusal(error) ?? error;
    }
  }
}

/** Finds or starts the database, brings it to the newest schema and opens it. */
export async function openDesk(env: NodeJS.ProcessEnv): Promise<Desk> {
  const config = readConfig(env);
  const log = pino({ level: config.LOG_LEVEL }, pino.destination({ dest: 2, sync: true }));
  const server = await databaseServer(config, (line) => log.debug(line));
  try {
    await migrate(server.url).catch((error: unknown) => {
      throw new Failure(`The database cannot be used: ${wordsOf(error, env)}`);
    });
    for (const domain of domains) declareConstraints(domain.constraints ?? {});
    const db = await openDatabase({
      url: server.url,
      appUrl: server.appUrl,
      pool: 4,
      readSeconds: config.READ_SECONDS,
      entities: domains.flatMap((domain) => domain.entities) as (new () => object)[],
    });
    const close = async () => {
      await db.close();
      await server.stop();
    };
    return new Desk(config, server.url, db, localeOf(env), systemClock, close);
  } catch (error) {
    await server.stop();
    throw error;
  }
}
