import { GraphQLError } from 'graphql';

/** Collects the values of a statement and hands out their placeholders. */
export class Params {
  readonly values: unknown[] = [];

  add(value: unknown, cast?: string): string {
    // PostgreSQL stores no NUL; without this the caller would get an internal error for wrong input.
    const texts = Array.isArray(value) ? value : [value];
    if (texts.some((text) => typeof text === 'string' && text.includes('\0')))
      throw new GraphQLError('texts must not contain NUL', { extensions: { code: 'BAD_USER_INPUT' } });
    this.values.push(value);
    return cast ? `$${this.values.length}::${cast}` : `$${this.values.length}`;
  }
}
