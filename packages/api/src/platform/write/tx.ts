import { type Lifecycle, type Locale, moveFrom, type ResourceDescriptor, say } from '@desk/schema';
import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { Refusal, refuse } from '../errors.ts';
import { decodeId, newUuid } from '../ids.ts';
import { type Aggregate, type ModelClass, modelOf } from '../model.ts';
import type { Viewer } from '../viewer.ts';
import { type Journal, scopeOfEntity } from './history.ts';

type Class<T> = new () => T;
type Fields<T> = Partial<Omit<T, keyof Aggregate>> & { id?: string };

const zodLocales = { 'zh-CN': z.locales.zhCN().localeError, en: z.locales.en().localeError };

/** One command's transaction: what services use to find, check, create and move records. */
export class Tx {
  constructor(
    readonly em: EntityManager,
    readonly viewer: Viewer,
    readonly locale: Locale,
    readonly now: Date,
    readonly journal: Journal,
  ) {}

  /** Checks input against its limits; every violation is reported with its field. */
  check<T>(limits: z.ZodType<T>, input: unknown): T {
    const parsed = limits.safeParse(input, { error: zodLocales[this.locale] });
    if (parsed.success) return parsed.data;
    throw new Refusal('VALIDATION', {
      issues: parsed.error.issues.map((issue) => ({ field: issue.path.map(String), detail: issue.message })),
    });
  }

  /** Loads a record for a change: locked, in the viewer's scope, of the version that the caller saw (else CONFLICT). */
  async change<T extends Aggregate>(
    entity: Class<T>,
    input: { id: string; version: number },
    action: string,
  ): Promise<T> {
    const record = await this.#load(entity, input.id, ['id'], true);
    const { descriptor } = modelOf(entity);
    if (!this.viewer.may(descriptor, action, scopeOfEntity(modelOf(entity), record))) refuse('FORBIDDEN');
    if (record.version !== input.version) refuse('CONFLICT', { field: ['version'], current: record.id });
    return record;
  }

  /** Loads a record that an input refers to; `lock` it when a rule depends on its state. */
  async get<T extends Aggregate>(
    entity: Class<T>,
    id: string,
    field: string,
    { lock = false } = {},
  ): Promise<T> {
    return this.#load(entity, id, [field], lock);
  }

  /** Locks the row of a record that is already loaded and refreshes it, so that a rule over its children holds. */
  async lock<T extends Aggregate>(record: T): Promise<T> {
    await this.em.refresh(record, { lockMode: LockMode.PESSIMISTIC_WRITE });
    return record;
  }

  /**
   * A new record of the viewer's organisation, of several layers of fields: later ones win, `undefined` does not count, so
   * that defaults come first and checked input is spread over them. Rights are the service's business (`authorise`).
   */
  create<T extends Aggregate>(entity: Class<T>, ...layers: Fields<T>[]): T {
    const record = new entity();
    const own = {
      id: newUuid(),
      organisationId: this.viewer.organisationId,
      createdAt: this.now,
      updatedAt: this.now,
    };
    for (const [name, value] of [own, ...layers].flatMap((layer) => Object.entries(layer)))
      if (value !== undefined) Object.assign(record, { [name]: value });
    this.em.persist(record);
    return record;
  }

  /** Whether the viewer may do this to a record of the community and building; refuses otherwise. */
  authorise(
    entity: ModelClass,
    action: string,
    row: { communityId: string; buildingId?: string | null },
  ): void {
    if (!this.viewer.may(modelOf(entity).descriptor, action, row)) refuse('FORBIDDEN');
  }

  /** Refuses unless the viewer may do this anywhere in the organisation. */
  authoriseOrganisation(entity: ModelClass, action: string): void {
    if (!this.viewer.scope(modelOf(entity).descriptor, action).all) refuse('FORBIDDEN');
  }

  /** Takes over the fields that an input names; `undefined` leaves a field as it is, `null` empties it. */
  assign<T extends Aggregate>(record: T, fields: Partial<Omit<T, keyof Aggregate>>): T {
    for (const [name, value] of Object.entries(fields))
      if (value !== undefined) Object.assign(record, { [name]: value });
    return record;
  }

  /** Makes a move of the life cycle, or refuses it with the state and the rule. */
  move<T extends Aggregate & { status: string }>(record: T, action: string, reason?: string | null): T {
    const { descriptor } = modelOf(record.constructor as ModelClass);
    const { lifecycle } = descriptor as ResourceDescriptor & { lifecycle: Lifecycle };
    const move = moveFrom(lifecycle, record.status, action);
    if (!move) throw illegalMove(descriptor, record.status, action);
    // A move that stays in its state is a change too: a new version, and a line in the history.
    if (move.to === record.status) record.updatedAt = new Date(record.updatedAt.getTime() + 1);
    record.status = move.to;
    this.journal.label(record, { action, ...(reason && { reason }) });
    return record;
  }

  async #load<T extends Aggregate>(entity: Class<T>, id: string, field: string[], lock: boolean): Promise<T> {
    const model = modelOf(entity);
    const uuid = decodeId(model.descriptor.idPrefix, id);
    const options = lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {};
    const record = uuid ? await this.em.findOne(entity, { id: uuid } as never, options) : null;
    if (!record || !this.viewer.may(model.descriptor, 'read', scopeOfEntity(model, record as T)))
      return refuse('NOT_FOUND', { field });
    return record as T;
  }
}

/** Why `action` is not possible in `state`, in words. */
export function illegalMove(
  descriptor: Pick<ResourceDescriptor, 'lifecycle'>,
  state: string,
  action: string,
): Refusal {
  const table = descriptor.lifecycle;
  const label = table?.moves.find((move) => move.action === action)?.label;
  const rule = table?.moves.find((move) => move.action === action)?.rule;
  return new Refusal('ILLEGAL_MOVE', {
    values: (locale) => ({
      state: table?.states[state] ? say(table.states[state], locale) : state,
      action: label ? say(label, locale) : action,
    }),
    ...(rule && { rule }),
  });
}
