import { resourceNamed } from '@desk/schema';
import { type AuthProvider, HttpError } from 'ra-core';
import { callApi } from './client.ts';
import { sayNow } from './i18n/index.ts';
import { currentViewer, forgetViewer, loadViewer, may } from './viewer.ts';

/** Signs in with e-mail and password; the API sets the session cookie. Throws with a message for the form. */
export async function signIn(email: string, password: string): Promise<void> {
  const response = await callApi('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? response.headers.get('x-retry-after'));
    throw new HttpError(seconds > 0 ? sayNow('throttled', { seconds }) : sayNow('throttledSoon'), 429);
  }
  if (response.status >= 500)
    throw new HttpError(sayNow('unexpected', { status: response.status }), response.status);
  if (!response.ok) throw new HttpError(sayNow('badCredentials'), response.status);
}

const actions: Record<string, string> = {
  list: 'read',
  show: 'read',
  export: 'read',
  edit: 'update',
  create: 'create',
};

/** Sessions of better-auth, rights of the shared schema. */
export const authProvider: AuthProvider = {
  login: async ({ email, password }: { email: string; password: string }) => {
    forgetViewer();
    await signIn(email, password);
    if (!(await loadViewer())) throw new HttpError(sayNow('notStaff'), 403);
  },

  logout: async () => {
    if (currentViewer()) {
      forgetViewer();
      // Signing out must also work while the server is away: the page then shows the sign-in form all the same.
      await callApi('/api/auth/sign-out', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }).catch(() => undefined);
    }
  },

  checkAuth: async () => {
    const viewer = await loadViewer().catch((error: unknown) => {
      // A lost connection is not a lost session.
      if (error instanceof HttpError && error.status === 401) return undefined;
      throw error;
    });
    if (!viewer) throw new HttpError('', 401, { redirectTo: '/login' });
  },

  checkError: async (error: unknown) => {
    if (error instanceof HttpError && error.status === 401) {
      forgetViewer();
      throw error;
    }
  },

  getIdentity: async () => {
    const viewer = await loadViewer();
    return { id: viewer?.id ?? '', fullName: viewer?.name ?? '' };
  },

  getPermissions: async () => currentViewer()?.assignments ?? [],

  canAccess: async ({ resource, action }) => {
    const owner = resourceNamed(resource);
    const wanted = actions[action];
    return owner !== undefined && wanted !== undefined && Boolean(await loadViewer()) && may(owner, wanted);
  },
};
