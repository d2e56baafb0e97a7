import { refuse } from '../../platform/errors.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Staff } from '../staff/index.ts';
import { Notification } from './notification.entity.ts';
import type { NotificationSeeInput } from './notifications.inputs.ts';

/** What is told; `key` makes it once for each person. */
export type Message = Pick<
  Notification,
  'community' | 'building' | 'kind' | 'title' | 'about' | 'link' | 'dueAt' | 'subject' | 'subjectKey' | 'key'
>;

/** Tells each of the staff (UUIDs), in the transaction of what happened; whoever was told the same before is not told again. */
export async function tell(tx: Tx, staff: readonly string[], message: Message): Promise<number> {
  const told = await runInside(
    tx.em,
    'select recipient_id from notification where recipient_id = any($1::uuid[]) and key = $2',
    [staff, message.key],
  );
  const before = new Set(told.map(([id]) => id));
  const fresh = staff.filter((id) => !before.has(id));
  for (const id of fresh)
    tx.create(Notification, { ...message, recipient: tx.em.getReference(Staff, id), seenAt: null });
  return fresh.length;
}

/** Only who was told can have seen it. Seeing it twice is no news. */
export async function seeNotification(tx: Tx, input: NotificationSeeInput): Promise<Notification> {
  const notification = await tx.change(Notification, input, 'see');
  if (notification.recipient.id !== tx.viewer.actor.id) refuse('NOT_FOR_YOU');
  notification.seenAt ??= tx.now;
  tx.journal.label(notification, { action: 'see' });
  return notification;
}
