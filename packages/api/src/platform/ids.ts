import { fromUUID, type TypeId, toUUID, typeidUnboxed } from 'typeid-js';

/** A fresh UUIDv7: sorts by time, made here so that a row's id is known before it is written. */
export const newUuid = (): string => toUUID(typeidUnboxed());

/** `ticket` + UUID → `ticket_01h…`, as the API shows it. */
export const encodeId = (prefix: string, uuid: string): string => fromUUID(uuid, prefix);

/** The UUID of a public id, or undefined when the text is no id of that kind: it is then treated like a missing row. */
export function decodeId(prefix: string, id: string): string | undefined {
  const parts = splitId(id);
  return parts?.prefix === prefix ? parts.uuid : undefined;
}

/** Prefix and UUID of any public id, or undefined when the text is none. */
export function splitId(id: string): { prefix: string; uuid: string } | undefined {
  const match = /^([a-z][a-z_]*)_([0-7][0-9a-hjkmnp-tv-z]{25})$/.exec(id);
  return match?.[1] ? { prefix: match[1], uuid: toUUID(id as TypeId<string>) } : undefined;
}
