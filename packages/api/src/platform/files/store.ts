import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Contents by their hash, in a folder for each organisation: the same photo twice takes its place once, and no
 * organisation learns from a hash what another has. Who may see a content is the business of the rows that name it.
 */
export class FileStore {
  readonly #root: string;
  constructor(root: string) {
    this.#root = root;
  }

  /** Under its name only when it is whole. */
  async put(organisationId: string, name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#pathOf(organisationId, name);
    const partial = `${path}.${randomBytes(6).toString('hex')}.part`;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await writeFile(partial, bytes, { mode: 0o600 });
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
  }

  get(organisationId: string, name: string): Promise<Buffer> {
    return readFile(this.#pathOf(organisationId, name));
  }

  async remove(organisationId: string, names: readonly string[]): Promise<void> {
    for (const name of names) await rm(this.#pathOf(organisationId, name), { force: true });
  }

  #pathOf(organisationId: string, name: string): string {
    if (!/^[0-9a-f]{64}(\.thumbnail)?$/.test(name) || !/^[0-9a-f-]{36}$/.test(organisationId))
      throw new Error('a content is named by its hash');
    return join(this.#root, organisationId, name.slice(0, 2), name);
  }
}
