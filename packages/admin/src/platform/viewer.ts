import type { Assignment, ResourceDescriptor } from '@desk/schema';
import { hiddenFields, isEmptyScope, scopeFor } from '@desk/schema';
import { request } from './client.ts';
import { has } from './model.ts';

export interface Community {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
}

/** Who is signed in, what they may, and the communities that they see. */
export interface Viewer {
  id: string;
  name: string;
  assignments: readonly Assignment[];
  communities: readonly Community[];
  /** Key of what this device keeps for this person; see `drafts.ts`. */
  localKey?: string | null;
}

interface ViewerAnswer {
  viewer: { id: string; name: string; assignments?: Assignment[]; localKey?: string | null } | null;
  communities: { nodes: Partial<Community>[] };
}

let current: Viewer | undefined;

const document = () => {
  const community = ['id', 'name', 'timeZone', 'currency']
    .filter((field) => has('Community', field))
    .join(' ');
  return `query session { viewer { id name ${has('Viewer', 'localKey') ? 'localKey' : ''} assignments { role communityId buildingIds } } communities(first: 100) { nodes { ${community} } } }`;
};

/** Reads the viewer once per session; undefined when nobody, or nobody of the staff, is signed in. */
export async function loadViewer(): Promise<Viewer | undefined> {
  if (current) return current;
  const { viewer, communities } = await request<ViewerAnswer>(document(), {}, { renew: false });
  if (!viewer) return undefined;
  current = {
    id: viewer.id,
    name: viewer.name,
    localKey: viewer.localKey ?? null,
    assignments: viewer.assignments ?? [],
    communities: communities.nodes.map((node) => ({
      id: '',
      name: '',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      ...node,
    })),
  };
  return current;
}

export const currentViewer = (): Viewer | undefined => current;

/** Forgets the viewer: after signing out, or when somebody else may have signed in. */
export function forgetViewer(): void {
  current = undefined;
}

/** Whether any of the viewer's roles may do this somewhere; the API decides about the single record. */
export function may(
  owner: Pick<ResourceDescriptor, 'resource' | 'scope' | 'lifecycle'>,
  action: string,
): boolean {
  return current !== undefined && !isEmptyScope(scopeFor(current.assignments, owner, action));
}

const nothing: ReadonlySet<string> = new Set();
/** Fields that no page asks for, because the viewer's roles never see them. */
export function hiddenFrom(owner: ResourceDescriptor): ReadonlySet<string> {
  return current ? hiddenFields(owner, current.assignments) : nothing;
}

/** The community that a record belongs to; with a single community, that one. Its zone and currency format the record. */
export function communityOf(record: Record<string, unknown> | undefined): Community {
  const all = current?.communities ?? [];
  const reference = record?.community as { id?: string } | null | undefined;
  const id = reference?.id ?? record?.id;
  return (
    all.find((community) => community.id === id) ??
    all[0] ?? { id: '', name: '', timeZone: 'Asia/Shanghai', currency: 'CNY' }
  );
}
