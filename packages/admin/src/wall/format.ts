import { type Locale, say } from '@desk/schema';
import { texts } from './texts.ts';

const minute = 60_000;

/** `2 小时`: one unit, which is enough from across the hall. */
export function span(ms: number, locale: Locale): string {
  const minutes = Math.floor(Math.abs(ms) / minute);
  if (minutes < 60) return say(texts.minutes, locale, { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return say(texts.hours, locale, { n: hours });
  return say(texts.days, locale, { n: Math.floor(hours / 24) });
}

/** Minor units as whole money, shortened from 100,000 on: `¥12.3万`, `¥1.2M`. */
export function shortMoney(minor: number, currency: string, locale: Locale): string {
  const amount = minor / 100;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(Math.abs(amount) >= 100_000
      ? { notation: 'compact', maximumFractionDigits: 1 }
      : { maximumFractionDigits: 0 }),
  }).format(amount);
}

export const clockTime = (now: Date, zone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(now);

export const longDay = (now: Date, zone: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
    weekday: locale === 'en' ? 'short' : 'long',
  }).format(now);
