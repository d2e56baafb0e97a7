import type { Text } from '@desk/schema';
import { registerEnumType } from 'type-graphql';

const names = new Map<object, string>();

/** Makes the GraphQL enum of a table of labels; both languages become the values' descriptions. */
export function enumOf<const T extends Record<string, Text>>(
  name: string,
  labels: T,
  description: string,
): { [K in keyof T & string]: K } {
  const values = Object.fromEntries(Object.keys(labels).map((key) => [key, key])) as {
    [K in keyof T & string]: K;
  };
  names.set(values, name);
  registerEnumType<Record<string, string>>(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries(labels).map(([key, text]) => [key, { description: `${text.en} (${text.zh})` }]),
    ),
  });
  return values;
}

/** The GraphQL name of an enum made by `enumOf`. */
export function enumName(values: object): string {
  const name = names.get(values);
  if (!name) throw new Error('enums are made with enumOf');
  return name;
}
