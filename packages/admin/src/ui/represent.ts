import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed } from '@desk/schema';
import { useResourceContext } from 'react-admin';

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
  const name = record[resourceNamed(resource)?.represent ?? 'name'];
  return String(name ?? record.name ?? record.id ?? '');
}

/** A value by its path, for example `building.id`. */
export function at(record: object | undefined, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], record);
}
