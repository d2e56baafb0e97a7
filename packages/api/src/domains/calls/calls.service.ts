import { longText, say, type Text } from '@desk/schema';
import { type CallStatus, callLifecycle } from '@desk/schema/calls/lifecycle';
import {
  callAnswer,
  callChange,
  callEnd,
  callRing,
  callRoom,
  clockSkewMinutes,
  ringsIn,
} from '@desk/schema/calls/limits';
import { shortestUnmaskReason } from '@desk/schema/residents/limits';
import { normalPhone } from '@desk/schema/residents/phone';
import { z } from 'zod';
import { Refusal, refuse } from '../../platform/errors.ts';
import { modelOf } from '../../platform/model.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import type { Outcome } from '../../platform/write/writer.ts';
import { policyIn } from '../policies/index.ts';
import { Resident } from '../residents/index.ts';
import { Staff } from '../staff/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Community, Unit } from '../units/index.ts';
import { CallRecord } from './call.entity.ts';
import type {
  CallRecordAnswerInput,
  CallRecordEndInput,
  CallRecordRingInput,
  CallRecordTellRoomInput,
  CallRecordUnmaskInput,
  CallRecordUpdateInput,
} from './calls.inputs.ts';
import { matchCaller, roomsOf } from './candidates.ts';

/** A telephone rings (handbook U-6). Who calls is looked up at once; the same report again answers the same call. */
export async function ring(tx: Tx, input: CallRecordRingInput): Promise<CallRecord> {
  const community = await place(tx, input, 'ring');
  const { exchangeId, direction = 'INBOUND', line, ...given } = tx.check(callRing, input);
  const ringAt = instant(tx, input.at, null);
  const staff = input.staff ? await tx.get(Staff, input.staff, 'staff') : null;
  const phone = given.phone ? normalPhone(given.phone) : null;
  const before = await known(tx, community, exchangeId);
  if (before) {
    if (before.phone !== phone || before.direction !== direction)
      refuse('IDEMPOTENCY_MISMATCH', { field: ['exchangeId'], rule: 'U-6' });
    return before;
  }
  const { resident, unit } = await matchCaller(tx, community.id, phone);
  const { numbers } = await policyIn(tx, community.id, ringAt);
  return tx.create(CallRecord, {
    ...{ community, exchangeId, direction, phone, staff, ringAt, resident, unit },
    line: line ?? null,
    outsider: false,
    status: callLifecycle.initial as CallStatus,
    ringTarget: numbers.answerRings,
    settleTarget: numbers.callMinutes * 60,
  });
}

export async function answer(tx: Tx, input: CallRecordAnswerInput): Promise<CallRecord> {
  const community = await place(tx, input, 'answer');
  const { exchangeId, rings } = tx.check(callAnswer, input);
  const call = await existing(tx, community, exchangeId);
  const named = input.staff ? await tx.get(Staff, input.staff, 'staff') : null;
  if (call.answeredAt) return call;
  const answeredAt = instant(tx, input.at, call.ringAt);
  advance(tx, call, 'answer');
  const { actor } = tx.viewer;
  const clerk = actor.kind === 'STAFF' ? tx.em.getReference(Staff, actor.id) : call.staff;
  return tx.assign(call, {
    answeredAt,
    staff: named ?? clerk,
    rings: rings ?? ringsIn((answeredAt.getTime() - call.ringAt.getTime()) / 1000),
  });
}

export async function end(tx: Tx, input: CallRecordEndInput): Promise<CallRecord> {
  const community = await place(tx, input, 'end');
  const { exchangeId, outcome } = tx.check(callEnd, input);
  const call = await existing(tx, community, exchangeId);
  if (call.endedAt) return call;
  const endedAt = instant(tx, input.at, call.answeredAt ?? call.ringAt);
  const missed = !call.answeredAt;
  advance(tx, call, 'end');
  return tx.assign(call, {
    endedAt,
    outcome: call.outcome ?? outcome ?? null,
    ...(missed && { rings: ringsIn((endedAt.getTime() - call.ringAt.getTime()) / 1000) }),
  });
}

/** What the clerk found out: who it was, about which unit, what came of it. */
export async function updateCall(tx: Tx, input: CallRecordUpdateInput): Promise<CallRecord> {
  const call = await tx.change(CallRecord, input, 'update');
  const given = tx.check(callChange.partial(), input);
  const resident = await related(tx, call, Resident, input.resident, 'resident');
  const unit = await related(tx, call, Unit, input.unit, 'unit');
  const ticket = await related(tx, call, Ticket, input.ticket, 'ticket');
  const stranger = given.outsider ?? call.outsider;
  if (stranger && resident) refuse('OUTSIDE_CALLER', { field: ['resident'] });
  // What the number seemed to tell is taken off with the resident.
  const unknown = stranger && !call.outsider;
  return tx.assign(call, {
    ...given,
    resident: unknown ? null : resident,
    unit: unknown ? (unit ?? null) : unit,
    ticket,
    ...(ticket && given.outcome === undefined && { outcome: 'TICKET' as const }),
  });
}

/** A record of the call's community; `undefined` and `null` as they came. */
async function related<T extends Resident | Unit | Ticket>(
  tx: Tx,
  call: CallRecord,
  entity: new () => T,
  id: string | null | undefined,
  field: string,
): Promise<T | null | undefined> {
  if (id == null) return id;
  const record = await tx.get(entity, id, field);
  if (record.community.id !== call.community.id) refuse('PLACE_MISMATCH', { field: [field], rule: 'U-6' });
  return record;
}

/** The one thing that an outside caller may be told, and a line of who asked for whom (handbook U-4). */
export async function tellRoom(tx: Tx, input: CallRecordTellRoomInput): Promise<Outcome<CallRecord>> {
  const call = await tx.get(CallRecord, input.id, 'id');
  tx.authorise(CallRecord, 'tellRoom', { communityId: call.community.id });
  const { name } = tx.check(callRoom, input);
  tx.journal.record(call, { action: 'tellRoom', fields: [], reason: name });
  return { record: call, extra: { rooms: await roomsOf(tx, call.community.id, name) } };
}

/** Answers the number in clear, for a reason that stays in the history (handbook U-4). */
export async function unmaskCall(tx: Tx, input: CallRecordUnmaskInput): Promise<Outcome<CallRecord>> {
  const call = await tx.get(CallRecord, input.id, 'id');
  tx.authorise(CallRecord, 'unmask', { communityId: call.community.id });
  if (input.reason.trim().length < shortestUnmaskReason)
    refuse('REASON_REQUIRED', { field: ['reason'], rule: 'U-4' });
  const { reason } = tx.check(z.object({ reason: longText }), input);
  tx.journal.record(call, { action: 'unmask', fields: ['phone'], reason });
  return { record: call, extra: { phone: call.phone } };
}

async function place(tx: Tx, input: { community: string }, action: string): Promise<Community> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(CallRecord, action, { communityId: community.id });
  return community;
}

/** The call of that id, locked; reports of one call wait for each other, so that two of the same make one record. */
async function known(tx: Tx, community: Community, exchangeId: string): Promise<CallRecord | null> {
  await runInside(tx.em, 'select pg_advisory_xact_lock(hashtextextended($1, 0))::text', [
    `call ${community.id} ${exchangeId}`,
  ]);
  return tx.em.findOne(CallRecord, { community: community.id, exchangeId });
}

const existing = async (tx: Tx, community: Community, exchangeId: string): Promise<CallRecord> =>
  (await known(tx, community, exchangeId)) ?? refuse('NOT_FOUND', { field: ['exchangeId'] });

function advance(tx: Tx, call: CallRecord, action: 'answer' | 'end'): void {
  const legal = callLifecycle.moves.some(
    (move) => move.action === action && (move.from as readonly string[]).includes(call.status),
  );
  if (!legal) throw illegalMove(modelOf(CallRecord).descriptor, call.status, action);
  tx.move(call, action);
}

const texts = {
  ahead: { zh: '时间在未来：请校准话机时钟', en: 'lies in the future: set the clock of the exchange' },
  before: { zh: '早于之前的通话事件', en: 'lies before what was reported earlier of this call' },
} satisfies Record<string, Text>;

/** When it happened: by the exchange, within reason, or now; never before what came before it. */
function instant(tx: Tx, given: string | null | undefined, earliest: Date | null): Date {
  const wrong = (text: Text): never => {
    throw new Refusal('VALIDATION', {
      issues: [{ field: ['at'], detail: say(text, tx.locale) }],
      rule: 'U-6',
    });
  };
  if (!given) return earliest && earliest > tx.now ? earliest : tx.now;
  const at = new Date(given);
  if (at.getTime() > tx.now.getTime() + clockSkewMinutes * 60_000) wrong(texts.ahead);
  if (earliest && at < earliest) wrong(texts.before);
  return at;
}
