import {
  type CalendarData,
  type SpecialDay,
  type Weekday,
  weekdays,
  workingCalendar,
} from '@desk/schema/policies/calendar';
import type { CalendarBase } from '@desk/schema/policies/enums';
import {
  type PolicyNumberName,
  type PolicyNumbers,
  policyNumberNames,
  policyNumbers,
} from '@desk/schema/policies/numbers';
import type { WorkingCalendar } from '@desk/schema/policies/working-time';
import type { Run } from '../../platform/db/database.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { statutory } from './statutory.ts';

/** A version of the policy with the calendar that it counts in. Ids are UUIDs. */
export interface PolicyVersion {
  id: string;
  numbers: PolicyNumbers;
  calendar: CountingCalendar;
}

/** A calendar ready to count, as of one version of it. */
export interface CountingCalendar {
  id: string;
  version: number;
  /** Name of the zone that its hours are in. */
  timeZone: string;
  working: WorkingCalendar;
}

const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const numberColumns = policyNumberNames.map((name) => `p.${column(name)}`).join(', ');

/** Versions never change once they are in effect, and calendars are kept by their version: both may be remembered. */
class Remembered<V> {
  readonly #values = new Map<string, V>();
  get(key: string): V | undefined {
    return this.#values.get(key);
  }
  set(key: string, value: V): V {
    if (this.#values.size >= 2_000) this.#values.delete(this.#values.keys().next().value as string);
    this.#values.set(key, value);
    return value;
  }
}
const calendars = new Remembered<CountingCalendar>();
const policies = new Remembered<PolicyNumbers>();

/**
 * The policy of a community at a time, or one that something began with, whatever has changed since (handbook P-1). One
 * statement; a calendar that changed costs one more.
 */
export async function policyFor(
  run: Run,
  communityId: string,
  at: Date,
  { policyId = null }: { policyId?: string | null } = {},
): Promise<PolicyVersion> {
  const read = () =>
    run(
      `select p.id as policy, k.id as calendar, k.version, ${numberColumns} from policy p join calendar k on k.id = p.calendar_id
     where p.community_id = $1 and ($3::uuid is null or p.id = $3) and ($3::uuid is not null or p.effective_from <= $2::timestamptz)
     order by p.effective_from desc limit 1`,
      [communityId, at.toISOString(), policyId],
    );
  let [found] = await read();
  if (!found) {
    // Rows that were brought in past the triggers: the handbook's numbers hold from the beginning.
    await run('select begin_policies(organisation_id, id, created_at) from community where id = $1', [
      communityId,
    ]);
    [found] = await read();
  }
  if (!found) throw new Error(`community ${communityId} has no policy`);
  const [id, calendarId, version, ...values] = found as [string, string, number, ...number[]];
  const numbers =
    policies.get(id) ??
    policies.set(
      id,
      Object.fromEntries(
        policyNumberNames.map((name, index): [PolicyNumberName, number] => [name, values[index] as number]),
      ) as PolicyNumbers,
    );
  return { id, numbers, calendar: await calendarOf(run, calendarId, version) };
}

/** The policy of a community at a time, inside a command. */
export const policyIn = (tx: Tx, communityId: string, at: Date = tx.now): Promise<PolicyVersion> =>
  policyFor((text, values) => runInside(tx.em, text, values), communityId, at);

/**
 * A number of the policy `p` that a row was left-joined with. Rows without one are older than the number, or were brought
 * in past the triggers: the handbook's own holds for them.
 */
export const numberSql = (name: PolicyNumberName): string =>
  `coalesce(p.${column(name)}, ${policyNumbers[name].value})`;

/** Stands for the version of rows that keep none. */
export const noVersion = '00000000-0000-0000-0000-000000000000';
/** All versions `p` with these numbers, and one without any for `noVersion`: a `from` item for timers. */
export const versionsSql = (names: readonly PolicyNumberName[]): string =>
  `(select id, ${names.map(column).join(', ')} from policy
    union all select '${noVersion}'::uuid, ${names.map(() => 'null::int').join(', ')}) p`;

/** The calendar in one version of it, remembered. */
export async function calendarOf(run: Run, id: string, version: number): Promise<CountingCalendar> {
  const key = `${id} ${version}`;
  const known = calendars.get(key);
  if (known) return known;
  const found = await readCalendar(run, id);
  const { timeZone } = found.data;
  const calendar = { id, version: found.version, timeZone, working: workingCalendar(found.data, statutory) };
  return calendars.set(`${id} ${found.version}`, calendar);
}

/** The calendar as it is stored, with its days. */
export async function readCalendar(run: Run, id: string): Promise<{ version: number; data: CalendarData }> {
  const rows = await run(
    `select k.version, c.time_zone, k.base, k.day_minutes, k.covered_years, ${weekdays.map((day) => `k.${day}`).join(', ')},
       coalesce((select json_agg(json_build_object('date', d.date, 'kind', d.kind, 'hours', d.hours, 'statutory', d.statutory)) from calendar_day d where d.calendar_id = k.id), '[]')::text
     from calendar k join community c on c.id = k.community_id where k.id = $1`,
    [id],
  );
  const [version, timeZone, base, dayMinutes, years, ...rest] = rows[0] ?? [];
  const hours = Object.fromEntries(weekdays.map((day, index) => [day, rest[index]])) as Record<
    Weekday,
    string
  >;
  return {
    version: Number(version),
    data: {
      ...hours,
      timeZone: String(timeZone),
      base: base as CalendarBase,
      dayMinutes: Number(dayMinutes),
      coveredYears: (years as string[]).map(Number),
      days: JSON.parse(String(rest[weekdays.length])) as SpecialDay[],
    },
  };
}
