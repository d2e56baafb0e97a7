import {
  type ImportMapping,
  type ImportResourceName,
  importMapping,
  importResourceNames,
} from '@desk/schema/imports/mapping';
import { z } from 'zod';
import { normalised } from '../coerce/coerce.ts';
import beijingFlats from './presets/beijing-flats.json' with { type: 'json' };
import serviceRequests from './presets/service-requests.json' with { type: 'json' };

/** A known kind of file: recognised by its headers, read by its mapping. */
const preset = z.strictObject({
  about: z.string(),
  resource: z.enum(importResourceNames),
  /** All of these must be there. */
  headers: z.array(z.string()).min(2),
  mapping: importMapping,
});

const presets = [beijingFlats, serviceRequests].map((file) => preset.parse(file));

export function presetFor(
  resource: ImportResourceName,
  headers: readonly string[],
): ImportMapping | undefined {
  const present = new Set(headers.map(normalised));
  const found = presets.find(
    (one) => one.resource === resource && one.headers.every((header) => present.has(normalised(header))),
  );
  if (!found) return undefined;
  // Optional columns of the preset that this file lacks are left out, rather than refused as unknown.
  const has = (header: string) => present.has(normalised(header));
  const columns = Object.entries(found.mapping.columns).flatMap(
    ([field, source]): [string, ImportMapping['columns'][string]][] => {
      if (typeof source === 'string') return has(source) ? [[field, source]] : [];
      if ('column' in source) return has(source.column) ? [[field, source]] : [];
      if ('parts' in source)
        return [[field, { ...source, parts: source.parts.filter((part) => has(part.column)) }]];
      return [[field, source]];
    },
  );
  return { ...found.mapping, columns: Object.fromEntries(columns) };
}
