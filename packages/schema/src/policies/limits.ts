import { z } from 'zod';
import { longText, optional, shortText } from '../limits.ts';
import { roleNames } from '../roles.ts';
import { departmentNames } from '../tickets/enums.ts';
import { parseHours, weekdays } from './calendar.ts';
import {
  type AbsenceKind,
  absenceKinds,
  type CalendarBase,
  type CalendarDayKind,
  calendarBases,
  calendarDayKinds,
} from './enums.ts';
import { type PolicyNumberName, policyNumberNames, policyNumbers } from './numbers.ts';

const oneOf = <T extends string>(table: Record<T, unknown>) => z.enum(Object.keys(table) as [T, ...T[]]);

/** `08:30-12:00 13:30-17:30`; empty is a day off. Written back in one form. */
const hours = z
  .string()
  .max(200)
  .refine((text) => parseHours(text) !== undefined, { error: 'write hours as 08:30-12:00 13:30-17:30' })
  .transform((text) =>
    text
      .split(/[\s,，;；]+/)
      .filter(Boolean)
      .join(' ')
      .replaceAll(/[–~]/g, '-'),
  );

/** A year whose statutory days were entered by hand. */
const year = z.string().regex(/^20\d\d$/);
const dayMinutes = z.int().min(30).max(1_440);
const week = Object.fromEntries(weekdays.map((day) => [day, optional(hours)])) as Record<
  (typeof weekdays)[number],
  ReturnType<typeof optional<typeof hours>>
>;

export const calendarInput = z.object({
  name: shortText,
  base: optional(oneOf<CalendarBase>(calendarBases)),
  dayMinutes: optional(dayMinutes),
  coveredYears: optional(z.array(year).max(30)),
  ...week,
});
export const calendarChange = calendarInput.partial();

/** Days lie in the years that anybody counts in. */
const date = z.iso
  .date()
  .refine((text) => text >= '2000-01-01' && text <= '2099-12-31', { error: '2000-01-01 … 2099-12-31' });
export const calendarDayInput = z.object({
  date,
  kind: oneOf<CalendarDayKind>(calendarDayKinds),
  hours: hours.nullish(),
  note: shortText.nullish(),
});
export const calendarDayChange = calendarDayInput.omit({ date: true }).partial();
/** The statutory days of one year, as the State Council publishes them each November. */
export const calendarPublishInput = z.object({
  year: z.int().min(2000).max(2099),
  off: z.array(date).max(120),
  working: z.array(date).max(60),
});

const numberOf = (name: PolicyNumberName) =>
  optional(z.int().min(policyNumbers[name].min).max(policyNumbers[name].max));
const numbers = Object.fromEntries(policyNumberNames.map((name) => [name, numberOf(name)])) as {
  [name in PolicyNumberName]: ReturnType<typeof numberOf>;
};

const instant = z.iso.datetime({ offset: true });
export const policyInput = z.object({
  effectiveFrom: optional(instant),
  note: longText.nullish(),
  ...numbers,
});

export const dutyInput = z.object({
  role: z.enum(roleNames),
  department: z.enum(departmentNames).nullish(),
  lead: optional(z.boolean()),
  startsAt: instant,
  endsAt: instant,
  note: shortText.nullish(),
});
export const absenceInput = z.object({
  kind: oneOf<AbsenceKind>(absenceKinds),
  startsAt: instant,
  endsAt: instant,
  note: shortText.nullish(),
});
/** Longest duty or absence, in days. */
export const longestPeriodDays = 400;
