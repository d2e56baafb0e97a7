import { longText, say, type Text } from '@desk/schema';
import { isOutage } from '@desk/schema/notices/enums';
import { type NoticeStatus, noticeLifecycle } from '@desk/schema/notices/lifecycle';
import { noticeChange, noticeInput } from '@desk/schema/notices/limits';
import { z } from 'zod';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import { modelOf } from '../../platform/model.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { policyIn } from '../policies/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Community } from '../units/index.ts';
import { Notice } from './notice.entity.ts';
import type {
  NoticeCreateInput,
  NoticeLinkTicketInput,
  NoticeUpdateInput,
  NoticeWithdrawInput,
} from './notices.inputs.ts';
import {
  assertWithin,
  enterRecipients,
  findTargets,
  keepTargets,
  placeOf,
  targetedBuildings,
} from './targets.ts';

const reasonLimits = z.object({ reason: longText.nullish() });

/** A draft; nobody is told before it is published (handbook H-8). */
export async function createNotice(tx: Tx, input: NoticeCreateInput): Promise<Notice> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(Notice, 'create', { communityId: community.id });
  const { kind, sudden = false, title, content } = tx.check(noticeInput, input);
  const targets = await findTargets(tx, community.id, input);
  const notice = tx.create(Notice, {
    ...{ community, kind, sudden, title, content },
    place: placeOf(targets),
    startsAt: dateOf(input.startsAt) ?? null,
    endsAt: dateOf(input.endsAt) ?? null,
    status: noticeLifecycle.initial as NoticeStatus,
    publishedAt: null,
    leadHours: null,
    lateReason: null,
    endedAt: null,
  });
  assertTimes(tx, notice);
  await keepTargets(tx, notice, targets);
  return notice;
}

/** What may still change: everything of a draft; of a published notice content and times, because an outage takes longer. */
const changeable: Partial<Record<NoticeStatus, readonly string[]>> = {
  DRAFT: ['kind', 'sudden', 'title', 'content', 'startsAt', 'endsAt', 'buildings', 'units'],
  PUBLISHED: ['content', 'startsAt', 'endsAt'],
};

export async function updateNotice(tx: Tx, input: NoticeUpdateInput): Promise<Notice> {
  const notice = await own(tx, input, 'update');
  const { startsAt: _, endsAt: __, buildings, units, ...given } = tx.check(noticeChange, input);
  const { id: ___, version: ____, idempotencyKey: _____, ...asked } = input;
  const fixed = Object.entries(asked).find(
    ([field, value]) => value !== undefined && !changeable[notice.status]?.includes(field),
  );
  if (fixed) refuse('NOTICE_FIXED', { field: [fixed[0]] });
  tx.assign(notice, { ...given, startsAt: dateOf(input.startsAt), endsAt: dateOf(input.endsAt) });
  assertTimes(tx, notice);
  if (buildings === undefined && units === undefined) return notice;
  const targets = await findTargets(tx, notice.community.id, input);
  notice.place = placeOf(targets);
  await keepTargets(tx, notice, targets);
  return notice;
}

/** Publishes or ends. A planned outage that is told too late needs a reason, and shows as missed (handbook H-8). */
export async function moveNotice(tx: Tx, action: string, input: MoveInput): Promise<Notice> {
  const notice = await own(tx, input, action);
  const { reason } = tx.check(reasonLimits, input);
  tx.move(notice, action, reason);
  if (action === 'end') return tx.assign(notice, { endedAt: tx.now });
  if (isOutage(notice.kind) && notice.sudden) notice.startsAt ??= tx.now;
  if (notice.endsAt && notice.endsAt <= tx.now) wrong(tx, 'endsAt', texts.over);
  const { numbers } = await policyIn(tx, notice.community.id);
  const hours = numbers.noticeHours;
  const late = isLate(notice, tx.now, hours);
  if (late && !reason) refuse('NOTICE_TOO_LATE', { field: ['reason'], values: { hours } });
  tx.assign(notice, {
    publishedAt: tx.now,
    leadHours: hours,
    lateReason: late ? (reason ?? null) : null,
  });
  await tx.em.flush();
  await enterRecipients(tx, notice);
  return notice;
}

/** Whether an outage that was planned begins sooner than the policy's hours from now. */
const isLate = ({ kind, sudden, startsAt }: Notice, now: Date, hours: number): boolean =>
  isOutage(kind) && !sudden && startsAt !== null && startsAt.getTime() - now.getTime() < hours * 3_600_000;

export async function withdrawNotice(tx: Tx, input: NoticeWithdrawInput): Promise<Notice> {
  const notice = await own(tx, input, 'withdraw');
  const blank = input.reason?.trim() === '';
  const { reason } = tx.check(reasonLimits, blank ? { ...input, reason: null } : input);
  const why = reason ?? refuse('REASON_REQUIRED', { field: ['reason'], rule: 'H-8' });
  return tx.assign(tx.move(notice, 'withdraw', why), { endedAt: tx.now });
}

export async function linkTicket(tx: Tx, input: NoticeLinkTicketInput): Promise<Notice> {
  const { notice, ticket } = await pair(tx, input, 'linkTicket');
  const added = await runInside(
    tx.em,
    `insert into notice_ticket (organisation_id, community_id, notice_id, ticket_id) values ($1, $2, $3, $4)
     on conflict do nothing returning 1`,
    [tx.viewer.organisationId, notice.community.id, notice.id, ticket.id],
  );
  if (added.length > 0)
    tx.journal.record(notice, { action: 'linkTicket', fields: ['tickets'], reason: ticket.number });
  return notice;
}

export async function unlinkTicket(tx: Tx, input: NoticeLinkTicketInput): Promise<Notice> {
  const { notice, ticket } = await pair(tx, input, 'unlinkTicket');
  const gone = await runInside(
    tx.em,
    'delete from notice_ticket where notice_id = $1 and ticket_id = $2 returning 1',
    [notice.id, ticket.id],
  );
  if (gone.length > 0)
    tx.journal.record(notice, { action: 'unlinkTicket', fields: ['tickets'], reason: ticket.number });
  return notice;
}

async function pair(tx: Tx, input: NoticeLinkTicketInput, action: string) {
  const notice = await tx.get(Notice, input.notice, 'notice');
  tx.authorise(Notice, action, { communityId: notice.community.id });
  const ticket = await tx.get(Ticket, input.ticket, 'ticket');
  if (ticket.community.id !== notice.community.id)
    refuse('PLACE_MISMATCH', { field: ['ticket'], rule: 'H-8' });
  return { notice, ticket };
}

/** The notice, locked, of the version that the caller saw, for buildings that he may speak to, and free for this. */
async function own(tx: Tx, input: { id: string; version: number }, action: string): Promise<Notice> {
  const notice = await tx.change(Notice, input, action);
  assertWithin(tx, notice.community.id, await targetedBuildings(tx, notice));
  const move = noticeLifecycle.moves.some(
    (one) => one.action === action && (one.from as readonly string[]).includes(notice.status),
  );
  if (action !== 'update' && !move) throw illegalMove(modelOf(Notice).descriptor, notice.status, action);
  return notice;
}

const dateOf = (given: string | null | undefined): Date | null | undefined =>
  given == null ? given : new Date(given);

const texts = {
  needed: { zh: '计划停水停电须写明起止时间', en: 'a planned outage says from when until when' },
  order: { zh: '结束时间须晚于开始时间', en: 'must be after the start' },
  over: { zh: '结束时间已过，无需发布', en: 'has passed: there is nothing to tell any more' },
} satisfies Record<string, Text>;

function wrong(tx: Tx, field: string, text: Text): never {
  throw new Refusal('VALIDATION', {
    issues: [{ field: [field], detail: say(text, tx.locale) }],
    rule: 'H-8',
  });
}

/** Planned outages are announced with their time (handbook H-8). */
function assertTimes(tx: Tx, { kind, sudden, startsAt, endsAt }: Notice): void {
  if (isOutage(kind) && !sudden && !startsAt) wrong(tx, 'startsAt', texts.needed);
  if (isOutage(kind) && !sudden && !endsAt) wrong(tx, 'endsAt', texts.needed);
  if (startsAt && endsAt && endsAt <= startsAt) wrong(tx, 'endsAt', texts.order);
}
