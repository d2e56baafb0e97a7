import type { Value } from '../coerce/coerce.ts';

/**
 * A few bits of a field's value (FNV-1a, cut to 24 bits): enough to see that a file changed, too few to tell personal data
 * from. A change goes unseen once in 16 million.
 */
export function print(value: Value): string {
  const text = String(value);
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return ((bits ^ (bits >>> 24)) & 0xffffff).toString(36);
}

export const printsOf = (values: Record<string, Value>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, print(value)]));
