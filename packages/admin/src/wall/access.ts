import { apiOrigin } from '../platform/config.ts';
import { currentLocale } from '../platform/i18n/index.ts';

/**
 * The screen's own token stays in this browser: pasted once, never in the address, where histories and logs would keep it.
 */
const key = 'desk.wall.token';
export const storedToken = (): string | undefined => localStorage.getItem(key) ?? undefined;
export function keepToken(token: string | undefined): void {
  if (token === undefined) localStorage.removeItem(key);
  else localStorage.setItem(key, token);
}

/** Nobody is signed in, or the token does not count any more. */
export class NoAccess extends Error {}

const authorization = (token: string | undefined): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {};

/** What the socket says when it connects. */
export const socketParams = (token: string | undefined) => ({
  locale: currentLocale(),
  ...authorization(token),
});

/** Runs a query with the screen's token, or with the session of whoever is signed in here. */
export async function ask<T>(query: string, variables: object, token: string | undefined): Promise<T> {
  const response = await fetch(`${apiOrigin}/graphql`, {
    method: 'POST',
    credentials: token ? 'omit' : 'include',
    headers: {
      'content-type': 'application/json',
      'accept-language': currentLocale(),
      'x-requested-with': 'desk-console',
      ...authorization(token),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  const answer = (await response.json()) as {
    data?: T | null;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  const [error] = answer.errors ?? [];
  if (error && ['UNAUTHENTICATED', 'FORBIDDEN'].includes(error.extensions?.code ?? ''))
    throw new NoAccess(error.message);
  if (error || !answer.data) throw new Error(error?.message ?? `HTTP ${response.status}`);
  return answer.data;
}
