import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed, resourceOfType } from '@desk/schema';
import { fieldsOf, has } from './model.ts';
import { type Sdl, type SdlField, sdl as theSdl } from './sdl.ts';

/** How much of a record a page needs: a picker's line, a list's columns, everything. */
export type View = 'reference' | 'list' | 'full';

const leaf = (field: SdlField, from: Sdl) => !(field.type in from.types) && !field.args;
const isLeaf = (field: SdlField | undefined, from: Sdl) => field !== undefined && leaf(field, from);

/** `{ id fullName }` of the resource that a field refers to. */
function reference(target: ResourceDescriptor, from: Sdl): string {
  const type = from.types[target.type] ?? {};
  const names = new Set(['id', target.represent].filter((name) => isLeaf(type[name], from)));
  return `{ ${[...names].join(' ')} }`;
}

function selectField(name: string, field: SdlField, from: Sdl, referenced?: string): string[] {
  if (!(field.type in from.types)) return [name];
  const target = (referenced && resourceNamed(referenced)) || resourceOfType(field.type);
  if (target) return [`${name} ${reference(target, from)}`];
  const parts = Object.entries(from.types[field.type] ?? {}).flatMap(([part, inner]) => {
    if (leaf(inner, from)) return [part];
    const partOf = resourceOfType(inner.type);
    return partOf && !inner.args ? [`${part} ${reference(partOf, from)}`] : [];
  });
  return parts.length ? [`${name} { ${parts.join(' ')} }`] : [];
}

/** All leaves of a type, and who and what its object fields are; for types without a descriptor, such as history. */
export function selectAll(type: string, from: Sdl = theSdl): string {
  const fields = Object.entries(from.types[type] ?? {}).filter(
    ([, field]) => !field.type.endsWith('Connection') && !field.args,
  );
  return fields.flatMap(([name, field]) => selectField(name, field, from)).join(' ');
}

/** The selection of a record for a view, without what is hidden from the viewer. */
export function selectionOf(
  owner: ResourceDescriptor,
  view: View,
  hidden: ReadonlySet<string> = new Set(),
  from: Sdl = theSdl,
): string {
  const type = from.types[owner.type] ?? {};
  const parts = new Set(['id']);
  if (isLeaf(type[owner.represent], from) && !hidden.has(owner.represent)) parts.add(owner.represent);
  if (view !== 'reference') {
    for (const name of ['version', 'status']) if (name in type) parts.add(name);
    // The community gives the time zone and the currency of everything shown.
    if (type.community && owner.type !== 'Community') parts.add(`community ${communitySelection(from)}`);
    for (const { name, column, reference: target } of fieldsOf(owner, hidden, from)) {
      const field = type[name];
      if (!field || (view === 'list' && !column) || name === 'community') continue;
      for (const part of selectField(name, field, from, target)) parts.add(part);
    }
  }
  if (view === 'full') {
    for (const name of ['createdAt', 'updatedAt']) if (name in type) parts.add(name);
    if (type.availableActions)
      parts.add(`availableActions { ${selectAll(type.availableActions.type, from)} }`);
  }
  return [...parts].join(' ');
}

function communitySelection(from: Sdl): string {
  const community = resourceOfType('Community');
  return community ? reference(community, from) : '{ id }';
}

/** Variables of a page, as the connection's arguments take them. */
export interface PageVariables {
  first: number;
  after?: string | null;
  filter?: Record<string, unknown>;
  orderBy?: { field: string; direction: string };
}

/** Where a connection hangs: at the root, or on a record (`units.tickets` on one unit). */
export interface Parent {
  resource: ResourceDescriptor;
  id: string;
  field: string;
}

function argumentsOf(connection: SdlField | undefined): { name: string; type: string }[] {
  const wanted = ['first', 'after', 'filter', 'orderBy'];
  return wanted.flatMap((name) => {
    const argument = connection?.args?.[name];
    const spelled =
      argument && `${argument.list ? `[${argument.type}!]` : argument.type}${argument.nonNull ? '!' : ''}`;
    return spelled ? [{ name, type: spelled }] : [];
  });
}

/** The document of one page of a connection; the page is aliased `page`, a parent record `parent`. */
export function pageDocument(
  owner: ResourceDescriptor,
  nodes: string,
  { parent, count = true, from = theSdl }: { parent?: Parent; count?: boolean; from?: Sdl } = {},
): string {
  const connection = parent
    ? from.types[parent.resource.type]?.[parent.field]
    : from.types.Query?.[owner.name];
  const args = argumentsOf(connection);
  const variables = args.map(({ name, type }) => `$${name}: ${type}`);
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const counted =
    count && has(connection?.type ?? '', 'totalCount', from) ? ' totalCount totalCountPrecision' : '';
  const page = `page: ${parent?.field ?? owner.name}(${passed}) { ${nodes} pageInfo { hasNextPage hasPreviousPage endCursor }${counted} }`;
  const body = parent ? `parent: ${parent.resource.resource}(id: $id) { ${page} }` : page;
  const all = parent ? ['$id: ID!', ...variables] : variables;
  return `query ${owner.name}Page(${all.join(', ')}) { ${body} }`;
}

/** Whether the connection can be ordered and filtered; what it cannot, must not be sent. */
export function accepts(
  owner: ResourceDescriptor,
  parent: Parent | undefined,
  argument: string,
  from: Sdl = theSdl,
): boolean {
  const connection = parent
    ? from.types[parent.resource.type]?.[parent.field]
    : from.types.Query?.[owner.name];
  return connection?.args?.[argument] !== undefined;
}

export const recordDocument = (owner: ResourceDescriptor, selection: string) =>
  `query ${owner.resource}Record($id: ID!) { record: ${owner.resource}(id: $id) { ${selection} } }`;

export const recordsDocument = (owner: ResourceDescriptor, selection: string) =>
  `query ${owner.name}ById($ids: [ID!]!) { records: nodes(ids: $ids) { ... on ${owner.type} { ${selection} } } }`;

/** `createdAt` → `CREATED_AT`, the spelling of order enums. */
export const orderName = (field: string) => field.replace(/([A-Z])/g, '_$1').toUpperCase();

/** A mutation with its payload: the entity as `record`, what else it answers once (a new token), and what was refused. */
export function mutationDocument(
  mutation: string,
  owner: ResourceDescriptor,
  selection: string,
  from: Sdl = theSdl,
): string {
  const field = from.types.Mutation?.[mutation];
  const payload = from.types[field?.type ?? ''] ?? {};
  const entity = Object.entries(payload).find(
    ([, candidate]) => candidate.type === owner.type && !candidate.list,
  )?.[0];
  const record = entity ? `record: ${entity} { ${selection} } ` : '';
  // What was unmasked comes as an object without an id of its own; other records are read where they are shown.
  const once = Object.entries(payload)
    .filter(([name, other]) => name !== entity && name !== 'userErrors' && !resourceOfType(other.type))
    .map(([name, other]) => (leaf(other, from) ? `${name} ` : `${name} { ${selectAll(other.type, from)} } `))
    .join('');
  const errors = selectAll(payload.userErrors?.type ?? 'UserError', from) || 'code message';
  return `mutation ${mutation}($input: ${field?.args?.input?.type ?? 'JSON'}!) { payload: ${mutation}(input: $input) { ${record}${once}userErrors { ${errors} } } }`;
}

/** Leaves out what a cleared filter input leaves behind: empty texts, empty lists, empty objects. */
export function withoutEmpty(filter: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([key, value]): [string, unknown][] => {
      if (value === '' || value === undefined || value === null) return [];
      if (Array.isArray(value)) return value.length ? [[key, value]] : [];
      if (typeof value !== 'object') return [[key, value]];
      const inner = withoutEmpty(value as Record<string, unknown>);
      return Object.keys(inner).length ? [[key, inner]] : [];
    }),
  );
}
