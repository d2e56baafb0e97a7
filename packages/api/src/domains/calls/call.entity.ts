import { callRecordDescriptor } from '@desk/schema/calls/descriptor';
import { type CallDirection, type CallOutcome, callDirections, callOutcomes } from '@desk/schema/calls/enums';
import { type CallStatus, callLifecycle } from '@desk/schema/calls/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { maskPhone } from '../../platform/mask.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Resident } from '../residents/index.ts';
import { Staff } from '../staff/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Community, Unit } from '../units/index.ts';

export const CallDirections = enumOf('CallDirection', callDirections, 'Who called whom.');
export const CallOutcomes = enumOf('CallOutcome', callOutcomes, 'What came of a call (handbook U-6).');
const CallStatuses = enumOf(
  'CallStatus',
  callLifecycle.states,
  'Where a call stands, as the exchange reports it.',
);

@Resource(callRecordDescriptor, {
  table: 'call_record',
  description: 'A telephone call of the desk (通话记录): ring, answer, end and outcome; handbook U-6.',
})
export class CallRecord extends Aggregate {
  @Reference(() => Community, { description: 'The community whose line it came in on.' })
  community!: Community;

  @Column('text', {
    description:
      "The exchange's own id of the call, unique in the community: repeated reports have one effect.",
  })
  exchangeId!: string;

  @Column('enum', { values: CallDirections, description: 'Who called whom.' })
  direction!: CallDirection;

  @Column('text', {
    nullable: true,
    description: 'The line or hotline that was called, as the exchange names it.',
  })
  line!: string | null;

  @Column('text', {
    nullable: true,
    mask: maskPhone,
    description: "The other side's number, masked (handbook U-4); null when it is withheld.",
  })
  phone!: string | null;

  @Column('enum', { values: CallStatuses, description: 'Ringing, answered, ended, or ended unanswered.' })
  status!: CallStatus;

  @Reference(() => Staff, {
    nullable: true,
    description: 'While it rings: whom it rings for, null for the whole desk. Afterwards: who answered.',
  })
  staff!: Staff | null;

  @Column('dateTime', { description: 'When it began to ring.' })
  ringAt!: Date;

  @Column('dateTime', { nullable: true, description: 'When it was answered.' })
  answeredAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When it ended.' })
  endedAt!: Date | null;

  @Column('int', {
    nullable: true,
    description: 'Rings until it was answered or given up: as reported, else one for each five seconds.',
  })
  rings!: number | null;

  @Column('int', {
    description: 'Rings within which it was to be answered when it rang (handbook U-6, P-1).',
  })
  ringTarget!: number;

  @Column('int', {
    description: 'Seconds within which it was aimed to be settled when it rang (handbook U-6, P-1).',
  })
  settleTarget!: number;

  @Column('enum', { nullable: true, values: CallOutcomes, description: 'What came of it.' })
  outcome!: CallOutcome | null;

  @Reference(() => Resident, {
    nullable: true,
    description: 'The caller: by itself when only one resident has this number, else as the clerk found out.',
  })
  resident!: Resident | null;

  @Column('boolean', {
    description:
      'No resident of the community, as the clerk found out: may be told a room number and nothing else (handbook U-4). No resident is tied to the call or offered for it, and whoever is on the phone with him unmasks nothing.',
  })
  outsider!: boolean;

  @Reference(() => Unit, {
    nullable: true,
    description: 'The unit that the call is about: by itself when the caller lives in only one.',
  })
  unit!: Unit | null;

  @Reference(() => Ticket, { nullable: true, description: 'The ticket that came of it.' })
  ticket!: Ticket | null;

  @Column('text', { nullable: true, description: 'Note of the clerk. At most 4,000 characters.' })
  note!: string | null;
}
