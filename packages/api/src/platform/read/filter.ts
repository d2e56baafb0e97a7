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
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (value === null || value === undefined) continue;
    if (name === 'and' || name === 'or') {
      const all = (value as Filter[]).map((one) => filterSql(plan, model, alias, one));
      parts.push(all.length > 0 ? `(${all.join(` ${name} `)})` : name === 'and' ? 'true' : 'false');
    } else if (name === 'not') {
      parts.push(`(${filterSql(plan, model, alias, value as Filter)}) is not true`);
    } else if (name === 'search') {
      parts.push(searchSql(plan, model, alias, String(value)));
    } else {
      guardField(plan, model, name);
      parts.push(fieldSql(plan, model, alias, name, value as Comparison));
    }
  }
  return parts.length > 0 ? parts.join(' and ') : 'true';
}

/** The words of a search, as they stand in `search_text`. */
export function searchedWords({ searchedText }: Model, filter: Filter | null | undefined): string[] {
  if (typeof filter?.search !== 'string') return [];
  const text = filter.search.toLowerCase();
  return (searchedText?.(text) ?? text).split(/\s+/).filter(Boolean).slice(0, 8);
}

/**
 * The ids of the rows in whose `search_text` all words occur, `sorted` or not; it may use the index where row-level security
 * forbids LIKE to.
 */
export function searchRowsSql(plan: Plan, model: Model, words: readonly string[], sorted?: string): string {
  guardField(plan, model, 'search');
  return `search_rows('${model.table}', ${plan.params.add(words, 'text[]')}${sorted ? `, ${sorted}` : ''})`;
}

function searchSql(plan: Plan, model: Model, alias: string, search: string): string {
  const words = searchedWords(model, { search });
  return words.length > 0 ? `${alias}.id = any(array(select ${searchRowsSql(plan, model, words)}))` : 'true';
}

/** What `search` of a filter asks, row by row: for rows that are read anyway. */
export function searchInRowSql(
  plan: Plan,
  model: Model,
  alias: string,
  filter: Filter | null | undefined,
): string {
  guardField(plan, model, 'search');
  const patterns = searchedWords(model, filter).map((word) => `%${likeText(word)}%`);
  return `${alias}.search_text like all (${plan.params.add(patterns, 'text[]')})`;
}

function guardField(plan: Plan, { descriptor }: Model, name: string): void {
  if (plan.viewer.hidden(descriptor).has(name)) refuse('FORBIDDEN', { field: ['filter', name] });
}

/** Values of enums; nothing else may stand in a statement's text. */
const fixed = /^(?!NULL$)[A-Z][A-Z0-9_]*$/;

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
  // Several choices stand in the text, so that the plan knows whether few rows have them or all. A single one does not: every
  // choice has an index with the usual order, and that one serves it however its rows lie.
  const some = (value: unknown): string => {
    const values = value as unknown[];
    return column?.kind === 'enum' && values.length > 0 && values.every((each) => fixed.test(String(each)))
      ? `'{${values.join()}}'::${cast}[]`
      : plan.params.add(values.map(encode), `${cast}[]`);
  };

  const parts = Object.entries(comparison).flatMap(([operator, value]) => {
    if (value === undefined) return [];
    if (operator === 'isNull') return value === null ? [] : [`${sql} is ${value ? '' : 'not '}null`];
    if (value === null) return operator === 'eq' ? [`${sql} is null`] : [];
    // In the text, so that the index of the few that have the flag serves.
    if (column?.kind === 'boolean') return [value === true ? sql : `not ${sql}`];
    if (operator === 'in') return [`${sql} = any(${some(value)})`];
    if (operator === 'notIn') return [`(${sql} = any(${some(value)})) is not true`];
    if (operator === 'contains') return [`${sql} ilike ${plan.params.add(`%${likeText(value)}%`)}`];
    if (operator === 'startsWith') return [`${sql} ilike ${plan.params.add(`${likeText(value)}%`)}`];
    if (operator !== 'eq') plan.ranged.add(sql);
    return [`${sql} ${operators[operator]} ${plan.params.add(encode(value), cast)}`];
  });
  return parts.length > 0 ? `(${parts.join(' and ')})` : 'true';
}
