import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentOf, RowIndex } from './row-index.ts';

test('finds every text with its first row, as a map does, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 9_000 }), (texts) => {
      const index = new RowIndex();
      const map = new Map<string, number>();
      for (const [at, text] of texts.entries()) {
        expect(index.get(text)?.row).toBe(map.get(text));
        if (map.has(text)) continue;
        map.set(text, at + 1);
        index.add(text, { row: at + 1, content: contentOf(text) });
      }
      for (const [text, row] of map) expect(index.get(text)).toEqual({ row, content: contentOf(text) });
    }),
    { numRuns: 20 },
  );
});

test('grows without losing anything', () => {
  const index = new RowIndex();
  for (let n = 1; n <= 50_000; n += 1) index.add(`text ${n}`, { row: n, content: n });
  expect(index.get('text 1')).toEqual({ row: 1, content: 1 });
  expect(index.get('text 50000')).toEqual({ row: 50_000, content: 50_000 });
  expect(index.get('text 50001')).toBeUndefined();
});
