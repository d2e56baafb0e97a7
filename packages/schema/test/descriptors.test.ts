import { describe, expect, test } from 'vitest';
import { type Lifecycle, resourceNamed, resources, type Text } from '../src/index.ts';
import { enums, inputs, types } from './sdl.ts';

const named = resources.map((descriptor) => [descriptor.resource, descriptor] as const);
const query = types.get('Query');
const mutation = types.get('Mutation');
const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const constant = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

function inBothLanguages(text: Text | undefined, what: string): void {
  expect(text?.zh.trim(), what).toBeTruthy();
  expect(text?.en.trim(), what).toBeTruthy();
  expect(text?.en, what).not.toMatch(/\p{Script=Han}/u);
}

test('names, types, singulars and prefixes are each taken once', () => {
  for (const key of ['name', 'type', 'resource', 'idPrefix'] as const) {
    const values = resources.map((descriptor) => descriptor[key]);
    expect(new Set(values).size, key).toBe(values.length);
  }
});

test('every type with an id of its own in the SDL has a descriptor', () => {
  const known = new Set(resources.map(({ type }) => type));
  const aggregates = [...types]
    .filter(([, fields]) => fields.has('version') && fields.has('createdAt'))
    .map(([name]) => name);
  expect(aggregates.filter((name) => !known.has(name))).toEqual([]);
});

describe.each(named)('%s', (_name, descriptor) => {
  const {
    type,
    name,
    resource,
    fields,
    represent,
    defaultSort,
    lifecycle,
    related = {},
    actions = {},
    groups = {},
  } = descriptor;
  const sdl = types.get(type);
  /** Fields of the forms: of the inputs of its mutations, and of what they take apart from themselves. */
  const forms = [...inputs]
    .filter(([one]) => one.startsWith(type) && one.endsWith('Input'))
    .flatMap(([, one]) => [one, ...[...one.values()].flatMap((field) => inputs.get(field.type) ?? [])]);
  const answers = [...types].filter(([one]) => one.startsWith(type) && one.endsWith('Payload'));
  const typeOf = (key: string): string | undefined =>
    [sdl, ...forms, ...answers.map(([, one]) => one)].find((one) => one?.has(key))?.get(key)?.type;

  test('is in the SDL: type, root list and root record', () => {
    expect(sdl?.has('id')).toBe(true);
    expect(query?.get(name)?.type).toBe(`${type}Connection`);
    expect(query?.get(resource)?.type).toBe(type);
  });

  test('describes only fields that the type, its forms or their answers have', () => {
    for (const field of Object.keys(fields)) expect(typeOf(field), field).toBeDefined();
    expect(sdl?.has(represent), represent).toBe(true);
    expect(sdl?.has(defaultSort.field), defaultSort.field).toBe(true);
  });

  test('has labels, help and groups in both languages', () => {
    inBothLanguages(descriptor.label, 'label');
    inBothLanguages(descriptor.plural, 'plural');
    if (descriptor.search) inBothLanguages(descriptor.search, 'search');
    for (const [key, group] of Object.entries(groups)) inBothLanguages(group, key);
    for (const [key, { label, help, group }] of Object.entries(fields)) {
      inBothLanguages(label, key);
      if (help) inBothLanguages(help, key);
      if (group && group !== 'main')
        expect(Object.keys(groups), `${key} is in group ${group}`).toContain(group);
    }
    for (const [key, action] of Object.entries(actions)) inBothLanguages(action.label, key);
  });

  test('labels every value of every enum that it shows, and no other', () => {
    for (const [key, field] of Object.entries(fields)) {
      const values = enums.get(typeOf(key) ?? '');
      if (values) expect(Object.keys(field.values ?? {}).sort(), key).toEqual([...values].sort());
      for (const [value, text] of Object.entries(field.values ?? {}))
        inBothLanguages(text, `${key} ${value}`);
    }
  });

  test('points to resources that exist', () => {
    for (const [key, { reference }] of Object.entries(fields)) {
      if (!reference) continue;
      expect(resourceNamed(reference), `${key} → ${reference}`).toBeDefined();
      const target = sdl?.get(key)?.type;
      if (target && types.has(target)) expect(resourceNamed(reference)?.type, key).toBe(target);
    }
    for (const [key, target] of Object.entries(related))
      expect(sdl?.get(key)?.type, key).toBe(`${resourceNamed(target)?.type}Connection`);
  });

  test('offers the filters and orders that it promises', () => {
    const filter = inputs.get(`${type}Filter`);
    const order = enums.get(`${type}OrderField`) ?? [];
    for (const [key, field] of Object.entries(fields)) {
      expect(
        Boolean(filter?.has(key)) && key !== 'createdAt' && key !== 'updatedAt' && key !== 'id',
        `${key} as a filter`,
      ).toBe(field.filter === true && key !== 'createdAt' && key !== 'updatedAt');
      if (field.sort) expect(order, `${key} as an order`).toContain(constant(key));
    }
    expect(order).toContain(constant(defaultSort.field));
    expect(Boolean(filter?.has('search'))).toBe(descriptor.search !== undefined);
  });

  test('names only mutations that exist, and every move of the life cycle has one', () => {
    const moves = (lifecycle as Lifecycle | undefined)?.moves.filter((move) => !move.automatic) ?? [];
    const wanted = [
      descriptor.create,
      descriptor.update,
      ...Object.values(actions).map((action) => action.mutation),
      ...moves.map(({ action }) => `${resource}${capital(action)}`),
    ];
    for (const one of wanted) if (one) expect(mutation?.has(one), one).toBe(true);
    for (const { action, needs = [] } of moves) {
      const input = inputs.get(`${capital(resource)}${capital(action)}Input`);
      for (const need of needs) expect(input?.has(need), `${action} needs ${need}`).toBe(true);
    }
  });

  test('never sorts by what it masks or hides from its own readers', () => {
    for (const [key, { sort, filter, personal }] of Object.entries(fields))
      if (personal && /phone|idNumber/i.test(key)) expect(sort || filter, key).toBeFalsy();
  });
});

test('every mutation takes one input with an idempotency key and answers user errors', () => {
  for (const [name, { type, args }] of mutation ?? []) {
    expect(args, name).toEqual(['input']);
    expect(inputs.get(`${capital(name)}Input`)?.has('idempotencyKey'), name).toBe(true);
    expect(types.get(type)?.get('userErrors')?.type, name).toBe('UserError');
  }
});

/** A look behind a mask, and what an outside caller may be told (handbook U-4): recorded, but no record changes. */
const onlyTells = /(Unmask|TellRoom)Input$/;

test('every input that changes a record takes its version; what is only told changes nothing', () => {
  for (const [name, fields] of inputs)
    if (name.endsWith('Input') && fields.get('id')?.type === 'ID')
      expect(fields.has('version') || onlyTells.test(name), name).toBe(true);
});
