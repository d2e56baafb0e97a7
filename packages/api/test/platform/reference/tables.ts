import { type Assignment, type ResourceDescriptor, rolesFor } from '@desk/schema';
import type pg from 'pg';
import { parse as parseArray } from 'postgres-array';
import { encodeId } from '../../../src/platform/ids.ts';
import { allModels, type Model } from '../../../src/platform/model.ts';

/** A row as PostgreSQL prints it. */
export type Raw = Record<string, string | null>;

export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const camel = (name: string): string =>
  name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Everything that an organisation has, read once as text, table by table, by the owner. The reference answers from it
 * without SQL of its own, so it shares nothing with the read layer but the declarations of the entities.
 */
export class Tables {
  // Rows with a rule of their own (saved views) are tried by their domain's tests.
  readonly models = new Map<string, Model>(
    allModels().flatMap((model) => (model.visible ? [] : [[model.descriptor.type, model]])),
  );
  readonly byResource = new Map<string, Model>(
    allModels().map((model) => [model.descriptor.resource, model]),
  );
  readonly byName = new Map<string, Model>(allModels().map((model) => [model.descriptor.name, model]));
  readonly #rows = new Map<string, Map<string, Raw>>();
  readonly #ranks = new Map<string, Map<string, number>>();
  history: Raw[] = [];

  constructor(
    readonly pool: pg.Pool,
    readonly organisation: string,
  ) {}

  async load(): Promise<this> {
    for (const [type, { table, descriptor }] of this.models) {
      const rows = await this.#read(`select * from ${table} where organisation_id = $1`);
      this.#rows.set(type, new Map(rows.map((row) => [row.id ?? '', row])));
      const sorted = [
        'id',
        'createdAt',
        'updatedAt',
        ...Object.entries(descriptor.fields).flatMap(([name, field]) => (field.sort ? [name] : [])),
      ];
      for (const field of sorted)
        for (const direction of ['ASC', 'DESC']) {
          const by = `${snake(field)} ${direction} nulls last, id ${direction}`;
          const ids = await this.#read(`select id from ${table} where organisation_id = $1 order by ${by}`);
          this.#ranks.set(
            `${type}.${field}:${direction}`,
            new Map(ids.map(({ id }, rank) => [id ?? '', rank])),
          );
        }
    }
    this.history = await this.#read('select * from history where organisation_id = $1 order by id desc');
    return this;
  }

  rows(type: string): Raw[] {
    return [...(this.#rows.get(type)?.values() ?? [])];
  }

  row(type: string, id: string | null): Raw | undefined {
    return this.#rows.get(type)?.get(id ?? '');
  }

  /** Place of every row of a type in an order, by UUID. */
  rank(type: string, order: string): Map<string, number> {
    const found = this.#ranks.get(`${type}.${order}`);
    if (!found) throw new Error(`${type} has no order ${order}`);
    return found;
  }

  /** Raw texts, whatever type parsers the application registered. */
  async #read(text: string): Promise<Raw[]> {
    const types = { getTypeParser: () => (raw: string) => raw };
    const { rows } = await this.pool.query<Raw>({ text, values: [this.organisation], types });
    return rows;
  }
}

/** Whether one of the assignments opens a row for reading (handbook P-3), said as plainly as possible. */
export function mayRead(
  assignments: readonly Assignment[],
  descriptor: Pick<ResourceDescriptor, 'resource' | 'scope'>,
  place: { community: string | null; building: string | null },
): boolean {
  const allowed = rolesFor({ resource: descriptor.resource }, 'read');
  return assignments.some(({ role, communityId, buildingIds }) => {
    if (!allowed.has(role)) return false;
    if (communityId === null || descriptor.scope === 'organisation') return true;
    if (buildingIds === null || descriptor.scope === 'community') return place.community === communityId;
    return place.building !== null && buildingIds.includes(place.building);
  });
}

/** Whether an assignment could open any row of a resource at all; else it is refused as a whole. */
export function mayReadSome(
  assignments: readonly Assignment[],
  { resource, scope }: Pick<ResourceDescriptor, 'resource' | 'scope'>,
): boolean {
  const allowed = rolesFor({ resource }, 'read');
  return assignments.some(
    ({ role, buildingIds }) => allowed.has(role) && (scope !== 'building' || buildingIds?.length !== 0),
  );
}

export const placeOf = (model: Model, row: Raw): { community: string | null; building: string | null } => ({
  community: (model.scope.community && row[model.scope.community]) ?? null,
  building: (model.scope.building && row[model.scope.building]) ?? null,
});

/** A stored text as the API shows it. */
export function shown(model: Model, field: string, row: Raw): unknown {
  const raw = row[snake(field)] ?? null;
  const column = model.columns.get(field);
  if (raw === null || !column) return raw;
  if (column.mask) return column.mask(raw);
  switch (column.kind) {
    case 'uuid':
      return encodeId(model.descriptor.idPrefix, raw);
    case 'int':
    case 'money':
      return Number(raw);
    case 'boolean':
      return raw === 't';
    case 'dateTime':
      return instant(raw);
    case 'texts':
      return parseArray(raw);
    default:
      return raw;
  }
}

/** `2026-11-22 08:30:00.123456+00` → milliseconds, cut. */
export const instant = (raw: string): string => new Date(`${raw.replace(' ', 'T')}:00`).toISOString();
