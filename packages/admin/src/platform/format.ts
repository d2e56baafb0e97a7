import type { Locale } from '@desk/schema';

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
function cached<F extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => F): F {
  const found = (formats.get(key) as F | undefined) ?? make();
  formats.set(key, found);
  return found;
}

/** `2026-11-22 09:05` in the community's zone, whatever the browser's zone is. */
export function formatDateTime(iso: string, zone: string): string {
  const format = cached(
    `t ${zone}`,
    () =>
      // sv-SE writes ISO order, which both languages read alike and which sorts.
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }),
  );
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : format.format(date);
}

/** Minor units with their currency, `¥1,234.50`. Exact: the digits are moved, nothing is divided. */
export function formatMoney(minor: number | string, currency: string, locale: Locale): string {
  const format = cached(
    `m ${currency} ${locale}`,
    () => new Intl.NumberFormat(locale, { style: 'currency', currency }),
  );
  return (format as Intl.NumberFormat).format(minorToText(minor) as Intl.StringNumericLiteral);
}

/** 123450 → `1234.50`. */
export function minorToText(minor: number | string): string {
  const text = String(minor);
  const digits = text.replace('-', '').padStart(3, '0');
  return `${text.startsWith('-') ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `1234.5` → 123450; undefined when the text is not an amount with at most two decimals. */
export function textToMinor(text: string): number | undefined {
  const found = /^\s*(-?)[¥￥]?\s*(\d{1,13})(?:[.。](\d{0,2}))?\s*$/.exec(text.replaceAll(/[,，]/g, ''));
  if (!found) return undefined;
  const [, sign, whole, fraction = ''] = found;
  return Number(`${sign}${whole}${fraction.padEnd(2, '0')}`);
}

/** An exact decimal with grouped thousands; zeros behind the second decimal say nothing and go. */
export function formatDecimal(text: string): string {
  const [whole = '', digits] = text.split('.');
  const fraction = digits?.replace(/(?<=\d\d)0+$/, '');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const wall = new Date(
    `${formatDateTime(new Date(instant).toISOString(), zone).replace(' ', 'T')}:00Z`,
  ).getTime();
  return wall - Math.floor(instant / 60_000) * 60_000;
}

/** What a clock on the wall of the zone shows (`2026-11-22T09:05`) as an instant. */
export function wallToIso(wall: string, zone: string): string {
  const asUtc = new Date(`${wall.slice(0, 16)}:00Z`).getTime();
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  const guess = asUtc - offsetAt(asUtc, zone);
  return new Date(asUtc - offsetAt(guess, zone)).toISOString();
}

/** The value of an `<input type="datetime-local">` for an instant. */
export const isoToWall = (iso: string, zone: string) => formatDateTime(iso, zone).replace(' ', 'T');

/** Roughly how wide a text is, in em: a Latin letter takes about half of a Chinese character. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/\p{ASCII}/u.test(letter) ? 0.55 : 1), 0);

/** `17:50` of an hour and a minute, as an `<input type="time">` takes it. */
export const timeOfDay = (hour: unknown, minute: unknown): string =>
  [hour, minute].map((part) => String(part ?? 0).padStart(2, '0')).join(':');

/** Today in the zone, `YYYY-MM-DD`. */
export const today = (zone: string, now = new Date()) => formatDateTime(now.toISOString(), zone).slice(0, 10);
