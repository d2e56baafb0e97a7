import { readFileSync } from 'node:fs';
import { type FieldDefinitionNode, type InputValueDefinitionNode, Kind, parse, type TypeNode } from 'graphql';
import type { Plugin } from 'vite';
import type { Sdl, SdlField } from '../src/platform/sdl.ts';

function typeOf(node: TypeNode): SdlField {
  if (node.kind === Kind.NON_NULL_TYPE) return { ...typeOf(node.type), nonNull: true };
  if (node.kind === Kind.LIST_TYPE) return { type: typeOf(node.type).type, list: true };
  return { type: node.name.value };
}

function inputField(node: InputValueDefinitionNode): SdlField {
  const field = typeOf(node.type);
  // An input with a default may be left out: for a form it is optional.
  if (node.defaultValue) delete field.nonNull;
  return field;
}

function outputField(node: FieldDefinitionNode): SdlField {
  const field = typeOf(node.type);
  return node.arguments?.length ? { ...field, args: byName(node.arguments, inputField) } : field;
}

const byName = <N extends { name: { value: string } }, V>(nodes: readonly N[] = [], map: (node: N) => V) =>
  Object.fromEntries(nodes.map((node) => [node.name.value, map(node)]));

/** The SDL as the console needs it: fields, inputs and enums by name, without the parser's tree. */
export function compactSdl(source: string): Sdl {
  const sdl: Sdl = { types: {}, inputs: {}, enums: {} };
  for (const node of parse(source, { noLocation: true }).definitions) {
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION)
      sdl.types[node.name.value] = { ...sdl.types[node.name.value], ...byName(node.fields, outputField) };
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION)
      sdl.inputs[node.name.value] = { ...sdl.inputs[node.name.value], ...byName(node.fields, inputField) };
    if (node.kind === Kind.ENUM_TYPE_DEFINITION)
      sdl.enums[node.name.value] = (node.values ?? []).map((value) => value.name.value);
  }
  return sdl;
}

/** Serves `virtual:sdl`: the SDL file as compact JSON, so that the bundle carries no GraphQL parser. */
export function sdlPlugin(file: string): Plugin {
  const id = '\0virtual:sdl';
  return {
    name: 'desk-sdl',
    resolveId: (wanted) => (wanted === 'virtual:sdl' ? id : undefined),
    load(wanted) {
      if (wanted !== id) return undefined;
      this.addWatchFile(file);
      // A string that the browser parses as JSON is faster to start than the same object literal.
      const json = JSON.stringify(JSON.stringify(compactSdl(readFileSync(file, 'utf8'))));
      return `export default JSON.parse(${json});`;
    },
  };
}
