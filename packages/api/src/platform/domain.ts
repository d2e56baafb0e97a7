import type { Locale } from '@desk/schema';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from './config.ts';
import type { Services } from './context.ts';
import type { ResolverClass } from './graphql/resource.ts';
import type { Job } from './jobs/job.ts';
import type { ModelClass } from './model.ts';
import type { Viewer } from './viewer.ts';
import type { ConstraintMeaning } from './write/constraints.ts';

/** What the application gives a domain that needs more than GraphQL: routes of its own, work in the background. */
export interface Host {
  fastify: FastifyInstance;
  config: Config;
  services: Services;
  /** Who asks; null without credentials, and UNAUTHENTICATED for wrong ones, as on /graphql. */
  callerOf(request: FastifyRequest): Promise<{ viewer: Viewer | null; locale: Locale }>;
}

/** What a domain offers: its manifest, the only file that the application imports of it. */
export interface Domain {
  name: string;
  entities: readonly ModelClass[];
  resolvers: readonly ResolverClass[];
  /** What its violated database constraints mean to a caller. */
  constraints?: Record<string, ConstraintMeaning>;
  /** What must happen while nobody looks. */
  jobs?: readonly Job[];
  /** Called once, before the application listens; what it starts ends with Fastify's `onClose`. */
  mount?(host: Host): Promise<void>;
}
