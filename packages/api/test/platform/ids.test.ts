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
