/** How to reach the embedded server: `postgres.json`, which only its owner can read. */
import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, writeFile } from 'node:fs/promises';
import { allowAppLogin } from './db/app-login.ts';
import type { Account } from './embedded-postgres-binaries.ts';

export interface Access {
  port: number;
  password: string;
  /** Of the app's role; absent until it may log in. */
  appPassword?: string;
}

export const urlOf = (user: string, password: string, port: number): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/postgres`;

/** Once for a cluster: its app's role gets a password of its own. */
export async function letAppIn(
  url: string,
  accessFile: string,
  known: Access,
  account: Account | undefined,
): Promise<string> {
  const appPassword = randomBytes(24).toString('base64url');
  await allowAppLogin(url, appPassword);
  await writeAccess(accessFile, { ...known, appPassword }, account);
  return appPassword;
}

export async function readAccess(file: string): Promise<Access> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `The PostgreSQL data is there, but its access file ${file} cannot be read: ${String(error)}`,
    );
  }
}

export async function writeAccess(
  file: string,
  content: Access,
  account: Account | undefined,
): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  // When root looks after a user's data, the user must still be able to start it later.
  if (account) await chown(`${file}.new`, account.uid, account.gid);
  await rename(`${file}.new`, file);
}
