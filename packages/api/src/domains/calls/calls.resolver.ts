import { Extensions, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { childrenField, command, commands } from '../../platform/graphql/declare.ts';
import { linkedField } from '../../platform/graphql/linked.ts';
import { payloadOf } from '../../platform/graphql/payload.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Resident } from '../residents/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Unit } from '../units/index.ts';
import { CallRecord } from './call.entity.ts';
import {
  CallRecordAnswerInput,
  CallRecordEndInput,
  CallRecordRingInput,
  CallRecordTellRoomInput,
  CallRecordUnmaskInput,
  CallRecordUpdateInput,
} from './calls.inputs.ts';
import { answer, end, ring, tellRoom, unmaskCall, updateCall } from './calls.service.ts';
import { candidatesSql, mostCandidates } from './candidates.ts';

@ObjectType({ description: "Answer of a look at a call's masked number.", simpleResolvers: true })
class CallRecordUnmaskPayload extends payloadOf(CallRecord) {
  @Field(() => String, {
    nullable: true,
    description:
      'The number in clear. Not kept for a repetition with the same idempotency key: that answers null.',
  })
  phone!: string | null;
}

@ObjectType({ description: 'What an outside caller may be told (handbook U-4).', simpleResolvers: true })
class CallRecordTellRoomPayload extends payloadOf(CallRecord) {
  @Field(() => [String], {
    nullable: true,
    description:
      'Full numbers of the rooms where residents of exactly this name live today, at most 10; empty when nobody does. Not kept for a repetition with the same idempotency key: that answers null.',
  })
  rooms!: string[] | null;
}

const seconds = (from: unknown, to: unknown): number =>
  Math.max(0, Math.round((Date.parse(String(to)) - Date.parse(String(from))) / 1000));

@Resolver(() => CallRecord)
class CallFields {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Seconds from answer to end; null until it has ended, or when nobody answered.',
  })
  @Extensions({ needs: ['answeredAt', 'endedAt'] })
  talkSeconds(@Root() { answeredAt, endedAt }: Row): number | null {
    return answeredAt && endedAt ? seconds(answeredAt, endedAt) : null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Answered within the rings promised (handbook U-6); false when missed, null while it rings or for outbound calls.',
  })
  @Extensions({ needs: ['status', 'direction', 'rings', 'ringTarget'] })
  answeredInTime(@Root() { status, direction, rings, ringTarget }: Row): boolean | null {
    if (direction !== 'INBOUND' || status === 'RINGING') return null;
    return status !== 'MISSED' && Number(rings) <= Number(ringTarget);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Ended within the seconds aimed at (handbook U-6: three minutes); null until then, or when nobody answered.',
  })
  @Extensions({ needs: ['answeredAt', 'endedAt', 'settleTarget'] })
  endedInTime(@Root() { answeredAt, endedAt, settleTarget }: Row): boolean | null {
    return answeredAt && endedAt ? seconds(answeredAt, endedAt) <= Number(settleTarget) : null;
  }
}

export const callResolvers = [
  ...resourceResolvers(CallRecord),
  CallFields,
  linkedField(CallRecord, {
    name: 'candidates',
    child: Resident,
    sql: candidatesSql,
    about: mostCandidates,
    description: `Residents of the community that have this number, at most ${mostCandidates} (handbook U-6). Ask for residencies, units, open tickets and arrears below them: it is one query.`,
  }),
  childrenField(Unit, 'calls', CallRecord, 'unit', 'Calls about the unit (handbook U-3: correspondence).'),
  childrenField(Resident, 'calls', CallRecord, 'resident', 'Calls with the resident (handbook U-3).'),
  childrenField(Ticket, 'calls', CallRecord, 'ticket', 'Calls that it came of.'),
  commands(CallRecord, {
    callRecordRing: command(
      CallRecordRingInput,
      ring,
      'A telephone rings: enters the call and matches the caller (handbook U-6). For telephone systems; the same `exchangeId` again answers the same call.',
    ),
    callRecordAnswer: command(
      CallRecordAnswerInput,
      answer,
      'The call was answered, within three rings if all is well (handbook U-6).',
    ),
    callRecordEnd: command(CallRecordEndInput, end, 'The call ended; unanswered, it was missed.'),
    callRecordUpdate: command(
      CallRecordUpdateInput,
      updateCall,
      'Says who called, about which unit, and what came of it.',
    ),
    callRecordTellRoom: command(
      CallRecordTellRoomInput,
      tellRoom,
      'Answers where somebody lives, and nothing else, for an outside caller (告知房号); recorded with the name that was asked for (handbook U-4).',
      () => CallRecordTellRoomPayload,
    ),
    callRecordUnmask: command(
      CallRecordUnmaskInput,
      unmaskCall,
      'Shows the number in clear for a stated reason, and records it (handbook U-4).',
      () => CallRecordUnmaskPayload,
    ),
  }),
];
