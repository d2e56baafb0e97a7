import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

/**
 * The key that signs session cookies: `AUTH_SECRET`, or one made once and kept in DATA_DIR where only its owner can read
 * it. Processes that share a database must share it.
 */
export async function authSecret({
  AUTH_SECRET,
  DATA_DIR,
}: Pick<Config, 'AUTH_SECRET' | 'DATA_DIR'>): Promise<string> {
  if (AUTH_SECRET) return AUTH_SECRET;
  const file = join(DATA_DIR, 'auth-secret');
  const kept = await read(file);
  if (kept) return kept;
  await mkdir(DATA_DIR, { recursive: true, mode: 0o700 });
  // Written aside and linked: of several processes that start at once the first one wins, and nobody reads half a key.
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, randomBytes(32).toString('base64url'), { mode: 0o600 });
  await link(aside, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(aside);
  return readFile(file, 'utf8');
}

const read = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
