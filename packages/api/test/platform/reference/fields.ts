import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { Model } from '../../../src/platform/model.ts';

export type Field = GraphQLField<unknown, unknown>;

/** The fields of a type by what it takes to answer them. */
export interface FieldGroups {
  list: Field[];
  history: Field[];
  one: Field[];
  plain: Field[];
  /** Scalars that a resolver computes, and the moves of the life cycle. */
  computed: Field[];
}

export function fieldGroups(type: GraphQLObjectType, model: Model | undefined): FieldGroups {
  const groups: FieldGroups = { list: [], history: [], one: [], plain: [], computed: [] };
  for (const field of Object.values(type.getFields())) {
    const named = getNamedType(field.type);
    if (field.name === 'history') groups.history.push(field);
    else if (named.name.endsWith('Connection')) groups.list.push(field);
    else if (model?.references.has(field.name)) groups.one.push(field);
    else if (model?.columns.has(field.name)) groups.plain.push(field);
    else if (isScalarType(named) || isEnumType(named) || named.name === 'ActionState')
      groups.computed.push(field);
  }
  return groups;
}

/** The type of the records in a list. */
export function nodeType(connection: GraphQLObjectType): GraphQLObjectType {
  const type = connection.getFields().nodes?.type;
  const named = type && getNamedType(type);
  if (!isObjectType(named)) throw new Error(`${connection.name} is no connection`);
  return named;
}
