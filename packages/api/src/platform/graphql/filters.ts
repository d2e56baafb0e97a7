import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import type { ColumnField, Kind, Model } from '../model.ts';
import { enumName } from './enums.ts';
import { DateScalar, DateTimeScalar, DecimalScalar, MoneyScalar } from './scalars.ts';

/** Makes a GraphQL input type from a table of fields; type-graphql's decorators are called instead of written. */
function inputType(
  name: string,
  description: string,
  fields: Record<string, { type: () => unknown; description: string }>,
): object {
  const target = { [name]: class {} }[name] as new () => object;
  for (const [field, { type, description: text }] of Object.entries(fields))
    Field(type as () => typeof String, { nullable: true, description: text })(target.prototype, field);
  InputType(name, { description })(target);
  return target;
}

type Scalar = () => unknown;

function comparisons(type: Scalar, { ordered, text }: { ordered?: boolean; text?: boolean } = {}) {
  return {
    eq: { type, description: 'Equal; `null` finds records without a value.' },
    in: { type: () => [type()], description: 'One of these.' },
    ...(!ordered && { notIn: { type: () => [type()], description: 'None of these.' } }),
    ...(ordered && {
      gt: { type, description: 'Greater than.' },
      gte: { type, description: 'Greater than or equal.' },
      lt: { type, description: 'Less than.' },
      lte: { type, description: 'Less than or equal.' },
    }),
    ...(text && {
      contains: { type, description: 'Contains this text, in any case.' },
      startsWith: { type, description: 'Starts with this text, in any case.' },
    }),
    isNull: {
      type: () => Boolean,
      description: '`true`: only records without a value; `false`: only those with one.',
    },
  };
}

const scalarFilters: Partial<Record<Kind | 'uuid', object>> = {
  text: inputType(
    'StringFilter',
    'Conditions on a text; all that are given must hold.',
    comparisons(() => String, { text: true }),
  ),
  int: inputType(
    'IntFilter',
    'Conditions on a whole number; all that are given must hold.',
    comparisons(() => Int, { ordered: true }),
  ),
  boolean: inputType('BooleanFilter', 'Conditions on yes or no.', {
    eq: { type: () => Boolean, description: 'Equal.' },
  }),
  date: inputType(
    'DateFilter',
    'Conditions on a business date; all that are given must hold.',
    comparisons(() => DateScalar, { ordered: true }),
  ),
  dateTime: inputType(
    'DateTimeFilter',
    'Conditions on an instant; all that are given must hold.',
    comparisons(() => DateTimeScalar, { ordered: true }),
  ),
  money: inputType(
    'MoneyFilter',
    'Conditions on an amount in minor units; all that are given must hold.',
    comparisons(() => MoneyScalar, { ordered: true }),
  ),
  decimal: inputType(
    'DecimalFilter',
    'Conditions on an exact number; all that are given must hold.',
    comparisons(() => DecimalScalar, { ordered: true }),
  ),
  uuid: inputType(
    'IDFilter',
    'Conditions on a public id; an id of another kind finds nothing.',
    comparisons(() => ID),
  ),
};

const enumFilters = new Map<object, object>();

function enumFilter(name: string, values: object): object {
  let filter = enumFilters.get(values);
  if (!filter)
    enumFilters.set(
      values,
      (filter = inputType(
        `${name}Filter`,
        'Conditions on a fixed choice; all that are given must hold.',
        comparisons(() => values),
      )),
    );
  return filter;
}

const constantCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** `TicketFilter`: one typed condition for each field that the descriptor marks `filter`, joined by and/or/not. */
export function filterType(model: Model): object {
  const { descriptor } = model;
  const fields: Parameters<typeof inputType>[2] = {
    id: { type: () => scalarFilters.uuid, description: 'By public id.' },
  };
  for (const [name, field] of Object.entries(descriptor.fields)) {
    if (!field.filter) continue;
    const type = filterOf(model, name);
    fields[name] = {
      type: () => type,
      description: `By ${field.label.en.toLowerCase()} (${field.label.zh}).`,
    };
  }
  if (descriptor.search)
    fields.search = {
      type: () => String,
      description: `Free text over: ${descriptor.search.en} (${descriptor.search.zh}). All words must occur.`,
    };
  for (const name of ['createdAt', 'updatedAt'])
    fields[name] ??= {
      type: () => scalarFilters.dateTime,
      description: name === 'createdAt' ? 'By time of entry.' : 'By time of the last change.',
    };
  const target = inputType(
    `${descriptor.type}Filter`,
    `Conditions on ${descriptor.plural.en.toLowerCase()}; all that are given must hold.`,
    fields,
  );
  const prototype = (target as new () => object).prototype;
  Field((() => [target]) as () => [typeof String], {
    nullable: true,
    description: 'All of these must hold.',
  })(prototype, 'and');
  Field((() => [target]) as () => [typeof String], {
    nullable: true,
    description: 'At least one of these must hold.',
  })(prototype, 'or');
  Field((() => target) as () => typeof String, { nullable: true, description: 'This must not hold.' })(
    prototype,
    'not',
  );
  return target;
}

function filterOf(model: Model, name: string): object {
  if (model.references.has(name)) return scalarFilters.uuid as object;
  const column: ColumnField | undefined = model.columns.get(name);
  if (!column)
    throw new Error(`${model.descriptor.type}.${name} is marked filter but is no column of the entity`);
  if (column.values) return enumFilter(enumName(column.values), column.values);
  const filter = scalarFilters[column.kind];
  if (!filter) throw new Error(`${model.descriptor.type}.${name}: ${column.kind} cannot be filtered`);
  return filter;
}

const Direction = { ASC: 'ASC', DESC: 'DESC' } as const;
registerEnumType(Direction, {
  name: 'OrderDirection',
  description: 'Ascending or descending; records without a value come last either way.',
  valuesConfig: {
    ASC: { description: 'Smallest, earliest first.' },
    DESC: { description: 'Largest, latest first.' },
  },
});

/** What lists of a resource can be sorted by, with labels: fields that the descriptor marks `sort`, times of entry and change, the id. */
function orderLabels({ descriptor }: Model): Record<string, string> {
  const sortable = Object.entries(descriptor.fields).filter(([, field]) => field.sort);
  const labels: Record<string, string> = Object.fromEntries(
    sortable.map(([name, field]) => [name, `${field.label.en} (${field.label.zh})`]),
  );
  labels.createdAt ??= 'Time of entry (录入时间)';
  labels.updatedAt ??= 'Time of the last change (更新时间)';
  labels.id = 'Public id';
  return labels;
}
export const orderFields = (model: Model): string[] => Object.keys(orderLabels(model));

/** `TicketOrder`. */
export function orderType(model: Model): object {
  const { descriptor } = model;
  const labels = orderLabels(model);
  for (const name of Object.keys(labels))
    if (!model.columns.has(name))
      throw new Error(`${descriptor.type}.${name} is marked sort but is no column of the entity`);
  const values = Object.fromEntries(Object.keys(labels).map((name) => [constantCase(name), name]));
  registerEnumType(values, {
    name: `${descriptor.type}OrderField`,
    description: `What ${descriptor.plural.en.toLowerCase()} can be sorted by.`,
    valuesConfig: Object.fromEntries(
      Object.entries(labels).map(([name, description]) => [constantCase(name), { description }]),
    ) as never,
  });
  return inputType(
    `${descriptor.type}Order`,
    `Order of a list of ${descriptor.plural.en.toLowerCase()}; the id breaks ties.`,
    {
      field: { type: () => values, description: 'Field to sort by.' },
      direction: { type: () => Direction, description: 'Direction; ASC when absent.' },
    },
  );
}
