import { dateOf, dayNumber } from '@desk/schema/policies/zone';

/** Days as somebody writes them down: `2027-02-06~2027-02-12`, `02-14`, one beside the other or on lines of their own. */
export function parseDates(text: string, year: number): { dates: string[]; wrong: string[] } {
  const dates = new Set<string>();
  const wrong: string[] = [];
  const joined = text.replaceAll(/\s*(?:~|～|至|到|\.\.)\s*/g, '~');
  for (const part of joined.split(/[\s,，、;；]+/).filter(Boolean)) {
    const [from, to] = part.split('~').map((end) => dayOf(end, year));
    const last = part.includes('~') ? to : from;
    if (from === undefined || last === undefined || last < from || last - from > 366) wrong.push(part);
    else for (let day = from; day <= last; day += 1) dates.add(dateOf(day));
  }
  return { dates: [...dates].sort(), wrong };
}

function dayOf(text: string, year: number): number | undefined {
  const [, own, month = '', day = ''] = /^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?$/.exec(text) ?? [];
  try {
    return dayNumber(`${own ?? year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  } catch {
    return undefined;
  }
}

/** Days as short as they can be written: neighbours as one stretch, a line each. */
export function writeDates(dates: readonly string[]): string {
  const stretches: [from: number, to: number][] = [];
  for (const day of dates.map(dayNumber).sort((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last && day === last[1] + 1) last[1] = day;
    else stretches.push([day, day]);
  }
  return stretches
    .map(([from, to]) => (from === to ? dateOf(from) : `${dateOf(from)}~${dateOf(to)}`))
    .join('\n');
}
