import { readFileSync } from 'node:fs';

const root = new URL('../../../../', import.meta.url);

/** The fenced blocks of one language in a page of the repository, in order. */
export function blocks(page: string, language: string): string[] {
  const text = readFileSync(new URL(page, root), 'utf8');
  return [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```/gm)].flatMap(([, found, body]) =>
    found === language && body ? [body] : [],
  );
}
