import type { ErrorCode, Text } from '@desk/schema';
import { say } from '@desk/schema';
import { Refusal } from '../errors.ts';

/** What a violated database constraint means to the caller: the last wall speaks the same language as the rules. */
export interface ConstraintMeaning {
  code: ErrorCode;
  field?: string[];
  /** Fills `{what}`. */
  what?: Text;
  /** Fills the other placeholders, where the database does not say what a rule would. */
  values?: Record<string, string | number>;
}

const meanings = new Map<string, ConstraintMeaning>();

/** Declares the constraints of a domain; each domain's manifest calls it once. */
export function declareConstraints(table: Record<string, ConstraintMeaning>): void {
  for (const [name, meaning] of Object.entries(table)) meanings.set(name, meaning);
}

/** The refusal that a database error stands for, or undefined when it is a surprise. */
export function constraintRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { constraint } = error as Error & { constraint?: string };
  const meaning = constraint ? meanings.get(constraint) : undefined;
  if (!meaning) return undefined;
  const { code, field, what, values } = meaning;
  return new Refusal(code, {
    ...(field && { field }),
    values: (locale) => ({ ...values, ...(what && { what: say(what, locale) }) }),
  });
}
