import type { ResolverClass } from './graphql/resource.ts';
import type { ModelClass } from './model.ts';
import type { ConstraintMeaning } from './write/constraints.ts';

/** What a domain offers: its manifest, the only file that the application imports of it. */
export interface Domain {
  name: string;
  entities: readonly ModelClass[];
  resolvers: readonly ResolverClass[];
  /** What its violated database constraints mean to a caller. */
  constraints?: Record<string, ConstraintMeaning>;
}
