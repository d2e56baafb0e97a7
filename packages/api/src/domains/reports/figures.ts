import { type Locale, say, type Text } from '@desk/schema';
import type { FigureGroup } from '@desk/schema/reports/enums';
import { departments, ticketKinds } from '@desk/schema/tickets/enums';
import type { Rows } from '../../platform/db/database.ts';
import { encodeId } from '../../platform/ids.ts';

/** The figures of one group of tickets, or of all. */
export interface Figures {
  /** What the group is: an enum value, an id, a month; null for tickets without it, and for the whole. */
  key: string | null;
  label: string;
  volume: number;
  open: number;
  void: number;
  responseMedian: number | null;
  responseP90: number | null;
  settleMedian: number | null;
  settleP90: number | null;
  satisfied: number;
  unsatisfied: number;
  satisfaction: number | null;
  reworked: number;
  reworkRate: number | null;
  promisesKept: number;
  promisesMissed: number;
  keptRate: number | null;
  postponed: number;
  postponementRate: number | null;
}

export interface FigureTable {
  total: Figures;
  groups: Figures[];
}

const whole: Text = { zh: '合计', en: 'All' };
const none: Text = { zh: '（未填）', en: '(none)' };
const tables: Partial<Record<FigureGroup, Record<string, Text>>> = {
  DEPARTMENT: departments,
  KIND: ticketKinds,
};
const prefixes: Partial<Record<FigureGroup, string>> = { BUILDING: 'building', PERSON: 'staff' };

/** A share in percent with one decimal; null of nothing. */
export const percent = (part: number, all: number): number | null =>
  all === 0 ? null : Math.round((part * 1000) / all) / 10;

/** Rows of `figuresSql` as figures: the whole, and its groups from the largest. */
export function figuresFrom(rows: Rows, groupBy: FigureGroup, locale: Locale): FigureTable {
  const read = (row: unknown[], isWhole: boolean): Figures => {
    const key = isWhole ? null : (row[1] as string | null);
    const number = (at: number) => Number(row[at] ?? 0);
    const maybe = (at: number) => (row[at] === null || row[at] === undefined ? null : Number(row[at]));
    const [satisfied, unsatisfied, reworked, worked, kept, missed, postponed, promised] = [
      10, 11, 12, 13, 14, 15, 16, 17,
    ].map(number) as [number, number, number, number, number, number, number, number];
    const prefix = prefixes[groupBy];
    const named = tables[groupBy]?.[key ?? ''];
    return {
      key: key !== null && prefix ? encodeId(prefix, key) : key,
      label: isWhole
        ? say(whole, locale)
        : key === null
          ? say(none, locale)
          : named
            ? say(named, locale)
            : ((row[2] as string | null) ?? key),
      volume: number(3),
      open: number(4),
      void: number(5),
      responseMedian: maybe(6),
      responseP90: maybe(7),
      settleMedian: maybe(8),
      settleP90: maybe(9),
      satisfied,
      unsatisfied,
      satisfaction: percent(satisfied, satisfied + unsatisfied),
      reworked,
      reworkRate: percent(reworked, worked),
      promisesKept: kept,
      promisesMissed: missed,
      keptRate: percent(kept, kept + missed),
      postponed,
      postponementRate: percent(postponed, promised),
    };
  };
  const total = rows.find((row) => row[0] === 1) ?? [1];
  return {
    total: read(total, true),
    groups: rows.filter((row) => row[0] === 0).map((row) => read(row, false)),
  };
}
