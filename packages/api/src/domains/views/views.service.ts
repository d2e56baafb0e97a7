import type { Role } from '@desk/schema';
import { savedViewDescriptor } from '@desk/schema/views/descriptor';
import { mostViews, savedView } from '@desk/schema/views/limits';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Staff } from '../staff/index.ts';
import { Community } from '../units/index.ts';
import { SavedView } from './saved-view.entity.ts';
import type { SavedViewCreateInput, SavedViewRemoveInput, SavedViewUpdateInput } from './views.inputs.ts';

/** A new view belongs to whoever saves it; machines have no desk (handbook P-3). */
export async function createView(tx: Tx, input: SavedViewCreateInput): Promise<SavedView> {
  if (!tx.viewer.may(savedViewDescriptor, 'create')) refuse('FORBIDDEN'); // before the input is judged
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(SavedView, 'create', { communityId: community.id });
  if (tx.viewer.actor.kind !== 'STAFF') refuse('FORBIDDEN');
  const owner = tx.em.getReference(Staff, tx.viewer.actor.id);
  const fields = tx.check(savedView, {
    ...input,
    columns: input.columns ?? [],
    sharedWith: input.sharedWith ?? [],
  });
  if (fields.sharedWith.length > 0) authoriseSharing(tx, community.id);
  const own = await tx.em.count(SavedView, { owner: owner.id, community: community.id, removedAt: null });
  if (own >= mostViews) refuse('TOO_MANY_VIEWS', { values: { most: mostViews } });
  return tx.create(SavedView, { sort: null, descending: false, removedAt: null }, fields, {
    community,
    owner,
    sharedWith: [...new Set<Role>(fields.sharedWith)],
  });
}

/** Changes one's own view. */
export async function updateView(tx: Tx, input: SavedViewUpdateInput): Promise<SavedView> {
  const view = await ownView(tx, input, 'update');
  const { name, resource, filter, sort, descending, columns, sharedWith } = view;
  const given = Object.fromEntries(
    Object.entries(input).filter(
      ([field, value]) => value !== undefined && (value !== null || field === 'sort'),
    ),
  );
  const fields = tx.check(savedView, {
    ...{ name, resource, filter, sort, descending, columns, sharedWith },
    ...given,
  });
  if (input.sharedWith?.length) authoriseSharing(tx, view.community.id);
  const { descending: largestFirst = view.descending, sort: order = null, ...rest } = fields;
  return tx.assign(view, {
    ...rest,
    sort: order,
    descending: largestFirst,
    sharedWith: [...new Set<Role>(fields.sharedWith)],
  });
}

/** Takes one's own view away, also from those whom it was shared with. */
export async function removeView(tx: Tx, input: SavedViewRemoveInput): Promise<SavedView> {
  const view = await ownView(tx, input, 'remove');
  tx.journal.label(view, { action: 'remove' });
  return tx.assign(view, { removedAt: tx.now });
}

/** Somebody else's private view looks like a missing one; a shared one is theirs to change. */
async function ownView(tx: Tx, input: { id: string; version: number }, action: string): Promise<SavedView> {
  const view = await tx.get(SavedView, input.id, 'id');
  const mine = view.owner.id === tx.viewer.actor.id;
  const shared = tx.viewer.assignments.some(({ role }) => view.sharedWith.includes(role));
  if (view.removedAt || !(mine || shared)) refuse('NOT_FOUND', { field: ['id'] });
  if (!mine) refuse('FORBIDDEN');
  return tx.change(SavedView, input, action);
}

function authoriseSharing(tx: Tx, communityId: string): void {
  if (!tx.viewer.may(savedViewDescriptor, 'share', { communityId }))
    refuse('FORBIDDEN', { field: ['sharedWith'] });
}
