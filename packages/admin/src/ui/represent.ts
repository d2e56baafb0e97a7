import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed, say } from '@desk/schema';
import { useResourceContext } from 'react-admin';
import { currentLocale } from '../platform/i18n/index.ts';

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
  return label ? say(label, currentLocale()) : String(name);
}

/** A value by its path, for example `building.id`. */
export function at(record: object | undefined, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], record);
}
