import pg from 'pg';

const tenantName = 'set_tenant';
// Left to itself PostgreSQL plans most lists anew at each execution, which takes longer than the execution; our indexes fit
// the orders and filters offered, whatever the values.
const tenantText =
  "select set_config('app.org', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)";

/** What the protocol layer of `pg` offers to a query; not part of its public types, so `pg` is pinned and this is tested. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  parse(message: { name: string; text: string }): void;
  bind(message: {
    portal: string;
    statement: string;
    values: unknown[];
    valueMapper: (value: unknown) => unknown;
  }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
}

/** Turns a value into what the protocol carries. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

type Decoder = (text: string) => unknown;
interface Types {
  getTypeParser(oid: number, format: 'text'): Decoder;
}

/** Statements that a connection keeps prepared at most, besides the tenant's. The console has about a hundred. */
const mostPrepared = 200;

/** By connection: the statements that it has prepared, the oldest first, with the decoders of their columns. */
const prepared = new WeakMap<Wire, Map<string, readonly Decoder[]>>();

type Callback = (error: Error | null, result: { rows: unknown[][] }) => void;

/**
 * A prepared statement that sets the tenant and runs in ONE round trip: both are sent before the same Sync, which makes
 * them one implicit transaction, so the local setting ends with it. Costs nothing measurable, while BEGIN + set_config +
 * COMMIT cost 0.3 ms (docs/decisions/tenant-in-one-round-trip.md).
 *
 * A query as pg's client drives it, and no more than is needed: rows are arrays, and the columns of a statement are described
 * once per connection instead of with each execution.
 */
export class TenantQuery implements pg.Submittable {
  readonly #tenant: string;
  readonly #name: string;
  readonly #text: string;
  readonly #values: unknown[];
  readonly #callback: Callback;
  readonly #rows: unknown[][] = [];
  /** Where the client leaves the parsers of its types. */
  readonly _result: { _types?: Types } = {};
  #known!: Map<string, readonly Decoder[]>;
  #decoders: readonly Decoder[] = [];
  #tenantSet = false;
  #failure: Error | undefined;

  constructor(
    tenant: string,
    statement: { name: string; text: string; values: unknown[] },
    callback: Callback,
  ) {
    this.#tenant = tenant;
    this.#name = statement.name;
    this.#text = statement.text;
    this.#values = statement.values.map(prepareValue); // may throw: before anything is sent
    this.#callback = callback;
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    this.#known = prepared.get(wire) ?? new Map();
    prepared.set(wire, this.#known);
    const known = this.#known.get(this.#name);
    wire.stream.cork();
    if (!this.#known.has(tenantName)) prepare(wire, tenantName, tenantText);
    if (!known) {
      this.#makeRoom(wire);
      prepare(wire, this.#name, this.#text);
    }
    wire.bind({ portal: '', statement: tenantName, values: [this.#tenant], valueMapper: same });
    wire.execute({ portal: '', rows: 0 });
    wire.bind({ portal: '', statement: this.#name, values: this.#values, valueMapper: same });
    if (known) this.#decoders = known;
    else wire.describe({ type: 'P', name: '' });
    wire.execute({ portal: '', rows: 0 });
    wire.sync();
    wire.stream.uncork();
  }

  /** Statements come from documents that clients write, and the server keeps each with its plan: the oldest gives way. */
  #makeRoom(wire: Wire): void {
    if (this.#known.size <= mostPrepared) return;
    const oldest = [...this.#known.keys()].find((name) => name !== tenantName);
    if (oldest === undefined) return;
    wire.close({ type: 'S', name: oldest });
    this.#known.delete(oldest);
  }

  handleRowDescription({ fields }: { fields: { dataTypeID: number }[] }): void {
    const types = this._result._types as Types;
    this.#decoders = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text'));
  }

  /** Decodes in place: the parser made the array for this row. */
  handleDataRow({ fields: row }: { fields: unknown[] }): void {
    if (!this.#tenantSet || this.#failure) return;
    try {
      for (let at = 0; at < row.length; at += 1) {
        const text = row[at];
        if (text !== null) row[at] = this.#decoders[at]?.(text as string);
      }
      this.#rows.push(row);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  handleCommandComplete(): void {
    if (this.#tenantSet) this.#known.set(this.#name, this.#decoders);
    else if (!this.#known.has(tenantName)) this.#known.set(tenantName, []);
    this.#tenantSet = true;
  }

  handleError(error: Error): void {
    this.#known.delete(this.#name); // prepared anew the next time, should that have been the reason
    this.#callback(error, { rows: [] });
  }

  handleReadyForQuery(): void {
    this.#callback(this.#failure ?? null, { rows: this.#rows });
  }
}

/** The name may be taken: a statement that was prepared and then failed is not counted as known. */
function prepare(wire: Wire, name: string, text: string): void {
  wire.close({ type: 'S', name });
  wire.parse({ name, text });
}

const same = (value: unknown): unknown => value;
