import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed, say } from '@desk/schema';
import { useResourceContext } from 'react-admin';
import { formatDateTime } from '../platform/format.ts';
import { currentLocale, sayNow } from '../platform/i18n/index.ts';
import { communityOf } from '../platform/viewer.ts';

/** The descriptor of the page's resource. */
export function useOwner(): ResourceDescriptor {
  const name = useResourceContext();
  const owner = resourceNamed(name ?? '');
  if (!owner) throw new Error(`no descriptor for the resource ${name}`);
  return owner;
}

/** What a human calls the record: its representing field, or its id where that is hidden. */
export function represent(resource: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  const record = value as Record<string, unknown>;
  const owner = resourceNamed(resource);
  const field = owner?.represent ?? 'name';
  const name = record[field] ?? record.name ?? record.id ?? '';
  const label = owner?.fields[field]?.values?.[String(name)];
  if (label) return say(label, currentLocale());
  return instant.test(String(name)) ? spokenTime(String(name), field, record) : String(name);
}

const instant = /^\d{4}-\d\d-\d\dT/;

/** A version is called by the day from which it is in force; everything else by its moment. */
function spokenTime(moment: string, field: string, record: Record<string, unknown>): string {
  const time = formatDateTime(moment, communityOf(record).timeZone);
  return field === 'effectiveFrom' ? sayNow('inForceSince', { date: time.slice(0, 10) }) : time;
}

/** A value by its path, for example `building.id`. */
export function at(record: object | undefined, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], record);
}
