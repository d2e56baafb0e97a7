import type { FieldDescriptor, ResourceDescriptor, Text } from '@desk/schema';
import { resourceNamed, resourceOfType, resources } from '@desk/schema';
import { humanise, sharedLabels } from './labels.ts';
import { inputTypeOf, type Sdl, type SdlField, sdl as theSdl } from './sdl.ts';

/** How a value is shown and entered. Everything the console draws follows from this and the descriptor. */
export type Kind =
  | 'text'
  | 'multiline'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'enum'
  | 'money'
  | 'decimal'
  | 'date'
  | 'datetime'
  | 'time'
  | 'reference'
  | 'files'
  | 'signature'
  | 'object';

/** One thing of a resource, ready to be drawn: a column, a line of the show page, an input, a filter. */
export interface Field {
  name: string;
  kind: Kind;
  label: Text;
  help?: Text;
  group: string;
  /** The SDL type is a list. */
  many: boolean;
  required: boolean;
  /** Offered as a sort order. */
  sort: boolean;
  /** Shown in lists. */
  column: boolean;
  /** Labels of an enum's values. */
  values?: Record<string, Text>;
  /** Name of the resource that a reference points to. */
  reference?: string;
  /** What a value object consists of: role, community and buildings of an assignment. */
  parts?: Input[];
  /** A yes or no that must be given: a box left empty would be an answer that nobody gave. */
  answered?: boolean;
  /** Of a time of day: the field that holds its minute, while this one holds its hour. */
  minute?: string;
  /** The SDL type, without list and non-null. */
  type: string;
}

const scalarKinds: Record<string, Kind> = {
  Money: 'money',
  Decimal: 'decimal',
  Date: 'date',
  DateTime: 'datetime',
  Int: 'integer',
  Float: 'float',
  Boolean: 'boolean',
};

/** Labels of an enum that some descriptor gives: the same type reads the same everywhere. */
function enumLabels(type: string, from: Sdl): Record<string, Text> | undefined {
  for (const owner of resources)
    for (const [name, { values }] of Object.entries(owner.fields))
      if (values && from.types[owner.type]?.[name]?.type === type) return values;
  return undefined;
}

/** Inputs that no form shows: the console fills them in. */
const plumbing = new Set(['id', 'version', 'idempotencyKey']);

const plain = (values: readonly string[]): Record<string, Text> =>
  Object.fromEntries(
    values.map((value) => [value, { zh: value, en: humanise(value.toLowerCase().replaceAll('_', ' ')) }]),
  );

function kindOf(field: SdlField, descriptor: FieldDescriptor | undefined, from: Sdl): Kind {
  if (field.type in from.enums) return 'enum';
  if (descriptor?.reference || resourceOfType(field.type)) return 'reference';
  if (field.type in from.types || field.type in from.inputs) return 'object';
  return scalarKinds[field.type] ?? (descriptor?.multiline ? 'multiline' : 'text');
}

/** What is neither typed nor chosen: uploaded files, by their ids or as they are shown, and drawn signatures. */
function drawn(name: string, field: SdlField): Kind | undefined {
  if (field.type === 'File' || (name === 'attachments' && field.type === 'ID')) return 'files';
  return name === 'signature' && field.type === 'String' ? 'signature' : undefined;
}

function labelOf(name: string, descriptor: FieldDescriptor | undefined): Text {
  const shared: Record<string, Text> = sharedLabels;
  const spoken = humanise(name);
  return descriptor?.label ?? shared[name] ?? { zh: spoken, en: spoken };
}

function describe(
  name: string,
  field: SdlField,
  descriptor: FieldDescriptor | undefined,
  owner: ResourceDescriptor,
  from: Sdl,
): Field {
  const kind = drawn(name, field) ?? kindOf(field, descriptor, from);
  const states = name === 'status' ? owner.lifecycle?.states : undefined;
  const help = descriptor?.help;
  return {
    name,
    kind,
    label: labelOf(name, descriptor),
    ...(help && { help }),
    group: descriptor?.group ?? 'main',
    many: Boolean(field.list),
    required: Boolean(field.nonNull) && kind !== 'boolean',
    ...(kind === 'boolean' && field.nonNull && { answered: true }),
    sort: Boolean(descriptor?.sort),
    column: Boolean(descriptor?.list),
    ...(kind === 'enum' && {
      values:
        descriptor?.values ?? states ?? enumLabels(field.type, from) ?? plain(from.enums[field.type] ?? []),
    }),
    ...(kind === 'text' && descriptor?.values && { values: descriptor.values }),
    ...(kind === 'object' && { parts: partsOf(field.type, owner, from) }),
    ...(kind === 'reference' && {
      reference: descriptor?.reference ?? resourceOfType(field.type)?.name ?? '',
    }),
    type: field.type,
  };
}

/** Fields as they are drawn: an hour and its minute as one time of day. */
export function withTimes<F extends Field>(owner: ResourceDescriptor, fields: readonly F[]): F[] {
  const times = new Map(
    fields.flatMap(({ name }) => {
      const time = owner.fields[name]?.time;
      return time && fields.some((other) => other.name === time.minute) ? [[name, time] as const] : [];
    }),
  );
  const minutes = new Set([...times.values()].map(({ minute }) => minute));
  return fields
    .filter(({ name }) => !minutes.has(name))
    .map((field) => {
      const time = times.get(field.name);
      return time ? { ...field, kind: 'time', label: time.label, minute: time.minute } : field;
    });
}

const isConnection = (field: SdlField) => field.type.endsWith('Connection');
const needsArguments = (field: SdlField) =>
  Object.values(field.args ?? {}).some((argument) => argument.nonNull);

/** The fields of a resource that can be read, in the descriptor's order; what the SDL does not have is left out. */
export function fieldsOf(
  owner: ResourceDescriptor,
  hidden: ReadonlySet<string> = new Set(),
  from: Sdl = theSdl,
): Field[] {
  const type = from.types[owner.type] ?? {};
  return Object.entries(owner.fields).flatMap(([name, descriptor]) => {
    const field = type[name];
    if (!field || hidden.has(name) || isConnection(field) || needsArguments(field)) return [];
    return [describe(name, field, descriptor, owner, from)];
  });
}

/** Whether the type has the field; asks before querying what an API version may not offer. */
export const has = (type: string, field: string, from: Sdl = theSdl) =>
  from.types[type]?.[field] !== undefined;

/** An input of a form: its name in the SDL input, and where its present value stands in a record. */
export interface Input extends Field {
  /** Path in the record, for example `building.id` for the input `buildingId`. */
  source: string;
}

const bare = (name: string) => name.replace(/Id$/, '').replace(/Ids$/, 's');

/**
 * The inputs of a mutation's form, in the descriptor's order, then as in the SDL. `buildingId` takes label, help and
 * reference from the field `building`, `unitIds` from `units`.
 */
export function inputsOf(
  owner: ResourceDescriptor,
  mutation: string | undefined,
  from: Sdl = theSdl,
): Input[] {
  const order = Object.keys(owner.fields);
  const place = (name: string) => {
    const at = order.indexOf(owner.fields[name] ? name : bare(name));
    return at < 0 ? order.length : at;
  };
  return Object.entries(from.inputs[inputTypeOf(mutation, from) ?? ''] ?? {})
    .filter(([name]) => !plumbing.has(name))
    .map(([name, field]) => inputOf(name, field, owner, from.types[owner.type] ?? {}, from))
    .sort((a, b) => place(a.name) - place(b.name));
}

function inputOf(
  name: string,
  field: SdlField,
  owner: ResourceDescriptor,
  type: Record<string, SdlField>,
  from: Sdl,
): Input {
  const fieldName = owner.fields[name] ? name : bare(name);
  const descriptor = owner.fields[fieldName] ?? referenceByName(name, fieldName, field);
  const target = type[fieldName];
  const described = describe(name, field, descriptor, owner, from);
  // A reference is read as an object and written as its id; lists of references are turned into ids one by one.
  const nested = described.kind === 'reference' && target && target.type !== 'ID' && !target.list;
  return {
    ...described,
    label: labelOf(fieldName, descriptor),
    source: nested ? `${fieldName}.id` : fieldName,
  };
}

/** The parts of a value object, read or entered; they have no descriptor of their own. */
function partsOf(type: string, owner: ResourceDescriptor, from: Sdl): Input[] {
  const shape = from.types[type] ?? {};
  const fields = from.inputs[type] ?? shape;
  const nobody = { ...owner, fields: {} };
  // What is read is told by references; their bare ids beside them say nothing more.
  const repeated = (name: string) => name !== bare(name) && bare(name) in fields;
  return Object.entries(fields)
    .filter(([name, field]) => !plumbing.has(name) && !field.args && !isConnection(field) && !repeated(name))
    .map(([name, field]) => ({
      ...inputOf(name, field, nobody, from.types[type.replace(/Input$/, '')] ?? shape, from),
      // What is called the same in the record means the same.
      ...(owner.fields[name] && { label: owner.fields[name].label }),
    }));
}

/** An input of type ID without a descriptor is a reference when its name is a resource's: `residentId` → residents. */
function referenceByName(name: string, fieldName: string, field: SdlField): FieldDescriptor | undefined {
  if (field.type !== 'ID' || plumbing.has(name)) return undefined;
  const target =
    resourceOfType(fieldName.charAt(0).toUpperCase() + fieldName.slice(1)) ?? resourceNamed(fieldName);
  return target && { label: field.list ? target.plural : target.label, reference: target.name };
}

/** A filter input; `source` is its path in the GraphQL filter, for example `status.in`. */
export interface Filter extends Field {
  source: string;
  /** For ranges: which end. */
  end?: 'from' | 'to';
}

/** The filters that both the descriptor offers and the SDL's filter type has. */
export function filtersOf(
  owner: ResourceDescriptor,
  hidden: ReadonlySet<string> = new Set(),
  from: Sdl = theSdl,
): Filter[] {
  const filterType = from.inputs[from.types.Query?.[owner.name]?.args?.filter?.type ?? ''] ?? {};
  const type = from.types[owner.type] ?? {};
  return Object.entries(owner.fields).flatMap(([name, descriptor]): Filter[] => {
    const operators = from.inputs[filterType[name]?.type ?? ''];
    const field = type[name];
    if (!descriptor.filter || !operators || !field || hidden.has(name)) return [];
    // What helps to enter a value says nothing about looking for it.
    const { help: _, ...plain } = describe(name, field, descriptor, owner, from);
    const described = { ...plain, required: false, many: false };
    const at = (operator: string, more: Partial<Filter> = {}): Filter[] =>
      operator in operators ? [{ ...described, ...more, source: `${name}.${operator}` }] : [];
    if (described.kind === 'enum') return 'in' in operators ? at('in', { many: true }) : at('eq');
    if (described.kind === 'boolean' || described.kind === 'reference') return at('eq');
    if (described.kind === 'text' || described.kind === 'multiline')
      return 'contains' in operators ? at('contains', { kind: 'text' }) : at('eq');
    return [...at('gte', { end: 'from' }), ...at('lte', { end: 'to' })];
  });
}

/** Whether the resource's filter takes free text. */
export function searchable(owner: ResourceDescriptor, from: Sdl = theSdl): boolean {
  return from.inputs[from.types.Query?.[owner.name]?.args?.filter?.type ?? '']?.search !== undefined;
}
