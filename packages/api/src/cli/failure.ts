import type { Locale } from '@desk/schema';
import { Refusal } from '../platform/errors.ts';

/** Ends a command with one plain sentence and exit code 1. */
export class Failure extends Error {}

/** The command line asks for something that does not exist or is not complete: exit code 2. */
export class Usage extends Failure {}

/** Operators read English unless their terminal speaks Chinese. */
export const localeOf = (env: NodeJS.ProcessEnv): Locale =>
  /^zh/i.test(env.LC_ALL || env.LANG || '') ? 'zh-CN' : 'en';

/** An error in words, never a stack trace. */
export function wordsOf(error: unknown, env: NodeJS.ProcessEnv): string {
  if (error instanceof Refusal) return error.text(localeOf(env));
  if (error instanceof AggregateError) return error.errors.map((one) => wordsOf(one, env)).join('; ');
  return error instanceof Error
    ? error.message || String(Reflect.get(error, 'code') ?? error.name)
    : String(error);
}
