import { refuse } from '../../platform/errors.ts';
import { modelOf } from '../../platform/model.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { Resident } from '../residents/index.ts';
import { Notice } from './notice.entity.ts';
import { NoticeRecipient } from './notice-recipient.entity.ts';
import type { NoticeMarkSeenInput } from './notices.inputs.ts';

/** Somebody saw it (handbook H-8): the first time counts, however often it is reported. */
export async function markSeen(tx: Tx, input: NoticeMarkSeenInput): Promise<Notice> {
  const notice = await tx.get(Notice, input.notice, 'notice');
  tx.authorise(Notice, 'markSeen', { communityId: notice.community.id });
  const who = await reader(tx, notice, input.resident);
  if (notice.status === 'DRAFT') throw illegalMove(modelOf(Notice).descriptor, notice.status, 'markSeen');
  // Who moved in after the publication was not on the list; now they are.
  await runInside(
    tx.em,
    `insert into notice_recipient (organisation_id, id, version, created_at, updated_at, community_id, notice_id, ${who.column})
     values ($1, uuidv7(), 1, $2, $2, $3, $4, $5) on conflict do nothing`,
    [tx.viewer.organisationId, tx.now, notice.community.id, notice.id, who.id],
  );
  const [row] = await runInside(
    tx.em,
    `select id from notice_recipient where notice_id = $1 and ${who.column} = $2 and seen_at is null for update`,
    [notice.id, who.id],
  );
  if (!row) return notice;
  const recipient = await tx.em.findOneOrFail(NoticeRecipient, { id: row[0] as string });
  tx.assign(recipient, { seenAt: tx.now, seenBy: tx.viewer.actor.name });
  tx.journal.label(recipient, { action: 'seen' });
  return notice;
}

/** The resident named, else the signed-in member of the staff; a machine reads nothing by itself. */
async function reader(
  tx: Tx,
  notice: Notice,
  resident: string | null | undefined,
): Promise<{ column: 'resident_id' | 'staff_id'; id: string }> {
  if (resident) {
    const { id, community } = await tx.get(Resident, resident, 'resident');
    if (community.id !== notice.community.id) refuse('PLACE_MISMATCH', { field: ['resident'], rule: 'H-8' });
    return { column: 'resident_id', id };
  }
  const { kind, id } = tx.viewer.actor;
  if (kind !== 'STAFF') refuse('REQUIRED', { field: ['resident'], rule: 'H-8' });
  return { column: 'staff_id', id };
}
