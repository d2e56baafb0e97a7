import type { Locale, Text } from '@desk/schema';
import { locales, resources, say } from '@desk/schema';
import { type I18nProvider, type TranslationMessages, useLocale } from 'ra-core';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import english from 'ra-language-english';
import { sharedLabels } from '../labels.ts';
import { type TextKey, texts } from './texts.ts';
import { zhMessages } from './zh.ts';

const storageKey = 'desk.locale';
const stored = globalThis.localStorage?.getItem(storageKey);
let current: Locale = locales.find((locale) => locale === stored) ?? 'zh-CN';

/** The reader's language, for code outside React: request headers, formats. */
export const currentLocale = (): Locale => current;

function remember(locale: Locale): void {
  current = locale;
  globalThis.localStorage?.setItem(storageKey, locale);
  if (globalThis.document) document.documentElement.lang = locale;
}

/** react-admin looks labels up by key: give it the descriptors' labels under its keys. */
function resourceMessages(locale: Locale): Record<string, unknown> {
  return Object.fromEntries(
    resources.map(({ name, label, plural, fields }) => [
      name,
      {
        // A dot in a key separates levels, so that nested sources need no entry of their own.
        name: locale === 'en' ? `${label.en} |||| ${plural.en}` : plural.zh,
        fields: Object.fromEntries(
          [
            ...Object.entries(sharedLabels),
            ...Object.entries(fields).map(([field, { label: text }]) => [field, text] as const),
          ].map(([field, text]) => [field, say(text, locale)]),
        ),
      },
    ]),
  );
}

/** All messages of a language: react-admin's, the descriptors' and the console's own (as `desk.<key>`). */
export function messagesFor(locale: string): TranslationMessages {
  const chosen: Locale = locale === 'en' ? 'en' : 'zh-CN';
  const desk = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, say(text, chosen)]));
  return {
    ...(chosen === 'en' ? english : zhMessages),
    resources: resourceMessages(chosen),
    desk,
  } as TranslationMessages;
}

/** Polyglot with Chinese first; the choice is remembered in the browser also after signing out. */
export function createI18n(): I18nProvider {
  remember(current);
  const provider = polyglotI18nProvider(
    messagesFor,
    current,
    [
      { locale: 'zh-CN', name: '中文' },
      { locale: 'en', name: 'English' },
    ],
    { allowMissing: true },
  );
  return {
    ...provider,
    changeLocale: async (locale) => {
      remember(locale === 'en' ? 'en' : 'zh-CN');
      await provider.changeLocale(locale);
    },
  };
}

/** A text of the console outside React. */
export const sayNow = (key: TextKey, values?: Record<string, string | number>) =>
  say(texts[key], current, values);

/** Speaks the reader's language: `t('save')` for the console's own texts, `tell(label)` for a descriptor's. */
export function useSay() {
  const locale: Locale = useLocale() === 'en' ? 'en' : 'zh-CN';
  return {
    locale,
    t: (key: TextKey, values?: Record<string, string | number>) => say(texts[key], locale, values),
    tell: (text: Text, values?: Record<string, string | number>) => say(text, locale, values),
  };
}
