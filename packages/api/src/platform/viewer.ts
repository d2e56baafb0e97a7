import {
  type Assignment,
  hiddenFields,
  inScope,
  isEmptyScope,
  type ResourceDescriptor,
  type Scope,
  scopeFor,
} from '@desk/schema';

export type ActorKind = 'STAFF' | 'TOKEN' | 'SYSTEM';

/** Who acts: a person or a token. Recorded with every change (handbook P-6). */
export interface Actor {
  id: string;
  kind: ActorKind;
  name: string;
}

type Described = Pick<ResourceDescriptor, 'resource' | 'scope' | 'lifecycle' | 'hidden'>;

/** The signed-in actor with the rights of its roles, computed once per request. */
export class Viewer {
  readonly #scopes = new Map<string, Scope>();
  readonly #hidden = new Map<string, ReadonlySet<string>>();

  constructor(
    readonly actor: Actor,
    readonly organisationId: string,
    readonly assignments: readonly Assignment[],
  ) {}

  /** Rows on which the viewer may do `action`. */
  scope(descriptor: Described, action: string): Scope {
    const key = `${descriptor.resource}.${action}:${descriptor.scope}`; // histories are divided like their subjects
    let scope = this.#scopes.get(key);
    if (!scope) {
      scope = scopeFor(this.assignments, descriptor, action);
      this.#scopes.set(key, scope);
    }
    return scope;
  }

  /** Whether the viewer may do `action` on this row, or on any row when none is given. */
  may(
    descriptor: Described,
    action: string,
    row?: { communityId: string | null; buildingId?: string | null },
  ): boolean {
    const scope = this.scope(descriptor, action);
    return row ? inScope(scope, row) : !isEmptyScope(scope);
  }

  /** Fields that the viewer never sees, not even masked. */
  hidden(descriptor: Described): ReadonlySet<string> {
    let hidden = this.#hidden.get(descriptor.resource);
    if (!hidden) {
      hidden = hiddenFields(descriptor, this.assignments);
      this.#hidden.set(descriptor.resource, hidden);
    }
    return hidden;
  }
}
