import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Rows } from '../db/database.ts';

interface Transaction {
  executeQuery(query: CompiledQuery): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Runs a statement on the command's own connection. */
export async function runInside(em: EntityManager, text: string, values: unknown[]): Promise<Rows> {
  const transaction = em.getTransactionContext<Transaction>();
  if (!transaction) throw new Error('runInside needs a transaction');
  const { rows } = await transaction.executeQuery(CompiledQuery.raw(text, values));
  return rows.map((row) => Object.values(row));
}
