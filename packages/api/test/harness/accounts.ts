import type { TestApp } from './app.ts';
import { type Client, client, type TestOrganisation, unique } from './world.ts';

export const goodPassword = 'correct horse battery';

export interface Account {
  id: string;
  version: number;
  email: string;
}

/** A member of the staff with a password, entered through the API. */
export async function account(
  { admin }: TestOrganisation,
  assignments: object[] = [{ role: 'FRONT_DESK' }],
): Promise<Account> {
  const input = {
    name: unique('员工'),
    email: `${unique('Person')}@example.test`,
    password: goodPassword,
    assignments,
  };
  const { staff, userErrors } = await admin.mutate('staffCreate', input, 'staff { id version email }');
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return staff;
}

/** One sign-in as a browser makes it. Addresses other than 127.0.0.1 need TRUST_PROXY. */
export function signIn(
  app: TestApp,
  email: string,
  password: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${app.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ email, password }),
  });
}

/** What a browser sends back. */
export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');

/** A client with the session of a real sign-in. */
export async function signedIn(app: TestApp, email: string, password = goodPassword): Promise<Client> {
  const response = await signIn(app, email, password);
  if (response.status !== 200) throw new Error(`sign-in answered ${response.status}`);
  return client(app, '', { cookie: cookiesOf(response) });
}
