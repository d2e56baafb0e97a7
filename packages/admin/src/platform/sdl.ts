import compact from 'virtual:sdl';

/** One field, argument or input of the SDL; list types keep the name of their element. */
export interface SdlField {
  type: string;
  list?: true;
  nonNull?: true;
  args?: Record<string, SdlField>;
}

/** The API's SDL as compact tables, made at build time from `packages/schema/schema.graphql`. */
export interface Sdl {
  types: Record<string, Record<string, SdlField>>;
  inputs: Record<string, Record<string, SdlField>>;
  enums: Record<string, string[]>;
}

export const sdl: Sdl = compact;

/** The input type of a mutation's single `input` argument, or undefined when the API has no such mutation. */
export function inputTypeOf(mutation: string | undefined, from: Sdl = sdl): string | undefined {
  return mutation === undefined ? undefined : from.types.Mutation?.[mutation]?.args?.input?.type;
}
