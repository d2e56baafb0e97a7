import type { Actor, ActorKind } from '../viewer.ts';

/** Where an event stands in the outbox. Transaction ids and numbers are 64 bits wide: bigints, never numbers. */
export interface Position {
  /** The transaction that wrote the event; 0 for a place that is no event's. It tells events of two lives of a database apart. */
  xid: bigint;
  /** The order: final below the horizon (outbox.ts). */
  id: bigint;
}

/** Before the first event. */
export const beginning: Position = { xid: 0n, id: 0n };

/** Whether `a` comes after `b` in the order of the outbox. */
export const isAfter = (a: Position, b: Position): boolean => a.id > b.id;

/** One field of a change, as it was stored: any JSON value. */
export interface StoredChange {
  field: string;
  from: unknown;
  to: unknown;
}

/** One committed change, as the outbox keeps it. Ids are bare UUIDs; `subjectType` is the resource (`ticket`). */
export interface EventRow extends Position {
  organisationId: string;
  communityId: string | null;
  buildingId: string | null;
  type: string;
  subjectType: string;
  subjectId: string;
  changes: readonly StoredChange[];
  reason: string | null;
  actor: Actor;
  /** When it happened by the application's clock: ISO 8601, UTC. */
  at: string;
  /** When it was recorded by the database's clock: whole seconds since 1970; retention counts from here. */
  recorded: bigint;
  /** The same in milliseconds, for the metrics. */
  recordedMs: number;
}

/** The columns of `event` in the order that `eventFrom` reads; casts keep every driver's type parsers out of it. */
export const eventColumns = `
  e.xid::text, e.id::text, e.organisation_id::text, e.community_id::text, e.building_id::text, e.type, e.subject_type,
  e.subject_id::text, e.changes::text, e.reason, e.actor_id::text, e.actor_kind, e.actor_name,
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), floor(extract(epoch from e.recorded_at) * 1000)::bigint::text`;

/** A row of `eventColumns` as an event. */
export function eventFrom(row: readonly (string | null)[]): EventRow {
  const [
    xid,
    id,
    organisationId,
    communityId,
    buildingId,
    type,
    subjectType,
    subjectId,
    changes,
    reason,
    ...rest
  ] = row;
  const [actorId, actorKind, actorName, at, recorded] = rest;
  const recordedMs = Number(recorded ?? 0);
  return {
    xid: BigInt(xid ?? 0),
    id: BigInt(id ?? 0),
    organisationId: organisationId ?? '',
    communityId: communityId ?? null,
    buildingId: buildingId ?? null,
    type: type ?? '',
    subjectType: subjectType ?? '',
    subjectId: subjectId ?? '',
    changes: JSON.parse(changes ?? '[]') as StoredChange[],
    reason: reason ?? null,
    actor: { id: actorId ?? '', kind: actorKind as ActorKind, name: actorName ?? '' },
    at: at ?? '',
    recorded: BigInt(Math.floor(recordedMs / 1000)),
    recordedMs,
  };
}
