import { readFileSync } from 'node:fs';
import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { domains } from '../../src/domains.ts';
import { schemaOf, sdlOf } from '../../src/platform/graphql/schema.ts';

const schema = schemaOf(domains);
const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));

test('the committed SDL is what the code says', () => {
  const committed = readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8');
  expect(
    committed,
    'packages/schema/schema.graphql is stale: run `npm run sdl` and review the difference',
  ).toBe(sdlOf(schema));
});

test('every type, field, argument and value is described: the SDL is the integrators’ manual', () => {
  const bare: string[] = [];
  for (const type of types) {
    if (
      !type.description &&
      !['Query', 'Mutation', 'Subscription', 'String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name)
    )
      bare.push(type.name);
    if (isEnumType(type))
      for (const value of type.getValues()) if (!value.description) bare.push(`${type.name}.${value.name}`);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) bare.push(`${type.name}.${field.name}`);
      if ('args' in field)
        for (const arg of field.args)
          if (!arg.description) bare.push(`${type.name}.${field.name}(${arg.name})`);
    }
  }
  expect(bare).toEqual([]);
});

test('enums are stored under their names: compiled execution hands their values on as they are', () => {
  const answered = types
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => getNamedType(field.type)));
  const renamed = [...new Set(answered)].filter(isEnumType).flatMap((type) =>
    type
      .getValues()
      .filter(({ name, value }) => name !== value)
      .map(({ name }) => `${type.name}.${name}`),
  );
  expect(renamed).toEqual([]);
});

test('every mutation takes one input with an idempotency key and answers a payload with userErrors', () => {
  const odd: string[] = [];
  for (const mutation of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const [input, ...more] = mutation.args;
    const inputType = input && String(input.type);
    const payload = schema.getType(String(mutation.type).replace('!', ''));
    const named = `${mutation.name[0]?.toUpperCase()}${mutation.name.slice(1)}Input!`;
    const taken = inputType ? schema.getType(inputType.replace('!', '')) : undefined;
    const keyed = isInputObjectType(taken) && 'idempotencyKey' in taken.getFields();
    const answers = isObjectType(payload) && 'userErrors' in payload.getFields();
    if (more.length > 0 || input?.name !== 'input' || inputType !== named || !keyed || !answers)
      odd.push(mutation.name);
  }
  expect(odd).toEqual([]);
});
