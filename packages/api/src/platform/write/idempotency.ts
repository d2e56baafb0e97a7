import { createHmac } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type GraphQLResolveInfo, print } from 'graphql';
import { Refusal } from '../errors.ts';
import type { Viewer } from '../viewer.ts';
import { runInside, sendInside } from './run-inside.ts';
import type { Payload } from './writer.ts';

export interface MutationInput {
  idempotencyKey?: string | null;
}

/** A mutation that names a key: repeated with the same input it has one effect and one answer. */
export interface Request {
  key: string;
  /** Of the mutation and its input: another body with the same key is a mistake of the caller. */
  hash: string;
  /** Of the selection: another selection gets the same record, read anew. */
  signature: string;
}

/** What is remembered of a mutation: the record, the selection, and the payload as it was answered. */
export interface Stored {
  key: string | null;
  signature: string;
  payload: Payload;
}

const longestKey = 255;

/**
 * The request behind a mutation, if it names a key. Inputs may hold passwords, so their fingerprint is keyed with the
 * installation's secret: nobody who reads the table can try passwords against it.
 */
export function requestOf(
  info: GraphQLResolveInfo,
  input: MutationInput,
  headerKey: string | undefined,
  secret: string,
): Request | undefined {
  const { idempotencyKey, ...body } = input;
  const key = idempotencyKey ?? (headerKey && `${headerKey}:${String(info.path.key)}`);
  if (!key) return undefined;
  if (key.length > longestKey)
    throw new Refusal('VALIDATION', {
      issues: [
        {
          field: ['idempotencyKey'],
          detail: { zh: `最多 ${longestKey} 个字符`, en: `at most ${longestKey} characters` },
        },
      ],
    });
  const selected = [...info.fieldNodes, ...Object.values(info.fragments)];
  const digest = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  return {
    key,
    hash: digest(`${info.fieldName}:${JSON.stringify(body)}`),
    signature: digest(`${selected.map(print).join()}:${JSON.stringify(info.variableValues)}`),
  };
}

/** Claims a key. Answers the stored outcome when the command ran before; waits while it runs elsewhere. */
export async function claim(
  em: EntityManager,
  viewer: Viewer,
  request: Request,
): Promise<Stored | undefined> {
  const inserted = await runInside(
    em,
    `insert into idempotency_key (organisation_id, actor_id, key, request_hash) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`,
    [viewer.organisationId, viewer.actor.id, request.key, request.hash],
  );
  if (inserted.length > 0) return undefined;
  const [row] = await runInside(
    em,
    'select request_hash, response from idempotency_key where actor_id = $1 and key = $2',
    [viewer.actor.id, request.key],
  );
  if (row?.[0] !== request.hash) throw new Refusal('IDEMPOTENCY_MISMATCH', { field: ['idempotencyKey'] });
  return row[1] as Stored;
}

/** Remembers the outcome in the command's own transaction. */
export function settle(em: EntityManager, viewer: Viewer, request: Request, stored: Stored): void {
  sendInside(em, 'update idempotency_key set response = $3 where actor_id = $1 and key = $2', [
    viewer.actor.id,
    request.key,
    JSON.stringify(stored),
  ]);
}

/** Values that exist only once (a new token's secret, an unmasked phone) are never stored: a repeated call answers null. */
export const withheld = (extra: Record<string, unknown> | undefined): Record<string, null> =>
  Object.fromEntries(Object.keys(extra ?? {}).map((key) => [key, null]));
