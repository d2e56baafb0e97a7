import { type ResourceDescriptor, resources } from '@desk/schema';
import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Inputs of mutations made from the SDL and from one sample record of each resource. */
export interface Sample {
  id: string;
  version: number;
}
export type Samples = Map<string, Sample>;
type Mutation = GraphQLField<unknown, unknown>;

export const resourceNamed = new Map(resources.map((resource) => [resource.resource, resource]));

export const entityOf = (mutation: Mutation): ResourceDescriptor => {
  const payload = getNamedType(mutation.type);
  const fields = 'getFields' in payload ? Object.keys(payload.getFields()) : [];
  const name = fields.find((field) => resourceNamed.has(field));
  const found = name && resourceNamed.get(name);
  if (!found) throw new Error(`${mutation.name} answers no resource`);
  return found;
};

export const inputOf = (mutation: Mutation): GraphQLInputObjectType =>
  getNamedType(mutation.args[0]?.type) as GraphQLInputObjectType;

/** The resource that an ID field of an input points to. */
export function targetOf(entity: ResourceDescriptor, field: string): string {
  if (field === 'id') return entity.resource;
  const reference = entity.fields[field]?.reference;
  const named = reference && resources.find((resource) => resource.name === reference)?.resource;
  const known: Record<string, string> = {
    assignee: 'staff',
    buildings: 'building',
    supersedes: 'chargeStandard',
    attachments: 'file',
  };
  const found =
    named ??
    known[field] ??
    (resourceNamed.has(field) ? field : resources.find((resource) => resource.name === field)?.resource);
  if (!found)
    throw new Error(
      `${entity.type}: what does the ID field "${field}" point to? Give its descriptor a reference.`,
    );
  return found;
}

function sampleOf(
  type: GraphQLInputType,
  field: GraphQLInputField,
  entity: ResourceDescriptor,
  samples: Samples,
): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, field, entity, samples);
  if (isListType(type)) return [sampleOf(type.ofType, field, entity, samples)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) return inputValue(type, entity, samples);
  if (type.name === 'ID') return samples.get(targetOf(entity, field.name))?.id;
  if (field.name === 'version') return samples.get(entity.resource)?.version;
  const values: Record<string, unknown> = {
    Int: 1,
    Boolean: true,
    Money: 100,
    Decimal: '1.00',
    Date: '2026-12-01',
    DateTime: new Date(Date.now() + 86_400_000).toISOString(),
  };
  return values[type.name] ?? 'guard@guard.example';
}

export function inputValue(
  type: GraphQLInputObjectType,
  entity: ResourceDescriptor,
  samples: Samples,
): Record<string, unknown> {
  const wanted = Object.values(type.getFields()).filter(
    (field) => isNonNullType(field.type) || getNamedType(field.type).name === 'ID',
  );
  return Object.fromEntries(
    wanted
      .map((field) => [field.name, sampleOf(field.type, field, entity, samples)])
      .filter(([, value]) => value !== undefined),
  );
}

/** Paths of all ID values in an input. */
export function idPaths(
  type: GraphQLInputObjectType,
  input: Record<string, unknown>,
  path: string[] = [],
): string[][] {
  return Object.values(type.getFields()).flatMap((field) => {
    const value = input[field.name];
    const named = getNamedType(field.type);
    if (value === undefined) return [];
    if (named.name === 'ID') return [[...path, field.name]];
    if (!isInputObjectType(named)) return [];
    const [inner] = Array.isArray(value) ? value : [value];
    return idPaths(named, inner as Record<string, unknown>, [...path, field.name]);
  });
}

export function withValue(input: unknown, path: readonly string[], value: string): unknown {
  if (Array.isArray(input)) return [withValue(input[0], path, value)];
  const [head, ...rest] = path;
  if (head === undefined) return value;
  return { ...(input as object), [head]: withValue((input as Record<string, unknown>)[head], rest, value) };
}
