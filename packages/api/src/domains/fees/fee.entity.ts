import { feeDescriptor } from '@desk/schema/fees/descriptor';
import { type ChargeBasis, type DunningStep, dunningSteps, type FeeKind } from '@desk/schema/fees/enums';
import { type FeeStatus, feeLifecycle } from '@desk/schema/fees/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Policy } from '../policies/index.ts';
import { Resident } from '../residents/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Building, Community, Unit } from '../units/index.ts';
import { ChargeBases, ChargeStandard, FeeKinds } from './charge-standard.entity.ts';
import { FeeRun } from './fee-run.entity.ts';

const Statuses = enumOf('FeeStatus', feeLifecycle.states, 'Where a fee stands (handbook F-03, F-05).');
const DunningSteps = enumOf(
  'DunningStep',
  dunningSteps,
  'How far the chasing of an unpaid fee has come (handbook F-07).',
);

@Resource(feeDescriptor, {
  table: 'fee',
  description: 'A fee (费用) that a unit owes, handbook F-01. Its amount never changes once issued.',
})
export class Fee extends Aggregate {
  @Column('text', { description: 'Number for people, for example `FY-20261122-0007`.' })
  number!: string;

  @Reference(() => Community, { description: 'The community of the unit.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => Unit, { description: 'The unit that owes it.' })
  unit!: Unit;

  @Reference(() => Resident, { nullable: true, description: 'Who is to pay; null: whoever owns the unit.' })
  payer!: Resident | null;

  @Reference(() => ChargeStandard, {
    nullable: true,
    description: 'The standard that it was computed from; null for a single charge.',
  })
  standard!: ChargeStandard | null;

  @Reference(() => FeeRun, { nullable: true, description: 'The billing run that made it.' })
  run!: FeeRun | null;

  @Reference(() => Ticket, { nullable: true, description: 'The ticket of a paid service (handbook T-15).' })
  ticket!: Ticket | null;

  @Column('enum', { values: FeeKinds, description: 'What is charged.' })
  kind!: FeeKind;

  @Column('enum', {
    values: Statuses,
    description:
      'Status; SETTLED exactly while the ledger says that nothing is owed. Overdue: ISSUED and `dueOn` in the past.',
  })
  status!: FeeStatus;

  @Column('date', { nullable: true, description: 'First day that it is for.' })
  periodFrom!: string | null;

  @Column('date', { nullable: true, description: 'Last day that it is for.' })
  periodTo!: string | null;

  @Column('date', { description: 'When it is due.' })
  dueOn!: string;

  @Column('money', { description: 'What was charged. 1 to 10¹² minor units.' })
  amount!: bigint;

  @Column('enum', {
    nullable: true,
    values: ChargeBases,
    description: 'How it was computed; null for a single charge.',
  })
  basis!: ChargeBasis | null;

  @Column('decimal', {
    nullable: true,
    description: 'Rate at that time: minor units per m²·month, unit·month or unit.',
  })
  rate!: string | null;

  @Column('decimal', { nullable: true, description: 'Area at that time in m².' })
  area!: string | null;

  @Column('int', { nullable: true, description: 'Calendar months that the period covers in full.' })
  months!: number | null;

  @Column('int', {
    nullable: true,
    description: 'Days of the months that it covers in part; each counts over the days of its month.',
  })
  days!: number | null;

  @Column('decimal', {
    nullable: true,
    description: 'What rounding half up to a whole minor unit added, cut to six decimals.',
  })
  rounding!: string | null;

  @Column('enum', {
    values: DunningSteps,
    description:
      'The step of the dunning that its age has reached, set by a timer while it is unpaid: the days after `dueOn` of the policy that it began under (`reminderDays` …; handbook F-07).',
  })
  dunningStep!: DunningStep;

  @Reference(() => Policy, {
    nullable: true,
    description:
      "The version of the policy that it began under and keeps (handbook P-1); null for older ones: the handbook's numbers.",
  })
  policy!: Policy | null;

  @Column('text', {
    nullable: true,
    description: 'Note, for example what a penalty is for. At most 4,000 characters.',
  })
  note!: string | null;

  // The series of the standard: the database sees by it that no day is billed twice.
  @Column('text', { hidden: true, nullable: true })
  seriesId!: string | null;
}
