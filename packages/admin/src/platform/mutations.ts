import type { ResourceDescriptor } from '@desk/schema';
import { request } from './client.ts';
import { NetworkError, Refused, type UserError } from './errors.ts';
import { mutationDocument, selectionOf } from './query.ts';
import { hiddenFrom } from './viewer.ts';

export type Values = Record<string, unknown>;
export type DeskRecord = Values & { id: string; version?: number };

/**
 * One key per submitted content, kept until the API has answered: a second try after a lost connection then has one
 * effect, while other content gets a key of its own.
 */
const keys = new Map<string, string>();

/** What a mutation answers: the record as it is now, and what is told this once only (a new token in clear). */
export interface Outcome {
  record: DeskRecord;
  once: Values;
}

/**
 * Runs a mutation. Throws `Refused` with the API's `userErrors` (and, for a
 * conflict, the present record), or `NetworkError` when no answer came; then the same call may safely be repeated.
 */
export async function runAction(
  owner: ResourceDescriptor,
  mutation: string,
  input: Values,
): Promise<Outcome> {
  const body = `${mutation} ${JSON.stringify(input)}`;
  const idempotencyKey = keys.get(body) ?? crypto.randomUUID();
  keys.set(body, idempotencyKey);
  try {
    const document = mutationDocument(mutation, owner, selectionOf(owner, 'full', hiddenFrom(owner)));
    const { payload } = await request<{
      payload: Values & { record?: DeskRecord | null; userErrors: UserError[] };
    }>(document, { input }, { idempotencyKey });
    keys.delete(body);
    const { record, userErrors, ...once } = payload;
    if (userErrors.length) throw new Refused(userErrors, record);
    return { record: record ?? { id: String(input.id ?? '') }, once };
  } catch (error) {
    if (!(error instanceof NetworkError)) keys.delete(body);
    throw error;
  }
}
