import { expect, test } from 'vitest';
import { linesOf } from '../src/reports/lines.ts';

test('names below bars are broken where they may, and cut only where they must', () => {
  expect(linesOf('工程部', 5, 2)).toEqual(['工程部']);
  expect(linesOf('秩序维护部', 3, 2)).toEqual(['秩序维', '护部']);
  expect(linesOf('Customer service', 5, 2)).toEqual(['Customer', 'service']);
  expect(linesOf('Cleaning and greenery', 5, 2)).toEqual(['Cleaning', 'and…']);
  expect(linesOf('Engineering', 3, 2)).toEqual(['Eng…']);
  expect(linesOf('', 3, 2)).toEqual([]);
});
