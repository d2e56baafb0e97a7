import { createHash } from 'node:crypto';
import pg from 'pg';
import { serialize } from 'pg-protocol';

/** A statement ready to be sent. */
export interface Statement {
  /** Under which it is prepared; empty for one that is not kept. */
  name: string;
  text: string;
  /** As the protocol carries them. */
  values: unknown[];
}

/** What a statement answered. */
export interface Answer {
  rows: unknown[][];
  /** Names of the columns; none where the statement answers no rows. */
  columns: readonly string[];
  /** What PostgreSQL says it did: `UPDATE 1`. */
  tag: string;
}

/**
 * Sets the tenant until the transaction ends. Left to itself PostgreSQL plans most lists anew at each execution, which takes
 * longer than the execution; our indexes fit the orders and filters offered, whatever the values.
 */
const tenantText =
  "select set_config('app.org', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)";
export const setTenant = (organisationId: string): Statement => statementOf(tenantText, [organisationId]);

const readerText =
  "select set_config('app.org', $1, true), set_config('plan_cache_mode', $2, true), set_config('statement_timeout', $3, true)";
/**
 * The same for reads. What takes longer than `seconds` is given up (SQLSTATE 57014); `byValues` are planned at each execution,
 * because the values decide which index finds few rows.
 */
export const setReader = (organisationId: string, seconds: number, byValues: boolean): Statement =>
  statementOf(readerText, [
    organisationId,
    byValues ? 'force_custom_plan' : 'force_generic_plan',
    `${seconds}s`,
  ]);

/** The socket below a connection of `pg`; not part of its public types, so `pg` is pinned and this is tested. */
interface Wire {
  stream: { writable: boolean; write(bytes: Buffer): void };
}

/** Makes a statement ready; throws for values that the protocol cannot carry. */
export const statementOf = (text: string, values: readonly unknown[]): Statement => ({
  name: statementName(text),
  text,
  values: values.map(prepareValue),
});

/** Turns a value into what the protocol carries. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;

type Decoder = (text: string) => unknown;
interface Types {
  getTypeParser(oid: number, format: 'text'): Decoder;
}
interface Shape {
  columns: readonly string[];
  decoders: readonly Decoder[];
}

/** Statements that a connection keeps prepared at most, besides those of one round trip. The console has about a hundred. */
const mostPrepared = 200;
/** Statements of more letters (many rows at once) are hardly ever the same again: not kept. */
const longestPrepared = 20_000;

/** By connection: the statements that it has prepared, the oldest first, with the shape of their rows. */
const prepared = new WeakMap<Wire, Map<string, Shape>>();
const noShape: Shape = { columns: [], decoders: [] };

type Callback = (error: Error | null, answers: Answer[]) => void;

/**
 * Prepared statements that travel in ONE round trip: all are sent before the same Sync. Outside a transaction that makes them
 * one, so that a tenant set by the first ends with the last (docs/decisions/tenant-in-one-round-trip.md). After the first that
 * fails, none is run.
 *
 * A query as pg's client drives it, and no more than is needed: rows are arrays, and the columns of a statement are described
 * once per connection instead of with each execution.
 */
export class RoundTrip implements pg.Submittable {
  readonly #statements: readonly Statement[];
  readonly #callback: Callback;
  readonly #answers: Answer[] = [];
  /** Where the client leaves the parsers of its types. */
  readonly _result: { _types?: Types } = {};
  /** Empty until it is sent: a client whose connection is lost fails it before. */
  #known = new Map<string, Shape>();
  #shape: Shape | undefined;
  #rows: unknown[][] = [];
  #failure: Error | undefined;

  constructor(statements: readonly Statement[], callback: Callback) {
    this.#statements = statements;
    this.#callback = callback;
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    this.#known = prepared.get(wire) ?? this.#known;
    prepared.set(wire, this.#known);
    const messages = this.#room();
    for (const { name, text, values } of this.#statements) {
      const known = this.#known.has(name);
      // The name may be taken: a statement that was prepared and then failed is not counted as known.
      if (!known && name !== '') messages.push(serialize.close({ type: 'S', name }));
      if (!known) messages.push(serialize.parse({ name, text }));
      messages.push(serialize.bind({ statement: name, values }));
      if (!known) messages.push(serialize.describe({ type: 'P' }));
      messages.push(serialize.execute());
    }
    messages.push(serialize.sync());
    // As one piece: handing them to the socket one by one costs more than what they say.
    if (wire.stream.writable) wire.stream.write(Buffer.concat(messages));
    this.#begin();
  }

  /** Statements come from documents that clients write, and the server keeps each with its plan: the oldest gives way. */
  #room(): Buffer[] {
    const closing: Buffer[] = [];
    if (this.#known.size <= mostPrepared) return closing;
    const needed = new Set(this.#statements.map(({ name }) => name));
    for (const name of this.#known.keys()) {
      if (this.#known.size <= mostPrepared) break;
      if (needed.has(name) || tenantNames.has(name)) continue;
      closing.push(serialize.close({ type: 'S', name }));
      this.#known.delete(name);
    }
    return closing;
  }

  /** Ready for the rows of the next statement. */
  #begin(): void {
    const next = this.#statements[this.#answers.length];
    this.#shape = next && this.#known.get(next.name);
    this.#rows = [];
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    const types = this._result._types as Types;
    this.#shape = {
      columns: fields.map(({ name }) => name),
      decoders: fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text')),
    };
  }

  /** Decodes in place: the parser made the array for this row. */
  handleDataRow({ fields: row }: { fields: unknown[] }): void {
    if (this.#failure) return;
    const decoders = this.#shape?.decoders ?? [];
    try {
      for (let at = 0; at < row.length; at += 1) {
        const text = row[at];
        if (text !== null) row[at] = decoders[at]?.(text as string);
      }
      this.#rows.push(row);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  handleCommandComplete({ text: tag }: { text: string }): void {
    if (this.#failure) return; // only what came before has an answer
    const shape = this.#shape ?? noShape;
    const name = this.#statements[this.#answers.length]?.name;
    if (name) this.#known.set(name, shape);
    this.#answers.push({ rows: this.#rows, columns: shape.columns, tag });
    this.#begin();
  }

  handleError(error: Error): void {
    // Prepared anew the next time, should that have been the reason.
    for (const { name } of this.#statements.slice(this.#answers.length)) this.#known.delete(name);
    this.#callback(error, this.#answers);
  }

  handleReadyForQuery(): void {
    this.#callback(this.#failure ?? null, this.#answers);
  }
}

const names = new Map<string, string>();

/** A stable name for a statement's text, none for one that is not kept; bounded, because clients write documents. */
function statementName(text: string): string {
  if (text.length > longestPrepared) return '';
  let name = names.get(text);
  if (name === undefined) {
    if (names.size > 5000) names.clear();
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}

const tenantNames = new Set([tenantText, readerText].map(statementName));
