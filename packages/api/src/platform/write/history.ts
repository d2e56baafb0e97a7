import { type ChangeSet, ChangeSetType, type EventSubscriber, type FlushEventArgs } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { parse as parseArray } from 'postgres-array';
import { encodeId, newUuid } from '../ids.ts';
import { Aggregate, type Model, type ModelClass, modelOf } from '../model.ts';
import type { Actor } from '../viewer.ts';
import { sendInside } from './run-inside.ts';

/** One line of the history: what a command did to one record (handbook P-6). */
export interface Entry {
  id: string;
  organisation_id: string;
  community_id: string | null;
  building_id: string | null;
  type: string;
  subject_type: string;
  subject_id: string;
  changes: Change[];
  reason: string | null;
}

/** A row that a statement changed beside the unit of work. */
export interface ChangedRow {
  id: string;
  communityId: string | null;
  buildingId: string | null;
  changes: readonly Change[];
}

interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

/** Fields that say nothing about what happened. */
const silent = new Set(['id', 'organisationId', 'version', 'createdAt', 'updatedAt', 'searchText']);

/** Collects what one transaction changes, and writes it as history and events before the commit. */
export class Journal {
  readonly #entries = new Map<Aggregate, Entry>();
  readonly #labels = new WeakMap<Aggregate, { action?: string; reason?: string }>();
  #bulk: readonly Entry[] = [];

  constructor(
    readonly actor: Actor,
    readonly organisationId: string,
    readonly now: Date,
    /** Of every change that gives none of its own. */
    readonly reason: string | null = null,
  ) {}

  /** Names what is being done to a record, for the event's type (`ticket.dispatch`) and the reason of the change. */
  label(entity: Aggregate, label: { action?: string; reason?: string | null }): void {
    const { action, reason } = label;
    this.#labels.set(entity, {
      ...this.#labels.get(entity),
      ...(action && { action }),
      ...(reason && { reason }),
    });
  }

  note(set: ChangeSet<object>): void {
    if (!(set.entity instanceof Aggregate)) return;
    const { entity } = set;
    const model = modelOf(entity.constructor as ModelClass);
    const created = set.type === ChangeSetType.CREATE;
    const changes = changesOf(
      model,
      created ? {} : (set.originalEntity ?? {}),
      set.payload as Record<string, unknown>,
    );
    const before = this.#entries.get(entity);
    if (before) {
      before.changes.push(...changes);
      return;
    }
    const type = created ? 'created' : set.type === ChangeSetType.DELETE ? 'deleted' : 'updated';
    this.#enter(model, entity, type, changes);
  }

  /** Records an act that changes nothing but is never forgotten, such as a look behind a mask (handbook U-4). */
  record(
    entity: Aggregate,
    { action, fields, reason }: { action: string; fields: readonly string[]; reason: string },
  ): void {
    const changes = fields.map((field) => ({ field, from: null, to: null }));
    this.#enter(modelOf(entity.constructor as ModelClass), entity, action, changes);
    this.label(entity, { action, reason });
  }

  /** Records what one statement did to many rows at once. */
  recordRows(model: Model, action: string, rows: readonly ChangedRow[]): void {
    const subject = model.descriptor.resource;
    this.append(
      rows.map(({ id, communityId, buildingId, changes }) => ({
        id: newUuid(),
        organisation_id: this.organisationId,
        community_id: communityId,
        building_id: buildingId,
        type: `${subject}.${action}`,
        subject_type: subject,
        subject_id: id,
        changes: [...changes],
        reason: this.reason,
      })),
    );
  }

  #enter(model: Model, entity: Aggregate, type: string, changes: Change[]): void {
    const scope = scopeOfEntity(model, entity);
    this.#entries.set(entity, {
      id: newUuid(),
      organisation_id: this.organisationId,
      community_id: scope.communityId,
      building_id: scope.buildingId,
      type,
      subject_type: model.descriptor.resource,
      subject_id: entity.id,
      changes,
      reason: null,
    });
  }

  /** Adds what was written set by set, as lines of its own. */
  append(entries: readonly Entry[]): void {
    this.#bulk = [...this.#bulk, ...entries];
  }

  /**
   * Writes history and outbox in one statement, at the end of the transaction: from here to the commit the live events of
   * everybody wait for it.
   */
  write(em: EntityManager): void {
    const single = [...this.#entries].map(([entity, entry]) => {
      const label = this.#labels.get(entity);
      return {
        ...entry,
        type: `${entry.subject_type}.${label?.action ?? entry.type}`,
        reason: label?.reason ?? this.reason,
      };
    });
    const rows = [...this.#bulk, ...single];
    this.#entries.clear();
    this.#bulk = [];
    if (rows.length === 0) return;
    const { id, kind, name } = this.actor;
    sendInside(em, journalSql, [JSON.stringify(rows), id, kind, name, this.now]);
  }
}

const historyInsert = `
  insert into history (id, organisation_id, community_id, building_id, type, subject_type, subject_id, changes, reason, actor_id, actor_kind, actor_name, at)
  select e.id, e.organisation_id, e.community_id, e.building_id, e.type, e.subject_type, e.subject_id, e.changes, e.reason, a.id, a.kind, a.name, a.at
  from jsonb_to_recordset($1::jsonb) as e(id uuid, organisation_id uuid, community_id uuid, building_id uuid, type text, subject_type text, subject_id uuid, changes jsonb, reason text),
       (select $2::uuid as id, $3::text as kind, $4::text as name, $5::timestamptz as at) a`;
const eventInsert = (source: string): string => `
  insert into event (organisation_id, community_id, building_id, type, subject_type, subject_id, changes, reason, actor_id, actor_kind, actor_name, at)
  select organisation_id, community_id, building_id, type, subject_type, subject_id, changes, reason, actor_id, actor_kind, actor_name, at
  from ${source} order by id`;

const journalSql = `with entry as (${historyInsert} returning *) ${eventInsert('entry')}`;

/** For long transactions: their history as they go, and right before the commit the events of the lines that were not taken back. */
export const historySql = historyInsert;
export const publishSql = eventInsert('history where organisation_id = app_org() and id = any($1::uuid[])');

/** The community and building that a record belongs to, for rights. */
export function scopeOfEntity(
  model: Model,
  entity: Aggregate,
): { communityId: string | null; buildingId: string | null } {
  const at = (column: string | undefined, name: 'community' | 'building'): string | null => {
    if (column === undefined) return null;
    if (column === 'id') return entity.id;
    const related = (entity as unknown as Record<string, { id: string } | null | undefined>)[name];
    return related?.id ?? null;
  };
  return {
    communityId: at(model.scope.community, 'community'),
    buildingId: at(model.scope.building, 'building'),
  };
}

function changesOf(model: Model, before: object, after: Record<string, unknown>): Change[] {
  const old = before as Record<string, unknown>;
  const { fields } = model.descriptor;
  return Object.keys(after)
    .filter((field) => !silent.has(field) && (model.columns.has(field) || model.references.has(field)))
    .map((field) => {
      const show = (value: unknown): unknown => {
        if (value === null || value === undefined) return null;
        if (fields[field]?.personal) return '***'; // personal data is never copied into what cannot be deleted (handbook S-7)
        const reference = model.references.get(field);
        if (reference) return encodeId(modelOf(reference.target()).descriptor.idPrefix, String(value));
        // The unit of work hands out lists as PostgreSQL writes them.
        if (model.columns.get(field)?.kind === 'texts')
          return (typeof value === 'string' ? parseArray(value) : (value as string[])).join(', ');
        return value;
      };
      return { field, from: show(old[field]), to: show(after[field]) };
    })
    .filter((change) => change.from !== change.to || change.from === '***');
}

const journals = new WeakMap<EntityManager, Journal>();
export const keepJournal = (em: EntityManager, journal: Journal): void => void journals.set(em, journal);

/** Sees every flush of every command: no change of an aggregate can miss its version, time stamp and history. */
export class HistorySubscriber implements EventSubscriber {
  onFlush({ em, uow }: FlushEventArgs): void {
    const journal = journals.get(em as EntityManager);
    for (const set of uow.getChangeSets()) {
      if (!(set.entity instanceof Aggregate)) continue;
      if (!journal) throw new Error('Entities are written inside ctx.write only');
      if (set.type === ChangeSetType.UPDATE) {
        set.entity.version += 1;
        set.entity.updatedAt = journal.now;
        uow.recomputeSingleChangeSet(set.entity);
      }
      journal.note(set as ChangeSet<object>);
    }
  }
}
