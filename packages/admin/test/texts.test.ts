import { resources } from '@desk/schema';
import english from 'ra-language-english';
import { expect, test } from 'vitest';
import { messagesFor } from '../src/platform/i18n/index.ts';
import { texts } from '../src/platform/i18n/texts.ts';
import { zhMessages } from '../src/platform/i18n/zh.ts';

/** All paths of a tree of messages. */
function paths(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'object' ? paths(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

const at = (tree: object, path: string) =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], tree);
const placeholders = (text: unknown) => [...String(text).matchAll(/%\{(\w+)\}/g)].map(([, name]) => name);

test('the Chinese messages have exactly the keys of the English ones', () => {
  expect(paths(zhMessages).sort()).toEqual(paths(english).sort());
});

test('Chinese messages use no placeholder that react-admin does not fill', () => {
  const unknown = paths(zhMessages).filter((path) => {
    const offered = placeholders(at(english, path));
    return placeholders(at(zhMessages, path)).some(
      (name) => !offered.includes(name) && name !== 'smart_count',
    );
  });
  expect(unknown).toEqual([]);
});

test('the console speaks both languages with the same placeholders', () => {
  const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [key, { zh, en }] of Object.entries(texts)) expect([key, names(zh)]).toEqual([key, names(en)]);
});

test('labels come from the descriptors', () => {
  const messages = messagesFor('zh-CN') as unknown as {
    resources: Record<string, { name: string; fields: Record<string, string> }>;
  };
  for (const { name, plural } of resources) expect(messages.resources[name]?.name).toBe(plural.zh);
  expect(messages.resources.units?.fields.area).toBe('建筑面积 (m²)');
});
