import type { Logger } from 'pino';
import type { Services } from '../context.ts';
import type { Tx } from '../write/tx.ts';

/** When a job looks whether something is due. */
export type Every =
  /** At least this often, in seconds (>= 1); what is due starts within the second after. Any number of processes, one looks. */
  | { seconds: number }
  /** By a cron expression of five fields in an IANA zone; made up for once when no process ran at that time. */
  | { cron: string; timeZone: string };

/** Something that must happen while nobody looks. A domain lists its jobs in its manifest. */
export interface Job {
  /** Unique in the product: `<domain>.<what>`, such as `ticket.escalate`. */
  name: string;
  /** One sentence for operators: what it does, and the handbook rule it keeps. */
  about: string;
  every: Every;
  /**
   * Does what is due now and answers how many effects it had; it is called again at once until that is 0. It may be
   * repeated, also while another process runs it: each effect belongs into one transaction that makes it happen once
   * (claim the row with `for update skip locked` and look again, or a unique key).
   */
  run(host: JobHost): Promise<number>;
}

/** What a job works with. */
export interface JobHost {
  services: Services;
  /** Of the injectable clock: tests travel in time with it. */
  now(): Date;
  log: Logger;
  /** One transaction as the system in one organisation: history and events name SYSTEM, with the job as the reason. */
  write<T>(organisationId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Rows of all organisations, read only and past row-level security: which organisations or rows are due. */
  due<Row>(text: string, values: unknown[]): Promise<Row[]>;
  /**
   * One transaction for each due row, in order; answers how many had an effect (`work` answers whether). A row that
   * fails is logged, counted, and tried again later with back-off, and the others go on.
   */
  each<Row extends DueRow>(
    rows: readonly Row[],
    work: (tx: Tx, row: Row) => Promise<boolean>,
  ): Promise<number>;
}

/** What `each` needs to know of a row. Both ids are bare UUIDs. */
export interface DueRow {
  organisationId: string;
  id: string;
}
