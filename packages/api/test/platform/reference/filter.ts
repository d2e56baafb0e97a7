import { splitId } from '../../../src/platform/ids.ts';
import { type Model, modelOf } from '../../../src/platform/model.ts';
import { type Raw, snake } from './tables.ts';

type Filter = Record<string, unknown>;

/** Whether a row satisfies a typed filter: every condition looked at by itself, in memory. */
export function matches(model: Model, row: Raw, filter: Filter | null): boolean {
  return Object.entries(filter ?? {}).every(([name, value]) => {
    if (value === null || value === undefined) return true;
    if (name === 'and') return (value as Filter[]).every((one) => matches(model, row, one));
    if (name === 'or') return (value as Filter[]).some((one) => matches(model, row, one));
    if (name === 'not') return !matches(model, row, value as Filter);
    if (name === 'search') return found(model, row, value as string);
    return Object.entries(value).every(([operator, operand]) => holds(model, row, name, operator, operand));
  });
}

function found(model: Model, row: Raw, typed: string): boolean {
  const text = typed.toLowerCase();
  const words = (model.searchedText?.(text) ?? text).split(/\s+/).filter(Boolean);
  return words.slice(0, 8).every((word) => (row.search_text ?? '').includes(word));
}

function holds(model: Model, row: Raw, name: string, operator: string, operand: unknown): boolean {
  const column = model.columns.get(name);
  const reference = model.references.get(name);
  const pointed = reference ? modelOf(reference.target()) : model;
  const stored = row[reference ? `${snake(name)}_id` : snake(name)] ?? null;
  if (operator === 'isNull')
    return operand === null || operand === undefined || (stored === null) === operand;
  if (operand === undefined) return true;
  if (operand === null) return operator !== 'eq' || stored === null;
  const kind = reference ? 'uuid' : (column?.kind ?? 'text');
  const comparable = (value: unknown): string | number => {
    if (kind === 'uuid') {
      // An id of another kind of record is nobody's, whatever its bits.
      const id = splitId(String(value));
      return id?.prefix === pointed.descriptor.idPrefix ? id.uuid : 'nowhere';
    }
    if (kind === 'dateTime') return Date.parse(String(value));
    return ['int', 'money', 'decimal'].includes(kind) ? Number(value) : String(value);
  };
  const own =
    stored === null
      ? null
      : kind === 'uuid'
        ? stored
        : kind === 'boolean'
          ? String(stored === 't')
          : kind === 'dateTime'
            ? Date.parse(`${stored.replace(' ', 'T')}:00`)
            : comparable(stored);
  if (operator === 'notIn') return own === null || !(operand as unknown[]).map(comparable).includes(own);
  if (own === null) return false;
  if (operator === 'in') return (operand as unknown[]).map(comparable).includes(own);
  if (operator === 'contains') return String(own).toLowerCase().includes(String(operand).toLowerCase());
  if (operator === 'startsWith') return String(own).toLowerCase().startsWith(String(operand).toLowerCase());
  const other = comparable(operand);
  switch (operator) {
    case 'eq':
      return own === other;
    case 'gt':
      return own > other;
    case 'gte':
      return own >= other;
    case 'lt':
      return own < other;
    case 'lte':
      return own <= other;
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}
