import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import {
  type Department,
  type RevisitWay,
  type Severity,
  type TicketChannel,
  type TicketKind,
} from '@desk/schema/tickets/enums';
import type { TicketStatus } from '@desk/schema/tickets/lifecycle';
import type { PromiseState } from '@desk/schema/tickets/promises';
import { maskPhone } from '../../platform/mask.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Departments, Policy } from '../policies/index.ts';
import { Resident } from '../residents/index.ts';
import { Staff } from '../staff/index.ts';
import { Building, Community, Unit } from '../units/index.ts';
import {
  PromiseStates,
  RevisitWays,
  Severities,
  TicketChannels,
  TicketKinds,
  TicketStatuses,
} from './ticket.enums.ts';
import { TicketProblem } from './ticket-problem.entity.ts';

@Resource(ticketDescriptor, {
  table: 'ticket',
  description: 'A matter that somebody reported (工单), from intake to closing; handbook T-01 to T-10.',
})
export class Ticket extends Aggregate {
  @Column('text', {
    description:
      'What staff and residents call it: `WX-20261122-0007`. Kind, business day of entry, running number; unique in the community, never changed.',
  })
  number!: string;

  @Reference(() => Community, { description: 'The community that it is about.' })
  community!: Community;

  @Reference(() => Building, {
    nullable: true,
    description: "The unit's building, or the one that the location lies in.",
  })
  building!: Building | null;

  @Reference(() => Unit, { nullable: true, description: 'The unit that it is about.' })
  unit!: Unit | null;

  @Column('text', {
    nullable: true,
    description: 'Place in the public area, or where in the unit. At most 200 characters.',
  })
  location!: string | null;

  @Reference(() => Resident, {
    nullable: true,
    description: 'Who reported it, when that is a resident on file.',
  })
  reporter!: Resident | null;

  @Column('text', { nullable: true, description: 'Name of the reporter as given at intake.' })
  reporterName!: string | null;

  @Column('text', {
    nullable: true,
    mask: maskPhone,
    description: 'Telephone for this matter, masked (handbook U-4): `138****5678`.',
  })
  reporterPhone!: string | null;

  @Column('enum', { values: TicketKinds, description: 'What it is about (handbook T-01).' })
  kind!: TicketKind;

  @Column('enum', { values: TicketChannels, description: 'How it came in (handbook T-01).' })
  channel!: TicketChannel;

  @Column('text', { nullable: true, description: 'Free category, for example `水电 / 漏水`.' })
  category!: string | null;

  @Reference(() => TicketProblem, {
    nullable: true,
    description: 'Entry of the catalogue: place, category, problem.',
  })
  problem!: TicketProblem | null;

  @Column('text', { description: 'The matter in one line. 1 to 200 characters.' })
  title!: string;

  @Column('text', { nullable: true, description: 'What was reported, in full. At most 4,000 characters.' })
  description!: string | null;

  @Column('boolean', { description: 'Urgent: on site within 30 minutes (handbook T-05).' })
  urgent!: boolean;

  @Column('text', { nullable: true, description: 'When the resident can be visited, in words.' })
  convenientTime!: string | null;

  @Column('boolean', {
    description: 'The content was read back to the reporter and confirmed (handbook T-02).',
  })
  readBack!: boolean;

  @Reference(() => Staff, {
    nullable: true,
    description:
      'Received it first and stays accountable (handbook T-03); null until a person has dealt with it.',
  })
  firstHandler!: Staff | null;

  @Column('enum', {
    nullable: true,
    values: Departments,
    description: 'Department that it was dispatched to.',
  })
  department!: Department | null;

  @Reference(() => Staff, {
    nullable: true,
    description: 'Who works on it. Filter by it and `status` for "my open tickets".',
  })
  assignee!: Staff | null;

  @Column('enum', {
    values: TicketStatuses,
    description: 'Status (handbook T-09); changed by the moves of the life cycle only.',
  })
  status!: TicketStatus;

  @Column('dateTime', { description: 'When it was received.' })
  receivedAt!: Date;

  @Column('dateTime', { nullable: true, description: 'When it was read back and confirmed.' })
  confirmedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When it was dispatched, in the current round.' })
  dispatchedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When it was accepted, in the current round.' })
  acceptedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When somebody arrived on site, in the current round.' })
  arrivedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the work was done, in the current round.' })
  doneAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the resident signed it off.' })
  signedOffAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When it was revisited.' })
  revisitedAt!: Date | null;

  @Column('dateTime', {
    nullable: true,
    description: 'When it ended: closed, cancelled or judged out of scope.',
  })
  closedAt!: Date | null;

  @Column('text', {
    nullable: true,
    description: 'What was done or answered; cleared when it goes back to rework.',
  })
  resolution!: string | null;

  @Column('text', { nullable: true, description: 'Channel that an out-of-scope matter was handed to.' })
  handedTo!: string | null;

  @Column('text', { nullable: true, description: "The resident's words at sign-off." })
  signOffWords!: string | null;

  @Column('text', {
    nullable: true,
    description:
      'Why nobody signed the work order (handbook T-10), in place of a signature; after a refusal to pay, the reason for that. At most 4,000 characters.',
  })
  unsignedReason!: string | null;

  @Column('int', {
    nullable: true,
    description: 'Score of the revisit, 1 very bad to 5 very good (handbook T-12).',
  })
  satisfaction!: number | null;

  @Column('text', { nullable: true, description: "The resident's words at the revisit." })
  revisitWords!: string | null;

  @Reference(() => Policy, {
    nullable: true,
    description:
      'The version of the policy that it was taken in under and keeps (handbook P-1); null for imported ones until they move.',
  })
  policy!: Policy | null;

  @Column('enum', {
    values: PromiseStates,
    description: 'Its promises in one word: the worst of the running clocks. `clocks` shows each.',
  })
  promiseState!: PromiseState;

  @Column('dateTime', {
    nullable: true,
    description: 'The earliest due time of its running clocks, past ones included; null when none runs.',
  })
  nextDueAt!: Date | null;

  @Column('boolean', {
    description:
      'An inquiry that was drawn for a call-back when it was answered, until it is made (handbook T-07).',
  })
  callBack!: boolean;

  @Column('enum', {
    nullable: true,
    values: RevisitWays,
    description: 'How it was revisited.',
  })
  revisitWay!: RevisitWay | null;

  @Reference(() => Staff, { nullable: true, description: 'Who revisited the resident.' })
  revisitedBy!: Staff | null;

  @Column('enum', {
    nullable: true,
    values: Severities,
    description: 'Severity of a complaint (handbook T-06); null until it is judged, and for other kinds.',
  })
  severity!: Severity | null;

  @Column('dateTime', { nullable: true, description: 'Agreed with the resident: when somebody comes.' })
  appointmentAt!: Date | null;

  @Column('dateTime', {
    nullable: true,
    description: 'When the resident was first answered (handbook T-06).',
  })
  answeredAt!: Date | null;

  @Column('text', {
    nullable: true,
    description: 'What was found on site; cleared when it goes back to rework.',
  })
  findings!: string | null;

  @Column('money', { nullable: true, description: 'Price offered; null without a quote.' })
  price!: bigint | null;

  @Column('money', {
    nullable: true,
    description:
      'The same once the resident accepted it; work that has a price waits for it (handbook T-15).',
  })
  priceAgreed!: bigint | null;

  @Column('dateTime', { nullable: true, description: 'When the agreed price became a fee.' })
  chargedAt!: Date | null;

  @Column('text', { nullable: true, description: 'Who deals with a refusal to pay (handbook T-15).' })
  referredTo!: string | null;

  @Column('dateTime', { nullable: true, description: 'When it was parked; null unless PARKED.' })
  parkedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When it was tracked last (handbook T-06).' })
  trackedAt!: Date | null;

  @Column('dateTime', {
    nullable: true,
    description: 'When the complaint form was accepted by the resident.',
  })
  formAcceptedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the written apology was handed over.' })
  apologisedAt!: Date | null;

  @Reference(() => Ticket, {
    nullable: true,
    description: 'The matter that covers it and others, such as an outage.',
  })
  incident!: Ticket | null;

  @Reference(() => Ticket, { nullable: true, description: 'The ticket that a duplicate was merged into.' })
  mergedInto!: Ticket | null;

  @Reference(() => Ticket, { nullable: true, description: 'The ticket that it was split from.' })
  splitFrom!: Ticket | null;

  @Column('int', { description: 'How often it went back to rework; `rounds` keeps what was done before.' })
  round!: number;

  @Column('text', {
    nullable: true,
    description: "The source system's key, unique in the community; imports recognise tickets by it.",
  })
  externalKey!: string | null;
}
