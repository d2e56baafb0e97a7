import { expect, test } from 'vitest';
import { type ErrorDescription, errors, type Text } from '../src/index.ts';
import { enums } from './sdl.ts';

const table: [string, ErrorDescription][] = Object.entries(errors);
const placeholders = ({ zh, en }: Text): string[][] =>
  [zh, en].map((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort());

test.each(table)('%s says in both languages what was wrong', (_code, { text }) => {
  expect(text.zh.trim()).not.toBe('');
  expect(text.en.trim()).not.toBe('');
  if (text.zh.replace(/\{\w+\}/g, '') !== '') expect(text.zh, 'is Chinese').toMatch(/\p{Script=Han}/u);
  expect(text.en, 'is not Chinese').not.toMatch(/\p{Script=Han}/u);
});

test.each(table)('%s has the same placeholders in both languages', (_code, { text }) => {
  const [zh, en] = placeholders(text);
  expect(zh).toEqual(en);
});

test('codes are constants, rules are paragraphs of the handbook', () => {
  for (const [code, { rule }] of table) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]*$/);
    if (rule !== undefined) expect(rule, code).toMatch(/^[A-Z]-\d{1,2}$/);
  }
});

test('the SDL offers exactly these codes', () => {
  expect([...(enums.get('ErrorCode') ?? [])].sort()).toEqual(Object.keys(errors).sort());
});
