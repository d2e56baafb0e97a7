import { createHash } from 'node:crypto';
import type { Locale } from '@desk/schema';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type GraphQLResolveInfo, print } from 'graphql';
import { CompiledQuery } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database, Rows } from '../db/database.ts';
import { Refusal, type UserErrorData } from '../errors.ts';
import { type Aggregate, type ModelClass, modelOf } from '../model.ts';
import type { Row } from '../read/plan.ts';
import { Reader } from '../read/reader.ts';
import type { Viewer } from '../viewer.ts';
import { constraintRefusal } from './constraints.ts';
import { Journal, keepJournal } from './history.ts';
import { Tx } from './tx.ts';

export interface MutationInput {
  idempotencyKey?: string | null;
}

/** A mutation's answer: the record under the entity's name, what else the command hands out, and the refusals. */
export type Payload = { userErrors: UserErrorData[] } & Record<string, unknown>;

/** What a command may answer besides its record: values that exist only once, such as a new token's secret. */
export interface Outcome<T extends Aggregate> {
  record: T | null;
  extra?: Record<string, unknown>;
}

interface Stored {
  key: string | null;
  signature: string;
  payload: Payload;
}

/**
 * Runs commands: one transaction with the tenant set, the idempotency key claimed first, rules and rows by the service,
 * history and events appended, the payload read back before the commit. Refusals leave nothing behind.
 */
export class Writer {
  constructor(
    readonly db: Database,
    readonly viewer: Viewer | null,
    readonly locale: Locale,
    readonly clock: Clock,
    readonly headerKey: string | undefined,
    readonly committed: () => void,
  ) {}

  /** Executes one mutation field and answers its payload. */
  async run<T extends Aggregate>(
    entity: new () => T,
    info: GraphQLResolveInfo,
    input: MutationInput,
    work: (tx: Tx) => Promise<T | Outcome<T>>,
  ): Promise<Payload> {
    const { viewer } = this;
    if (!viewer) throw new Refusal('UNAUTHENTICATED').toGraphQL(this.locale);
    const field = modelOf(entity).descriptor.resource;
    const request = this.#request(info, input);
    try {
      const payload = await this.#attempt(async (em) => {
        const stored = request && (await claim(em, viewer, request));
        if (stored)
          return stored.signature === request.signature
            ? stored.payload
            : this.#again(em, entity, info, field, stored);
        const journal = new Journal(viewer.actor, viewer.organisationId, this.clock.now());
        keepJournal(em, journal);
        const tx = new Tx(em, viewer, this.locale, journal.now, journal);
        const done = await work(tx);
        const { record, extra } = 'record' in done ? done : { record: done, extra: undefined };
        await em.flush();
        await journal.write(em);
        const row = record && (await this.#reader(em).payload(entity, record.id, info, field));
        const answer: Payload = { ...extra, [field]: row, userErrors: [] };
        if (request)
          await settle(em, viewer, request, {
            key: record?.id ?? null,
            signature: request.signature,
            payload: { ...answer, ...withheld(extra) },
          });
        return answer;
      });
      this.committed();
      return payload;
    } catch (error) {
      const refusal = error instanceof Refusal ? error : constraintRefusal(error);
      if (!refusal) throw error;
      return this.#refused(entity, info, field, refusal, request);
    }
  }

  /** Deadlocks and serialisation failures are the database's, not the caller's: tried again. */
  async #attempt<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#transaction(work);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (attempt >= 4 || !['40P01', '40001'].includes(code)) throw error;
      }
    }
  }

  #transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const variables = {
      'app.org': this.viewer?.organisationId ?? '',
      'app.now': this.clock.now().toISOString(),
    };
    return this.db.orm.em
      .fork()
      .transactional((em) => work(em as EntityManager), { sessionContext: { variables } });
  }

  #reader(em: EntityManager): Reader {
    return new Reader(this.viewer, this.locale, (text, values) => runInside(em, text, values));
  }

  /** The stored answer for another selection of fields: the same record, read anew. */
  async #again(
    em: EntityManager,
    entity: ModelClass,
    info: GraphQLResolveInfo,
    field: string,
    stored: Stored,
  ): Promise<Payload> {
    const row = stored.key && (await this.#reader(em).payload(entity, stored.key, info, field));
    return { ...stored.payload, [field]: row || null };
  }

  async #refused(
    entity: ModelClass,
    info: GraphQLResolveInfo,
    field: string,
    refusal: Refusal,
    request: Request | undefined,
  ): Promise<Payload> {
    const { current } = refusal.options;
    const answer: Payload = { [field]: null, userErrors: refusal.userErrors(this.locale) };
    const { viewer } = this;
    if (!viewer) return answer;
    return this.#transaction(async (em) => {
      if (current)
        answer[field] = (await this.#reader(em).payload(entity, current, info, field)) satisfies Row | null;
      const keep = request && refusal.code !== 'IDEMPOTENCY_MISMATCH' && !(await claim(em, viewer, request));
      if (keep)
        await settle(em, viewer, request, {
          key: current ?? null,
          signature: request.signature,
          payload: answer,
        });
      return answer;
    });
  }

  #request(info: GraphQLResolveInfo, input: MutationInput): Request | undefined {
    const { idempotencyKey, ...body } = input;
    const key = idempotencyKey ?? (this.headerKey && `${this.headerKey}:${String(info.path.key)}`);
    if (!key) return undefined;
    if (key.length > 255)
      throw new Refusal('VALIDATION', { issues: [{ field: ['idempotencyKey'], detail: '<= 255' }] });
    const hash = digest(`${info.fieldName}:${JSON.stringify(body)}`);
    return {
      key,
      hash,
      signature: digest(`${info.fieldNodes.map(print).join()}:${JSON.stringify(info.variableValues)}`),
    };
  }
}

/** Values that exist only once (a new token's secret, an unmasked phone) are never stored: a repeated call answers null. */
const withheld = (extra: Record<string, unknown> | undefined): Record<string, null> =>
  Object.fromEntries(Object.keys(extra ?? {}).map((key) => [key, null]));

interface Request {
  key: string;
  /** Of the mutation and its input: another body with the same key is a mistake of the caller. */
  hash: string;
  /** Of the selection: another selection gets the same record, read anew. */
  signature: string;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Claims a key. Answers the stored outcome when the command ran before; waits while it runs elsewhere. */
async function claim(em: EntityManager, viewer: Viewer, request: Request): Promise<Stored | undefined> {
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

async function settle(em: EntityManager, viewer: Viewer, request: Request, stored: Stored): Promise<void> {
  await runInside(em, 'update idempotency_key set response = $3 where actor_id = $1 and key = $2', [
    viewer.actor.id,
    request.key,
    JSON.stringify(stored),
  ]);
}

/** Runs a statement on the command's own connection. */
export async function runInside(em: EntityManager, text: string, values: unknown[]): Promise<Rows> {
  const transaction = em.getTransactionContext<{
    executeQuery(query: CompiledQuery): Promise<{ rows: Record<string, unknown>[] }>;
  }>();
  if (!transaction) throw new Error('runInside needs a transaction');
  const { rows } = await transaction.executeQuery(CompiledQuery.raw(text, values));
  return rows.map((row) => Object.values(row));
}
