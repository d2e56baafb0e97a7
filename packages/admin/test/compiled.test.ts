import { readFileSync } from 'node:fs';
import type { ResourceDescriptor } from '@desk/schema';
import { resourceNamed, resources } from '@desk/schema';
import { buildSchema, parse } from 'graphql';
import { expect, test, vi } from 'vitest';
import { Compiler } from '../../api/src/platform/graphql/compiler.ts';
import { has } from '../src/platform/model.ts';
import {
  mutationDocument,
  pageDocument,
  recordDocument,
  recordsDocument,
  selectionOf,
} from '../src/platform/query.ts';

// graphql ships the same code twice, and the compiler's types must be the same objects as its library's.
vi.mock('graphql', () => import('graphql/index.js' as 'graphql'));

/** The API runs what the console asks compiled: nothing falls back, silently, to a path twelve times slower. */
const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const compiler = new Compiler(schema);
const compiles = (document: string): boolean => compiler.compile(parse(document), undefined) !== undefined;
const owner = (name: string) => resourceNamed(name) as ResourceDescriptor;

test.each(resources.filter(({ name }) => has('Query', name)).map(({ name }) => name))(
  'every document about %s compiles',
  (name) => {
    const resource = owner(name);
    const documents = (['reference', 'list', 'full'] as const).flatMap((view) => {
      const selection = selectionOf(resource, view);
      return [
        pageDocument(resource, `nodes { ${selection} }`),
        recordDocument(resource, selection),
        recordsDocument(resource, selection),
      ];
    });
    const actions = Object.values(resource.actions ?? {}).map(({ mutation }) => mutation);
    for (const mutation of [resource.create, resource.update, ...actions])
      if (mutation && has('Mutation', mutation))
        documents.push(mutationDocument(mutation, resource, selectionOf(resource, 'full')));
    for (const [field, target] of Object.entries(resource.related ?? {}))
      if (has(resource.type, field))
        documents.push(
          pageDocument(owner(target), `nodes { ${selectionOf(owner(target), 'list')} }`, {
            parent: { resource, id: 'x', field },
          }),
        );
    expect(documents.filter((document) => !compiles(document))).toEqual([]);
  },
);
