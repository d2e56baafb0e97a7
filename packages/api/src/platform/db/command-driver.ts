import { type AnyEntity, type EntityData, isRaw, type LogContext, type QueryResult } from '@mikro-orm/core';
import { NativeQueryBuilder, PostgreSqlConnection, PostgreSqlDriver } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { CommandTransaction } from './command-transaction.ts';
import { type Answer, setTenant } from './round-trip.ts';

type Begin = PostgreSqlConnection['begin'];
type Transaction = Awaited<ReturnType<Begin>>;
type Query = Parameters<PostgreSqlConnection['execute']>[0];
type Method = 'all' | 'get' | 'run';

/**
 * MikroORM's connection, with transactions of ours: its statements are prepared with their values apart, where it would write
 * the values into the text for PostgreSQL to parse and plan anew each time (docs/decisions/commands-in-few-round-trips.md).
 */
class CommandConnection extends PostgreSqlConnection {
  override async begin({ sessionContext, ctx }: Parameters<Begin>[0] = {}): Promise<Transaction> {
    const tenant = sessionContext?.variables?.['app.org'];
    if (ctx || typeof tenant !== 'string')
      throw new Error('A transaction is one command of one organisation');
    const pool = (await this.getNativeClient()) as pg.Pool;
    return new CommandTransaction(await pool.connect(), setTenant(tenant)) as unknown as Transaction;
  }

  override commit(transaction: Transaction): Promise<void> {
    return (transaction as unknown as CommandTransaction).commit();
  }

  override rollback(transaction: Transaction): Promise<void> {
    return (transaction as unknown as CommandTransaction).rollback();
  }

  override async execute<T extends QueryResult | EntityData<AnyEntity> | EntityData<AnyEntity>[]>(
    query: Query,
    params: readonly unknown[] = [],
    method: Method = 'all',
    transaction?: Transaction,
    log?: LogContext,
  ): Promise<T> {
    const command: unknown = transaction;
    if (!(command instanceof CommandTransaction))
      return super.execute<T>(query, [...params], method, transaction, log);
    const { sql, params: values } = asText(query, params);
    const given: unknown[] = [];
    const answer = await command.run(this.#numbered(sql, values, given), given);
    return this.transformRawResult(resultOf(answer), method) as T;
  }

  /** The text with `$1` for each `?`, and names for each `??`; `given` gets the values. */
  #numbered(sql: string, params: readonly unknown[], given: unknown[]): string {
    let at = 0;
    return sql.replace(/\\\?|\?\??/g, (mark) => {
      if (mark === '\\?') return '?';
      const value = params[at++];
      return mark === '??' ? this.platform.quoteIdentifier(String(value)) : this.#place(value, given);
    });
  }

  #place(value: unknown, given: unknown[]): string {
    if (isRaw(value)) return this.#numbered(value.sql, value.params, given);
    if (Array.isArray(value)) return value.map((item) => this.#place(item, given)).join(', ');
    return `$${given.push(value)}`;
  }
}

const asText = (query: Query, params: readonly unknown[]): { sql: string; params: readonly unknown[] } => {
  const built = query instanceof NativeQueryBuilder ? query.toRaw() : query;
  return isRaw(built) ? built : { sql: String(built), params };
};

/** Rows as objects, and how many were touched: what MikroORM's drivers answer. */
function resultOf({ rows, columns, tag }: Answer): object {
  const touched = /^(?:INSERT|UPDATE|DELETE|MERGE).* (\d+)$/.exec(tag)?.[1];
  return {
    rows: rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))),
    ...(touched !== undefined && { numAffectedRows: BigInt(touched) }),
  };
}

export class CommandDriver extends PostgreSqlDriver {
  protected override readonly connection = new CommandConnection(this.config);
}
