import type { Locale } from '@desk/schema';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Database } from './db/database.ts';
import type { EventStreams } from './events/stream.ts';
import type { Presence } from './presence/presence.ts';
import type { Reader } from './read/reader.ts';
import type { Viewer } from './viewer.ts';
import type { Writer } from './write/writer.ts';

/** What lives as long as the process. */
export interface Services {
  db: Database;
  clock: Clock;
  log: Logger;
  /** The installation's key: signs sessions, and keys what must not be guessed from the database. */
  secret: string;
  /** Subscriptions of this process. */
  events: EventStreams;
  /** Who is at which record, for the sockets of this process. */
  presence: Presence;
  /** Called after each commit, so that the relay of this process need not wait for its next look. */
  committed(): void;
}

/** What a resolver gets: who asks, in which language, and the one way to read and the one way to write. */
export interface Context {
  viewer: Viewer | null;
  locale: Locale;
  clock: Clock;
  read: Reader;
  write: Writer;
  services: Services;
}
