import { HttpError } from 'ra-core';
import { sayNow } from './i18n/index.ts';

/** What was thrown, in words: of whatever kind it is. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One refusal of a mutation, as the API words it. */
export interface UserError {
  code: string;
  field?: string[] | null;
  message: string;
  rule?: string | null;
}

/** A mutation was understood and refused; `body.errors` puts the messages beside the inputs. */
export class Refused extends HttpError {
  readonly userErrors: UserError[];
  readonly current: Record<string, unknown> | undefined;

  constructor(userErrors: UserError[], current?: Record<string, unknown> | null) {
    const message = userErrors.map(spoken).join('\n');
    super(message, 400, { errors: fieldErrors(userErrors) });
    // react-admin's HttpError sets its own prototype, which would hide this class.
    Object.setPrototypeOf(this, new.target.prototype);
    this.name = 'Refused';
    this.userErrors = userErrors;
    this.current = current ?? undefined;
  }

  /** Somebody else saved first (the API's `version` guard). */
  get isConflict(): boolean {
    return this.userErrors.some((error) => error.code === 'CONFLICT');
  }
}

/** What is wrong, and the rule of the handbook that says so. */
export const spoken = ({ message, rule }: UserError): string =>
  rule ? `${message} (${sayNow('rule', { rule })})` : message;

/** `{ area: 'must be …', root: { serverError: '…' } }`: the shape that react-admin's forms take. */
export function fieldErrors(userErrors: readonly UserError[]): Record<string, unknown> {
  const errors: Record<string, unknown> = {};
  const general: string[] = [];
  for (const error of userErrors) {
    const { field } = error;
    const message = spoken(error);
    const path = field?.[0] === 'input' ? field.slice(1) : (field ?? []);
    if (path.length === 0) general.push(message);
    else errors[path.join('.')] = message;
  }
  if (general.length) errors.root = { serverError: general.join('\n') };
  return errors;
}

/** The request did not reach the API, or no answer came back: what was sent may or may not have taken effect. */
export class NetworkError extends HttpError {
  constructor(message: string) {
    super(message, 0);
    Object.setPrototypeOf(this, new.target.prototype); // see Refused
    this.name = 'NetworkError';
  }
}
