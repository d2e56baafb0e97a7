import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { StatutoryDays } from '@desk/schema/policies/calendar';

/**
 * Statutory holidays and make-up working days of mainland China as chinese-days publishes them. Its data is read, not its
 * functions asked: those take unknown years for ordinary ones and read `Date`s in the host's zone.
 */
const data = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('chinese-days/dist/chinese-days.json'), 'utf8'),
) as { holidays: Record<string, string>; workdays: Record<string, string> };

const years = Object.keys(data.holidays).map((date) => Number(date.slice(0, 4)));

export const statutory: StatutoryDays = {
  off: Object.keys(data.holidays),
  working: Object.keys(data.workdays),
  firstYear: Math.min(...years),
  lastYear: Math.max(...years),
};
