import fc from 'fast-check';
import { fromUUID } from 'typeid-js';
import { expect, test } from 'vitest';
import { decodeId, encodeId } from '../../src/platform/ids.ts';

test("public ids are the library's, there and back", () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(encodeId('ticket', uuid)).toBe(fromUUID(uuid, 'ticket'));
      expect(encodeId('ticket', uuid.toUpperCase())).toBe(fromUUID(uuid, 'ticket'));
      expect(decodeId('ticket', encodeId('ticket', uuid))).toBe(uuid);
    }),
  );
});

test('any text is an id or none, and never an error', () => {
  const character = fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz');
  const suffix = fc.string({ unit: character, minLength: 26, maxLength: 26 });
  fc.assert(fc.property(suffix, (text) => void decodeId('ticket', `ticket_${text}`)));
  fc.assert(fc.property(fc.string(), (text) => void decodeId('ticket', text)));
  // A well-formed suffix whose bits are no UUID of any version.
  expect(decodeId('ticket', 'ticket_01jd0000000000000000000000')).toBeUndefined();
});
