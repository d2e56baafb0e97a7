import type { Text } from '@desk/schema';
import type { z } from 'zod';
import { type Kind, type Model, type ModelClass, modelOf } from '../../../platform/model.ts';
import { choicesOf, type FieldKind } from '../coerce/coerce.ts';

/** A field that a file can fill. */
export interface ImportField {
  name: string;
  kind: FieldKind;
  label: Text;
  /** Further header names that it is recognised by. */
  synonyms: readonly string[];
  required: boolean;
  /** Another field from which it can be made: with that one mapped it is not missing. */
  madeFrom?: string;
  /** Masked in reports (handbook U-4). */
  personal: boolean;
  values?: Record<string, Text>;
  /** Normalised texts of an enum and what they stand for. */
  choices?: ReadonlyMap<string, string>;
  /** Not a column of the record: the target looks at it itself, for example the name of a building. */
  virtual: boolean;
}

export interface FieldOptions {
  /** Limits of the values of one row; they say what is required. */
  limits: z.ZodObject;
  /** Required fields that another field can make. */
  madeFrom?: Record<string, string>;
  /** Kinds that differ from the column's, for example phones. */
  kinds?: Record<string, FieldKind>;
  /** Words for the values of enums besides their labels. */
  words?: Record<string, Record<string, readonly string[]>>;
  /** Columns that are importable besides those that the descriptor marks, with header names that they are recognised by. */
  also?: Record<string, readonly string[]>;
  /** Fields that the target handles itself; references among the descriptor's importable fields must be here. */
  virtual?: readonly VirtualField[];
}

export type VirtualField = Pick<ImportField, 'name' | 'label' | 'synonyms'> &
  Partial<Pick<ImportField, 'kind' | 'required' | 'madeFrom' | 'personal' | 'values'>>;

const kindOf: Partial<Record<Kind | 'uuid', FieldKind>> = {
  text: 'text',
  int: 'int',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'dateTime',
  money: 'money',
  decimal: 'decimal',
  enum: 'enum',
};

/**
 * The importable fields of a resource: whatever its descriptor marks `import` and its entity has as a column, so that a new
 * field of the resource can be imported without touching this domain.
 */
export function importFields(entity: ModelClass, options: FieldOptions): ImportField[] {
  const model = modelOf(entity);
  const { virtual = [], also = {} } = options;
  const handled = new Set(virtual.map((field) => field.name));
  const columns = Object.entries(model.descriptor.fields)
    .filter(([name, field]) => (field.import !== undefined || also[name]) && !handled.has(name))
    .map(([name]) => columnField(model, name, options));
  return [...virtual.map((field) => virtualField(field, options.words?.[field.name])), ...columns];
}

function columnField(
  model: Model,
  name: string,
  { limits, kinds, words, also, madeFrom }: FieldOptions,
): ImportField {
  const {
    label,
    personal = false,
    values,
    import: synonyms = also?.[name] ?? [],
  } = model.descriptor.fields[name] ?? { label: { zh: name, en: name } };
  const column = model.columns.get(name);
  const kind = kinds?.[name] ?? (column && kindOf[column.kind]);
  if (!kind)
    throw new Error(
      `${model.descriptor.type}.${name} is marked import: its import target must say how it is filled`,
    );
  return {
    name,
    kind,
    label,
    synonyms,
    required: isRequired(limits, name),
    personal,
    virtual: false,
    ...(madeFrom?.[name] && { madeFrom: madeFrom[name] }),
    ...(kind === 'enum' && values && { values, choices: choicesOf(values, words?.[name]) }),
  };
}

function virtualField(field: VirtualField, words?: Record<string, readonly string[]>): ImportField {
  const { values } = field;
  return {
    kind: 'text',
    required: false,
    personal: false,
    ...field,
    virtual: true,
    ...(values && { choices: choicesOf(values, words) }),
  };
}

/** Required, and neither mapped nor made from a field that is. */
export const isMissing = (
  { name, required, madeFrom }: ImportField,
  mapped: Record<string, unknown>,
): boolean =>
  required && mapped[name] === undefined && (madeFrom === undefined || mapped[madeFrom] === undefined);

function isRequired(limits: z.ZodObject, name: string): boolean {
  const limit = limits.shape[name] as z.ZodType | undefined;
  return limit !== undefined && !limit.safeParse(undefined).success;
}
