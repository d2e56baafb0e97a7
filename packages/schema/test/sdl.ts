import text from '../schema.graphql?raw';

/** Fields of a type or input with the name of their type, read off the committed SDL without any GraphQL library. */
export type Fields = ReadonlyMap<string, { type: string; args: readonly string[] }>;

const bare = text.replace(/"""[\s\S]*?"""/g, '').replace(/"(?:[^"\\\n]|\\.)*"/g, '');

function blocks(keyword: string): Map<string, string> {
  const found = bare.matchAll(new RegExp(`^${keyword} (\\w+)[^{\\n]*\\{\\n([\\s\\S]*?)^\\}`, 'gm'));
  return new Map([...found].map(([, name = '', body = '']) => [name, body]));
}

function fieldsOf(body: string): Fields {
  const fields = body.matchAll(/^ {2}(\w+)(\([\s\S]*?\n? *\))?: ([[\]!\w]+)/gm);
  return new Map(
    [...fields].map(([, name = '', args = '', type = '']) => [
      name,
      { type: type.replace(/[[\]!]/g, ''), args: [...args.matchAll(/(\w+):/g)].map(([, arg = '']) => arg) },
    ]),
  );
}

const parsed = (keyword: string): ReadonlyMap<string, Fields> =>
  new Map([...blocks(keyword)].map(([name, body]) => [name, fieldsOf(body)]));

export const types = parsed('type');
export const inputs = parsed('input');
export const enums: ReadonlyMap<string, readonly string[]> = new Map(
  [...blocks('enum')].map(([name, body]) => [
    name,
    [...body.matchAll(/^ {2}(\w+)/gm)].map(([, value = '']) => value),
  ]),
);
