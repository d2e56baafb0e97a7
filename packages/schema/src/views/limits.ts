import { z } from 'zod';
import type { ResourceDescriptor } from '../descriptor.ts';
import { optional, shortText } from '../limits.ts';
import { resourceNamed } from '../resources.ts';
import { roleNames } from '../roles.ts';

/** Longest filter, in characters of JSON: a screen of conditions, and far below what a request may carry. */
export const longestFilter = 4_000;
/** Views of one person in one community; more is no overview. */
export const mostViews = 100;
const mostValues = 100;
const deepest = 6;
/** Times that every resource can be filtered and sorted by. */
const always = ['createdAt', 'updatedAt'];
const operators = new Set([
  'eq',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'isNull',
  'gt',
  'gte',
  'lt',
  'lte',
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

/** What is wrong with a filter of the resource, or undefined: only fields that it offers, known operators, plain values. */
export function filterFault(owner: ResourceDescriptor, filter: unknown, depth = 0): string | undefined {
  if (!isObject(filter)) return 'a filter is an object';
  if (depth > deepest) return `conditions are nested more than ${deepest} deep`;
  for (const [name, condition] of Object.entries(filter)) {
    const fault = conditionFault(owner, name, condition, depth);
    if (fault) return fault;
  }
  return undefined;
}

function conditionFault(
  owner: ResourceDescriptor,
  name: string,
  condition: unknown,
  depth: number,
): string | undefined {
  if (name === 'not') return filterFault(owner, condition, depth + 1);
  if (name === 'and' || name === 'or') {
    if (!Array.isArray(condition) || condition.length > mostValues) return `${name} takes a list`;
    return condition.map((one) => filterFault(owner, one, depth + 1)).find(Boolean);
  }
  if (name === 'search') return owner.search && typeof condition === 'string' ? undefined : 'no such search';
  const field = Object.entries(owner.fields).find(([known]) => known === name)?.[1];
  if (!field?.filter && ![...always, 'id'].includes(name)) return `${name} is no filter of ${owner.name}`;
  if (!isObject(condition)) return `${name} takes conditions such as { "eq": … }`;
  for (const [operator, value] of Object.entries(condition)) {
    if (!operators.has(operator)) return `${name}.${operator} is no condition`;
    const values = Array.isArray(value) ? value : [value];
    if (values.length > mostValues || !values.every(isPlain)) return `${name}.${operator} takes plain values`;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const shape = {
  name: shortText.max(60),
  filter: z.string().max(longestFilter),
  sort: z.string().max(60).nullish(),
  descending: optional(z.boolean()),
  columns: z.array(z.string().max(60)).max(40),
  sharedWith: z.array(z.enum(roleNames)).max(roleNames.length),
};

/** A whole view: the parts must fit the resource whose list it is of. */
export const savedView = z
  .object({ ...shape, resource: z.string().max(60) })
  .superRefine(({ resource, filter, sort, columns }, { addIssue }) => {
    const fault = (field: string, message: string) => addIssue({ code: 'custom', path: [field], message });
    const owner = resourceNamed(resource);
    if (!owner) return fault('resource', 'no such list');
    const wrong = filterFault(owner, parsed(filter));
    if (wrong) fault('filter', wrong);
    const fields: ResourceDescriptor['fields'] = owner.fields;
    if (sort && !always.includes(sort) && !fields[sort]?.sort) fault('sort', `${sort} is no sort order`);
    const stray = columns.find((column) => !(column in fields) && !always.includes(column));
    if (stray !== undefined) fault('columns', `${stray} is no field of ${resource}`);
  });
