import { shortText } from '@desk/schema';
import { z } from 'zod';
import { runAs, systemViewer } from '../../platform/auth/system.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { encodeId, newUuid } from '../../platform/ids.ts';
import { runInside } from '../../platform/write/run-inside.ts';

/** A new organisation, entered by the system: nobody could sign in to do it. Answers its UUID. */
export async function createOrganisation(
  db: Database,
  clock: Clock,
  { name, actor }: { name: string; actor?: string },
): Promise<{ id: string; publicId: string }> {
  const id = newUuid();
  const viewer = systemViewer(id, actor);
  await runAs(db, viewer, clock, async (tx) => {
    const given = tx.check(z.object({ name: shortText }), { name });
    // By hand, because its `organisation_id` is generated.
    await runInside(
      tx.em,
      'insert into organisation (id, version, created_at, updated_at, name) values ($1, 1, $2, $2, $3)',
      [id, tx.now, given.name],
    );
    tx.journal.append([
      {
        id: newUuid(),
        organisation_id: id,
        community_id: null,
        building_id: null,
        type: 'organisation.created',
        subject_type: 'organisation',
        subject_id: id,
        changes: [{ field: 'name', from: null, to: given.name }],
        reason: null,
      },
    ]);
  });
  return { id, publicId: encodeId('org', id) };
}
