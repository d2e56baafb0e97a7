import type { Locale } from '@desk/schema';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Clock } from '../clock.ts';
import type { Services } from '../context.ts';
import { Refusal, type UserErrorData } from '../errors.ts';
import { type Aggregate, type ModelClass, modelOf } from '../model.ts';
import type { Row } from '../read/plan.ts';
import { Reader } from '../read/reader.ts';
import type { Viewer } from '../viewer.ts';
import { constraintRefusal } from './constraints.ts';
import { Journal, keepJournal } from './history.ts';
import {
  claim,
  type MutationInput,
  type Request,
  requestOf,
  type Stored,
  settle,
  withheld,
} from './idempotency.ts';
import { runInside } from './run-inside.ts';
import { Tx } from './tx.ts';

/** A mutation's answer: the record under the entity's name, what else the command hands out, and the refusals. */
export type Payload = { userErrors: UserErrorData[] } & Record<string, unknown>;

/** What a command may answer besides its record: values that exist only once, such as a new token's secret. */
export interface Outcome<T extends Aggregate> {
  record: T | null;
  extra?: Record<string, unknown>;
}

export interface WriterOptions {
  services: Pick<Services, 'db' | 'secret' | 'committed'>;
  clock: Clock;
  viewer: Viewer | null;
  locale: Locale;
  /** The header `Idempotency-Key`. */
  idempotencyKey?: string | undefined;
}

/** One mutation field on its way: what its payload is read by. */
interface Call {
  entity: ModelClass;
  info: GraphQLResolveInfo;
  /** Name of the record in the payload. */
  field: string;
}

/** Deadlocks, serialisation failures, and statements that were prepared before a migration changed their table. */
const passing = new Set(['40P01', '40001', '0A000']);

/**
 * Runs commands: one transaction with the tenant set, the idempotency key claimed first, rules and rows by the service,
 * history and events appended, the payload read back before the commit. Refusals leave nothing behind.
 */
export class Writer {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Executes one mutation field and answers its payload. */
  async run<T extends Aggregate>(
    entity: new () => T,
    info: GraphQLResolveInfo,
    input: MutationInput,
    work: (tx: Tx) => Promise<T | Outcome<T>>,
  ): Promise<Payload> {
    const { viewer, locale, services, idempotencyKey } = this.#options;
    if (!viewer) throw new Refusal('UNAUTHENTICATED').toGraphQL(locale);
    const call: Call = { entity, info, field: modelOf(entity).descriptor.resource };
    let request: Request | undefined;
    try {
      refuseNul(input, []);
      request = requestOf(info, input, idempotencyKey, services.secret);
      const payload = await this.#attempt((em) => this.#command(em, viewer, call, request, work));
      services.committed();
      return payload;
    } catch (error) {
      const refusal = error instanceof Refusal ? error : constraintRefusal(error);
      if (!refusal) throw error;
      return this.#refused(viewer, call, refusal, request);
    }
  }

  async #command<T extends Aggregate>(
    em: EntityManager,
    viewer: Viewer,
    call: Call,
    request: Request | undefined,
    work: (tx: Tx) => Promise<T | Outcome<T>>,
  ): Promise<Payload> {
    const stored = request && (await claim(em, viewer, request));
    if (stored)
      return stored.signature === request?.signature ? stored.payload : this.#again(em, call, stored);
    const journal = new Journal(viewer.actor, viewer.organisationId, this.#options.clock.now());
    keepJournal(em, journal);
    const done = await work(new Tx(em, viewer, this.#options.locale, journal.now, journal));
    const { record, extra } = 'record' in done ? done : { record: done, extra: undefined };
    await em.flush();
    journal.write(em);
    const row = record && (await this.#payloadRow(em, call, record.id));
    const answer: Payload = { ...extra, [call.field]: row, userErrors: [] };
    if (request) {
      const payload = { ...answer, ...withheld(extra) };
      settle(em, viewer, request, { key: record?.id ?? null, signature: request.signature, payload });
    }
    return answer;
  }

  /** What is the database's fault, not the caller's, is tried again. */
  async #attempt<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#transaction(work);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (attempt >= 4 || !passing.has(code)) throw error;
      }
    }
  }

  #transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const { services, viewer } = this.#options;
    const variables = { 'app.org': viewer?.organisationId ?? '' };
    return services.db.orm.em
      .fork()
      .transactional((em) => work(em as EntityManager), { sessionContext: { variables } });
  }

  /** What the payload selects of the record, read inside the transaction. */
  #payloadRow(em: EntityManager, { entity, info, field }: Call, uuid: string): Promise<Row | null> {
    const { viewer, locale } = this.#options;
    const reader = new Reader(viewer, locale, (text, values) => runInside(em, text, values));
    return reader.payload(entity, uuid, info, field);
  }

  /** The stored answer for another selection of fields: the same record, read anew. */
  async #again(em: EntityManager, call: Call, stored: Stored): Promise<Payload> {
    return { ...stored.payload, [call.field]: stored.key && (await this.#payloadRow(em, call, stored.key)) };
  }

  async #refused(
    viewer: Viewer,
    call: Call,
    refusal: Refusal,
    request: Request | undefined,
  ): Promise<Payload> {
    const { current } = refusal.options;
    const rule = ruleOf(call);
    const userErrors = refusal
      .userErrors(this.#options.locale)
      // What breaks only a limit breaks the rule that the move keeps.
      .map((one) => (one.code === 'VALIDATION' ? { ...one, rule: one.rule ?? rule } : one));
    const answer: Payload = { [call.field]: null, userErrors };
    if (!current && !request) return answer;
    return this.#transaction(async (em) => {
      if (current) answer[call.field] = await this.#payloadRow(em, call, current);
      if (request && refusal.code !== 'IDEMPOTENCY_MISMATCH' && !(await claim(em, viewer, request)))
        settle(em, viewer, request, {
          key: current ?? null,
          signature: request.signature,
          payload: answer,
        });
      return answer;
    });
  }
}

/** The handbook rule of the move that a mutation makes, by its name: `ticketFinish` is `finish` of a ticket. */
function ruleOf({ entity, info }: Call): string | null {
  const { resource, lifecycle } = modelOf(entity).descriptor;
  const name = info.fieldName.slice(resource.length).toLowerCase();
  return lifecycle?.moves.find(({ action }) => action.toLowerCase() === name)?.rule ?? null;
}

/** PostgreSQL stores no NUL: such a text is wrong input, not an inner error. */
function refuseNul(value: unknown, path: string[]): void {
  if (typeof value === 'string' && value.includes('\0'))
    throw new Refusal('VALIDATION', {
      issues: [{ field: path, detail: { zh: '含有不可见的 NUL 字符', en: 'contains a NUL character' } }],
    });
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) refuseNul(inner, [...path, key]);
}
