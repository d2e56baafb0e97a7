import { type TypeId, toUUID, typeidUnboxed } from 'typeid-js';

/** A fresh UUIDv7: sorts by time, made here so that a row's id is known before it is written. */
export const newUuid = (): string => toUUID(typeidUnboxed());

/** `ticket` + UUID → `ticket_01h…`, as the API shows it. */
export function encodeId(prefix: string, uuid: string): string {
  // A page has hundreds: two characters at a time from a table take a tenth of the library's time.
  let text = `${prefix}_`;
  let bits = 0;
  let held = 2; // 26 characters hold 130 bits, a UUID has 128
  for (let at = 0; at < uuid.length; at += 1) {
    const code = uuid.charCodeAt(at) | 32; // lower case; digits and the dash have that bit already
    if (code === 45) continue; // the dash
    bits = (bits << 4) | (code > 57 ? code - 87 : code - 48);
    held += 4;
    if (held < 10) continue;
    held -= 10;
    text += pairs[bits >> held];
    bits &= (1 << held) - 1;
  }
  return text;
}

const alphabet = [...'0123456789abcdefghjkmnpqrstvwxyz'];
const pairs = alphabet.flatMap((first) => alphabet.map((second) => first + second));

/** The UUID of a public id, or undefined when the text is no id of that kind: it is then treated like a missing row. */
export function decodeId(prefix: string, id: string): string | undefined {
  const parts = splitId(id);
  return parts?.prefix === prefix ? parts.uuid : undefined;
}

/** Prefix and UUID of any public id, or undefined when the text is none. */
export function splitId(id: string): { prefix: string; uuid: string } | undefined {
  const prefix = /^([a-z][a-z_]*)_[0-7][0-9a-hjkmnp-tv-z]{25}$/.exec(id)?.[1];
  if (!prefix) return undefined;
  try {
    return { prefix, uuid: toUUID(id as TypeId<string>) };
  } catch {
    return undefined; // the library refuses bits that are no UUID of any version: nothing has such an id
  }
}
