import { type ErrorCode, type ErrorDescription, errors, type Locale, say, type Text } from '@desk/schema';
import { GraphQLError } from 'graphql';

export interface RefusalOptions {
  /** Path of the input field that caused it. */
  field?: string[];
  /** Values of the text's placeholders; a function gets the reader's language. */
  values?: Record<string, string | number> | ((locale: Locale) => Record<string, string | number>);
  /** Handbook rule, when the code alone does not say it. */
  rule?: string;
  /** UUID of the record whose current state goes into the payload. */
  current?: string;
  /** For VALIDATION: every field that broke its limits. */
  issues?: { field: string[]; detail: string | Text }[];
}

/** One refusal as the payload shows it. */
export interface UserErrorData {
  code: ErrorCode;
  field: string[] | null;
  message: string;
  rule: string | null;
}

/** An expected refusal. Thrown by services; the write path turns it into `userErrors`, the read path into a GraphQL error. */
export class Refusal extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly options: RefusalOptions = {},
  ) {
    super(code);
  }

  text(locale: Locale): string {
    const { values = {}, issues } = this.options;
    if (issues)
      return issues.map(({ field, detail }) => `${field.join('.')}: ${words(detail, locale)}`).join('; ');
    return say(errors[this.code].text, locale, typeof values === 'function' ? values(locale) : values);
  }

  get rule(): string | null {
    const description: ErrorDescription = errors[this.code];
    return this.options.rule ?? description.rule ?? null;
  }

  userErrors(locale: Locale): UserErrorData[] {
    const { code, rule } = this;
    const { field, issues } = this.options;
    if (issues)
      return issues.map((issue) => ({
        code,
        field: issue.field,
        message: words(issue.detail, locale),
        rule,
      }));
    return [{ code, field: field ?? null, message: this.text(locale), rule }];
  }

  /** As a top-level GraphQL error, for reads and for requests without a viewer. */
  toGraphQL(locale: Locale): GraphQLError {
    return new GraphQLError(this.text(locale), {
      extensions: { code: this.code, ...(this.rule && { rule: this.rule }) },
    });
  }
}

const words = (detail: string | Text, locale: Locale): string =>
  typeof detail === 'string' ? detail : say(detail, locale);

export const refuse = (code: ErrorCode, options?: RefusalOptions): never => {
  throw new Refusal(code, options);
};
