import { type ImportMapping, type ImportResourceName, importMapping } from '@desk/schema/imports/mapping';
import type { Database } from '../../platform/db/database.ts';
import { cellText } from './coerce/coerce.ts';
import { columnsOf, mappingFaults } from './mapping/compile.ts';
import { headerSignature } from './mapping/headers.ts';
import { presetFor } from './mapping/presets.ts';
import { suggestMapping } from './mapping/suggest.ts';
import type { SourceRow, Table } from './reading/table.ts';
import { isMissing } from './targets/fields.ts';
import { targetOf } from './targets/index.ts';

const previewed = 20;
const sampled = 200;

export type MappingSource = 'REMEMBERED' | 'PRESET' | 'HEADERS';

interface Described {
  table: Table;
  resource: ImportResourceName;
  /** Zone of the community. */
  zone: string;
}

/** The first rows of a file: what samples and suggestions are made from. */
export async function firstRows(table: Table): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of table.rows()) {
    rows.push(row);
    if (rows.length >= sampled) break;
  }
  return rows;
}

/** How the organisation read such a file last time, or how it is known to be read, or what its headers say. */
export async function findMapping(
  db: Database,
  organisationId: string,
  { table, resource, zone, rows }: Described & { rows: readonly SourceRow[] },
): Promise<{ mapping: ImportMapping; source: MappingSource }> {
  const target = targetOf(resource);
  const { headers } = table;
  const found = await db.read(
    organisationId,
    'select mapping from import_mapping where resource = $1 and signature = $2',
    [resource, headerSignature(headers)],
  );
  const remembered = importMapping.safeParse(found[0]?.[0]);
  if (remembered.success && mappingFaults(remembered.data, headers, target.fields).length === 0)
    return { mapping: remembered.data, source: 'REMEMBERED' };
  const preset = presetFor(resource, headers);
  if (preset) return { mapping: preset, source: 'PRESET' };
  const samples = rows.filter((row) => !row.fault).map((row) => row.cells);
  const suggested = suggestMapping(headers, samples, target.fields, zone);
  return { mapping: target.complete?.(suggested) ?? suggested, source: 'HEADERS' };
}

/** What the wizard shows of an uploaded file. */
export async function describeTable(db: Database, organisationId: string, described: Described) {
  const { table, resource } = described;
  const { headers, encoding, delimiter, size } = table;
  const { fields } = targetOf(resource);
  const rows = await firstRows(table);
  const { mapping, source } = await findMapping(db, organisationId, { ...described, rows });
  const used = new Set(Object.values(mapping.columns).flatMap(columnsOf));
  const columns = headers.map((name, index) => {
    const values = rows.map((row) => cellText(row.cells[index] ?? '')).filter((text) => text !== '');
    return { name, samples: [...new Set(values)].slice(0, 3) };
  });
  return {
    size,
    encoding,
    delimiter,
    columns,
    preview: rows.slice(0, previewed).map(({ row, cells }) => ({
      row,
      cells: Object.fromEntries(headers.map((name, index) => [name, cellText(cells[index] ?? '')])),
    })),
    suggestedMapping: mapping,
    mappingSource: source,
    unmapped: headers.filter((name) => !used.has(name)),
    missing: fields.filter((field) => isMissing(field, mapping.columns)).map((field) => field.name),
    fields: fields.map(({ name, label, kind, required, madeFrom, values }) => ({
      name,
      label,
      kind: kind === 'phone' ? 'text' : kind,
      required,
      ...(madeFrom && { madeFrom }),
      ...(values && { values }),
    })),
  };
}
