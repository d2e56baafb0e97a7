/** Languages of the product: Chinese first, English complete. */
export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];

/** One text in both languages. Kept beside what it names, never in a translation file far away. */
export interface Text {
  zh: string;
  en: string;
}

/** The text in the reader's language; `{name}` placeholders are filled from `values`. */
export function say(text: Text, locale: Locale, values: Record<string, string | number> = {}): string {
  const template = locale === 'en' ? text.en : text.zh;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The supported language that an `Accept-Language` header or a browser setting asks for; Chinese when in doubt. */
export function localeFrom(wanted: string | undefined): Locale {
  return /^\s*en\b/i.test(wanted ?? '') ? 'en' : 'zh-CN';
}
