import type { EntityManager } from '@mikro-orm/postgresql';
import { CommandTransaction } from '../db/command-transaction.ts';
import type { Rows } from '../db/database.ts';

const transactionOf = (em: EntityManager): CommandTransaction => {
  const transaction: unknown = em.getTransactionContext();
  if (!(transaction instanceof CommandTransaction)) throw new Error('only inside a command');
  return transaction;
};

/** Runs a statement on the command's own connection. */
export const runInside = async (em: EntityManager, text: string, values: unknown[]): Promise<Rows> =>
  (await transactionOf(em).run(text, values)).rows;

/**
 * The same where nothing depends on the answer: the command goes on at once, and the statement travels with the next one. What
 * is asked later sees its effect; what it violates fails the command at the latest at its commit.
 */
export const sendInside = (em: EntityManager, text: string, values: unknown[]): void =>
  transactionOf(em).send(text, values);
