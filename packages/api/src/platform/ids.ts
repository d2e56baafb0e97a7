import { type TypeId, toUUID, typeidUnboxed } from 'typeid-js';

/** A fresh UUIDv7: sorts by time, made here so that a row's id is known before it is written. */
export const newUuid = (): string => toUUID(typeidUnboxed());

/** The letters of base 32 as character codes, and what the hexadecimal digits are worth. */
const letters = [...'0123456789abcdefghjkmnpqrstvwxyz'].map((letter) => letter.charCodeAt(0));
const worth = new Uint8Array(128);
for (const digit of '0123456789abcdefABCDEF') worth[digit.charCodeAt(0)] = Number.parseInt(digit, 16);

/** The four hexadecimal digits from `at` on, as a number. */
const word = (uuid: string, at: number): number =>
  ((worth[uuid.charCodeAt(at)] as number) << 12) |
  ((worth[uuid.charCodeAt(at + 1)] as number) << 8) |
  ((worth[uuid.charCodeAt(at + 2)] as number) << 4) |
  (worth[uuid.charCodeAt(at + 3)] as number);

/** The letter for five bits, the rightmost of them at `shift`. */
const letter = (bits: number, shift: number): number => letters[(bits >>> shift) & 31] as number;

/**
 * `ticket` + UUID → `ticket_01h…`, as the API shows it. A page has hundreds: all 26 letters at once from their codes take half the
 * time of one after the other, and make a string that need not be put together when it is written.
 */
export function encodeId(prefix: string, uuid: string): string {
  const b = word(uuid, 4);
  const e = word(uuid, 19);
  const f = word(uuid, 24);
  const g = word(uuid, 28);
  // Two words each, because letters lie across their borders; the first letter has three bits only.
  const ab = (word(uuid, 0) << 16) | b;
  const bc = (b << 16) | word(uuid, 9);
  const de = (word(uuid, 14) << 16) | e;
  const ef = (e << 16) | f;
  const fg = (f << 16) | g;
  const gh = (g << 16) | word(uuid, 32);
  // biome-ignore format: a line for each two words
  const text = String.fromCharCode(
    letter(ab, 29), letter(ab, 24), letter(ab, 19), letter(ab, 14), letter(ab, 9), letter(ab, 4),
    letter(bc, 15), letter(bc, 10), letter(bc, 5), letter(bc, 0),
    letter(de, 27), letter(de, 22), letter(de, 17), letter(de, 12), letter(de, 7), letter(de, 2),
    letter(ef, 13), letter(ef, 8), letter(ef, 3),
    letter(fg, 14), letter(fg, 9), letter(fg, 4),
    letter(gh, 15), letter(gh, 10), letter(gh, 5), letter(gh, 0),
  );
  return `${prefix}_${text}`;
}

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
