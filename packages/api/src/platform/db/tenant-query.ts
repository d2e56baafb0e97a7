import pg from 'pg';

const name = 'set_tenant';
// Left to itself PostgreSQL plans most lists anew at each execution, which takes longer than the execution; our indexes fit
// the orders and filters offered, whatever the values.
const text =
  "select set_config('app.org', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)";

/** What the protocol layer of `pg` offers to a query; not part of its public types, so `pg` is pinned and this is tested. */
interface Wire {
  parsedStatements: Record<string, string | undefined>;
  close(message: { type: 'S'; name: string }): void;
  parse(message: { name: string; text: string }): void;
  bind(message: {
    portal: string;
    statement: string;
    values: string[];
    valueMapper: (value: unknown) => unknown;
  }): void;
  execute(message: { portal: string; rows: number }): void;
}

/** Statements that a connection keeps prepared at most, besides the tenant's. The console has about a hundred. */
const mostPrepared = 200;

interface QueryInternals {
  /** Of the statement. */
  name: string;
  prepare(connection: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
}

const Base = pg.Query as unknown as new (
  config: pg.QueryConfig & { rowMode?: 'array' },
  callback: (error: Error | null, result: pg.QueryArrayResult<unknown[]>) => void,
) => QueryInternals & pg.Submittable;

/**
 * A prepared statement that sets the tenant and runs in ONE round trip: both are sent before the same Sync, which makes
 * them one implicit transaction, so the local setting ends with it. Costs nothing measurable, while BEGIN + set_config +
 * COMMIT cost 0.3 ms (docs/decisions/tenant-in-one-round-trip.md).
 */
export class TenantQuery extends Base {
  readonly #tenant: string;
  #tenantSet = false;

  constructor(
    tenant: string,
    statement: { name: string; text: string; values: unknown[] },
    callback: (error: Error | null, result: pg.QueryArrayResult<unknown[]>) => void,
  ) {
    super({ ...statement, rowMode: 'array' }, callback);
    this.#tenant = tenant;
  }

  override prepare(connection: Wire): void {
    if (connection.parsedStatements[name] === undefined) {
      connection.parse({ name, text });
      connection.parsedStatements[name] = text;
    }
    this.#makeRoom(connection);
    connection.bind({ portal: '', statement: name, values: [this.#tenant], valueMapper: (value) => value });
    connection.execute({ portal: '', rows: 0 });
    super.prepare(connection);
  }

  /** Statements come from documents that clients write, and the server keeps each with its plan: the oldest gives way. */
  #makeRoom(connection: Wire): void {
    const { parsedStatements } = connection;
    if (this.name in parsedStatements) return;
    const [, oldest, ...more] = Object.keys(parsedStatements); // the first is the tenant's
    if (oldest === undefined || more.length < mostPrepared - 1) return;
    connection.close({ type: 'S', name: oldest });
    delete parsedStatements[oldest];
  }

  override handleDataRow(message: unknown): void {
    if (this.#tenantSet) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#tenantSet) super.handleCommandComplete(message, connection);
    else this.#tenantSet = true;
  }
}
