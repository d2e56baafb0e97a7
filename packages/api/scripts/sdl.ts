import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { domains } from '../src/domains.ts';
import { schemaOf, sdlOf } from '../src/platform/graphql/schema.ts';

/** Writes packages/schema/schema.graphql: the contract as committed. A guard fails when it is stale. */
writeFileSync(
  fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url)),
  sdlOf(schemaOf(domains)),
);
