import { refuse } from '../errors.ts';
import { decodeId } from '../ids.ts';
import { kinds, type Model, modelOf } from '../model.ts';
import type { Plan } from './plan.ts';

export type Filter = Record<string, unknown>;
type Comparison = Record<string, unknown>;

const operators: Record<string, string> = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' };
/** An id that no row has: a foreign or malformed id in a filter finds nothing, like a missing one. */
const nowhere = '00000000-0000-0000-0000-000000000000';
const likeText = (text: unknown): string => String(text).replace(/[\\%_]/g, '\\$&');

/** A typed filter as an SQL condition. Filtering by a field that the viewer may not see is refused. */
export function filterSql(
  plan: Plan,
  model: Model,
  alias: string,
  filter: Filter | null | undefined,
): string {
  const parts: string[] = [];
  const guard = (name: string): void => {
    if (plan.viewer.hidden(model.descriptor).has(name)) refuse('FORBIDDEN', { field: ['filter', name] });
  };
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (value === null || value === undefined) continue;
    if (name === 'and' || name === 'or') {
      const all = (value as Filter[]).map((one) => filterSql(plan, model, alias, one));
      parts.push(all.length > 0 ? `(${all.join(` ${name} `)})` : name === 'and' ? 'true' : 'false');
    } else if (name === 'not') {
      parts.push(`(${filterSql(plan, model, alias, value as Filter)}) is not true`);
    } else if (name === 'search') {
      guard(name);
      parts.push(searchSql(plan, model, alias, String(value)));
    } else {
      guard(name);
      parts.push(fieldSql(plan, model, alias, name, value as Comparison));
    }
  }
  return parts.length > 0 ? parts.join(' and ') : 'true';
}

/** Words that trigrams can find; shorter ones are looked for row by row. */
const indexed = /[^ -~]|[a-z0-9]{3}/i;

/** All words must occur in the table's `search_text`; `search_rows` may use its index where row-level security forbids LIKE to. */
function searchSql(plan: Plan, { table, searchedText }: Model, alias: string, typed: string): string {
  const text = typed.toLowerCase();
  const words = (searchedText?.(text) ?? text).split(/\s+/).filter(Boolean).slice(0, 8);
  const like = (word: string) => `%${likeText(word)}%`;
  const conditions = words
    .filter((word) => !indexed.test(word))
    .map((word) => `${alias}.search_text like ${plan.params.add(like(word), 'text')}`);
  const found = words.filter((word) => indexed.test(word)).map(like);
  if (found.length > 0)
    conditions.push(
      `${alias}.id = any(array(select search_rows('${table}', ${plan.params.add(found, 'text[]')})))`,
    );
  return conditions.join(' and ') || 'true';
}

function fieldSql(plan: Plan, model: Model, alias: string, name: string, comparison: Comparison): string {
  const reference = model.references.get(name);
  const column = model.columns.get(name);
  if (!reference && !column) throw new Error(`${model.descriptor.type}.${name} cannot be filtered`);
  const prefix = reference
    ? modelOf(reference.target()).descriptor.idPrefix
    : column?.kind === 'uuid'
      ? model.descriptor.idPrefix
      : undefined;
  const cast = prefix || !column || column.kind === 'uuid' ? 'uuid' : kinds[column.kind].sql;
  const sql = `${alias}.${(reference ?? column)?.column}`;
  const encode = (value: unknown) => (prefix ? (decodeId(prefix, String(value)) ?? nowhere) : value);

  const parts = Object.entries(comparison).flatMap(([operator, value]) => {
    if (value === undefined) return [];
    if (operator === 'isNull') return value === null ? [] : [`${sql} is ${value ? '' : 'not '}null`];
    if (value === null) return operator === 'eq' ? [`${sql} is null`] : [];
    if (operator === 'in')
      return [`${sql} = any(${plan.params.add((value as unknown[]).map(encode), `${cast}[]`)})`];
    if (operator === 'notIn')
      return [
        `(${sql} = any(${plan.params.add((value as unknown[]).map(encode), `${cast}[]`)})) is not true`,
      ];
    if (operator === 'contains') return [`${sql} ilike ${plan.params.add(`%${likeText(value)}%`)}`];
    if (operator === 'startsWith') return [`${sql} ilike ${plan.params.add(`${likeText(value)}%`)}`];
    return [`${sql} ${operators[operator]} ${plan.params.add(encode(value), cast)}`];
  });
  return parts.length > 0 ? `(${parts.join(' and ')})` : 'true';
}
