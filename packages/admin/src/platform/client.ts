import { HttpError } from 'ra-core';
import { apiOrigin } from './config.ts';
import { NetworkError } from './errors.ts';
import { currentLocale, sayNow } from './i18n/index.ts';

interface GraphQLAnswer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string; [key: string]: unknown } }[];
}

const statusOfCode: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TOO_MANY_REQUESTS: 429,
};

/** Asked when the session has ended; resolves true once the user signed in again, so that the request is repeated. */
let renewSession: (() => Promise<boolean>) | undefined;
export function onSessionEnd(renew: (() => Promise<boolean>) | undefined): void {
  renewSession = renew;
}

/**
 * Calls the API with the session cookie, the reader's language and the headers that prove the request is not a
 * cross-site form. Throws `NetworkError` when no answer came.
 */
export async function callApi(
  path: string,
  init: RequestInit & { headers?: Record<string, string> },
): Promise<Response> {
  const headers = {
    accept: 'application/json',
    'accept-language': currentLocale(),
    'x-requested-with': 'desk-console',
    ...init.headers,
  };
  try {
    return await fetch(`${apiOrigin}${path}`, { credentials: 'include', ...init, headers });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new NetworkError(sayNow('network'));
  }
}

export interface RequestOptions {
  signal?: AbortSignal | undefined;
  idempotencyKey?: string;
  /** Off while signing in: then a refusal is an answer, not the end of a session. */
  renew?: boolean;
}

/** Runs a GraphQL document. GraphQL errors become an `HttpError` with the API's message and the status of their code. */
export async function request<T>(
  query: string,
  variables: object = {},
  options: RequestOptions = {},
): Promise<T> {
  const response = await callApi('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options.idempotencyKey && { 'idempotency-key': options.idempotencyKey }),
    },
    body: JSON.stringify({ query, variables }),
    signal: options.signal ?? null,
  });
  const answer = (await response.json().catch(() => ({}))) as GraphQLAnswer<T>;
  const [first] = answer.errors ?? [];
  if (!first && answer.data) return answer.data;
  const status = statusOfCode[first?.extensions?.code ?? ''] ?? (response.ok ? 500 : response.status);
  if (status === 401 && options.renew !== false && renewSession && (await renewSession()))
    return request<T>(query, variables, { ...options, renew: false });
  throw new HttpError(first?.message ?? sayNow('unexpected', { status }), status, {
    code: first?.extensions?.code,
  });
}
